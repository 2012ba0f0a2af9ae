from odoo import fields, models


class SozialConsent(models.Model):
    """Signals end with the consent they rest on."""

    _inherit = "sozial.consent"

    signal_ids = fields.One2many("sozial.case.signal", "consent_id", "Signals", readonly=True)

    def _end_dependents(self):
        super()._end_dependents()
        self.sudo().signal_ids._end()
