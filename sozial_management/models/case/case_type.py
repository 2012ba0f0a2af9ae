from odoo import fields, models


class SozialCaseType(models.Model):
    """A kind of case, as the company's social department distinguishes them."""

    _name = "sozial.case.type"
    _description = "Kind of case"
    _order = "sequence, name"

    name = fields.Char("Kind of case", required=True, translate=True)
    code = fields.Char(
        required=True, help="Stable short name for figures and interfaces, for example »rent_debt«."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="Untick what your department does not do. Cases of this kind stay.")
    color = fields.Integer("Colour")
    description = fields.Text(
        translate=True, help="When colleagues choose this kind. They read it while taking a hand-over."
    )
    level = fields.Selection(
        [("confidential", "Confidential"), ("strict", "Strictly confidential")],
        "Secrecy",
        required=True,
        default="confidential",
        help="Confidential: the worker in charge and the head of the department. "
        "Strictly confidential: the worker in charge only.",
    )
    review_days = fields.Integer(
        "Review after days",
        default=90,
        help="How long a case of this kind may run before somebody looks whether it is on track.",
    )

    skips_planning = fields.Boolean(
        "Short: without planning",
        help="Support begins right after the assessment, without a plan agreed by the client. "
        "For kinds that are over after a few talks.",
    )
    without_client = fields.Boolean(
        "Works without a client",
        help="Group and community work: participants may be missing. Without them nobody needs to be told about data protection.",
    )

    seeks_housing = fields.Boolean(
        "Looks for a dwelling",
        help="What is looked for is entered on the case, and vacant dwellings that fit are proposed.",
    )

    _code_unique = models.Constraint("UNIQUE (code)", "Another kind of case has this code already.")
    _periods_positive = models.Constraint("CHECK (review_days > 0)", "Review after days: enter at least one day.")
