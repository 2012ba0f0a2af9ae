from odoo import models

from .share import LIVE


class SozialConsent(models.Model):
    """Referrals end with the consent they rest on, in the same transaction."""

    _inherit = "sozial.consent"

    def _end_dependents(self):
        super()._end_dependents()
        referrals = self.env["sozial.referral"].sudo().search([("consent_id", "in", self.ids), ("state", "in", LIVE)], limit=10000)
        referrals._end("revoked")
