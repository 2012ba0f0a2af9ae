from odoo import fields, models


class ResCompany(models.Model):
    """How long it counts what a partner said about its free capacity."""

    _inherit = "res.company"

    sozial_capacity_weeks = fields.Integer(
        "Free capacity counts for (weeks)", default=4, required=True,
        help="What a partner organisation said about its free capacity goes grey after so many weeks.",
    )  # fmt: skip

    _sozial_capacity_weeks_positive = models.Constraint(
        "CHECK (sozial_capacity_weeks BETWEEN 1 AND 52)", "Free capacity counts for (weeks): 1 to 52."
    )
