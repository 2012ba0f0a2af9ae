from odoo import fields, models


class SozialConsentCategory(models.Model):
    """A kind of information that a consent allows to be passed on."""

    _name = "sozial.consent.category"
    _description = "Kind of information"
    _inherit = "sozial.consent.term"
    _consent_field = "category_ids"

    name = fields.Char("Kind of information", required=True, translate=True)
    scope = fields.Selection(
        [("data", "Information"), ("signal", "Coded signal"), ("picture", "Picture")],
        required=True,
        default="data",
        help="Coded signals can be chosen in a consent towards rent collection only, pictures for photographs only.",
    )
