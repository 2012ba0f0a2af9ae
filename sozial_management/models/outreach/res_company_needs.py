from odoo import fields, models


class ResCompany(models.Model):
    """How long needs and objections are kept that were noted at dwellings."""

    _inherit = "res.company"

    sozial_needs_months = fields.Integer(
        "Delete needs after … months", default=6,
        help="Your own choice: so many months after the end of works, of visits or of a tenancy, needs and checklists are deleted. "
        "Have data protection confirm the number.",
    )  # fmt: skip

    sozial_objection_years = fields.Integer(
        "Delete objections after … years", default=3,
        help="So many years after the end of the year in which works ended, their sheets are deleted with announcements and objections. "
        "Claims mostly lapse after three (§§ 195, 199 BGB). Have a lawyer confirm the number.",
    )  # fmt: skip

    _sozial_objections = models.Constraint(
        "CHECK (sozial_objection_years BETWEEN 0 AND 30)", "Delete objections: after 0 to 30 years."
    )
    _sozial_needs = models.Constraint("CHECK (sozial_needs_months BETWEEN 0 AND 120)", "Delete needs: after 0 to 120 months.")
