from odoo import fields, models


class SozialCaseType(models.Model):
    _inherit = "sozial.case.type"

    weight = fields.Float(
        default=1.0, required=True, digits=(4, 1),
        help="How much work a case of this kind is, beside an ordinary one (1.0). The caseload of a worker is added up by it.",
    )  # fmt: skip

    _weight_positive = models.Constraint("CHECK (weight >= 0 AND weight <= 20)", "Weight: enter a number between 0 and 20.")
