from odoo import models

from .share import LIVE


class SozialAgreement(models.Model):
    """Referrals rest on an agreement: they move to its next version, and end with it."""

    _inherit = "sozial.agreement"

    def _follow(self, before):
        super()._follow(before)
        referrals = self.env["sozial.referral"].sudo().search([("agreement_id", "in", before.ids), ("state", "in", LIVE)], limit=10000)
        referrals._write_guarded({"agreement_id": self.id})
        referrals.share_id.write({"agreement_id": self.id})

    def _end(self, state):
        result = super()._end(state)
        referrals = self.env["sozial.referral"].sudo().search([("agreement_id", "in", self.ids), ("state", "in", LIVE)], limit=10000)
        referrals._end("withdrawn")
        referrals._tell_worker()
        return result
