from odoo import fields, models


class SozialTopic(models.Model):
    _inherit = "sozial.topic"

    case_type_id = fields.Many2one(
        "sozial.case.type",
        "Kind of case",
        help="Kind of the case that opens when somebody takes a hand-over on this topic.",
    )
