from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sozial_kinds_checked = fields.Boolean(
        "Kinds of case checked", help="Somebody went through the kinds of case on the start page."
    )
