from odoo import fields, models

from ...statute import precheck


class SozialBenefit(models.Model):
    """A benefit somebody can apply for: where, with which documents, and whether it can be checked beforehand."""

    _name = "sozial.benefit"
    _description = "Benefit"
    _order = "sequence, id"

    name = fields.Char("Benefit", required=True, translate=True)
    code = fields.Char(required=True, help="Short name without blanks, by which the software knows the benefit.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    office = fields.Char("Where to apply", translate=True, help="The kind of authority; stands on the application.")
    office_address = fields.Text(
        "Address of the authority",
        company_dependent=True,
        help="Name and address of the authority responsible here, line by line. Stands in the window of the informal application.",
    )
    legal_basis = fields.Char()
    advice = fields.Text("Good to know", translate=True, help="Shown with the application: what it does and does not bring.")
    from_month_of_application = fields.Boolean(
        "Paid from the month of the application on",
        help="An application next month loses this month. Said beside the pre-check.",
    )
    is_precheck = fields.Boolean("Can be checked", compute="_compute_is_precheck")
    document_ids = fields.One2many("sozial.benefit.document", "benefit_id", "Documents", copy=True)

    _code_unique = models.Constraint("UNIQUE (code)", "A benefit with this short name exists already.")

    def _compute_is_precheck(self):
        for benefit in self:
            benefit.is_precheck = benefit.code in precheck.BENEFITS
