from odoo import fields, models


class ResCompany(models.Model):
    """How long needs are kept that were noted at dwellings."""

    _inherit = "res.company"

    sozial_needs_months = fields.Integer(
        "Delete needs after … months", default=6,
        help="Your own choice: so many months after the end of works or of a visit, needs and checklists of the dwellings are deleted. "
        "Have data protection confirm the number.",
    )  # fmt: skip

    _sozial_needs = models.Constraint("CHECK (sozial_needs_months BETWEEN 0 AND 120)", "Delete needs: after 0 to 120 months.")
