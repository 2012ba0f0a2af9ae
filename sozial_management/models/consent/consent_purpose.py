from odoo import fields, models


class SozialConsentPurpose(models.Model):
    """What a consent is for. The code is what other parts of the software ask by."""

    _name = "sozial.consent.purpose"
    _description = "Purpose of a consent"
    _inherit = "sozial.consent.term"
    _consent_field = "purpose_ids"

    name = fields.Char("Purpose", required=True, translate=True)
