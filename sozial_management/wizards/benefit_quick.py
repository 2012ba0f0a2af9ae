from odoo import fields, models


class SozialBenefitQuick(models.TransientModel):
    """The pre-check at the counter, without a case: no name, no tenancy, and nothing is kept.

    The outcome is computed while somebody looks at it; the dialog has no button that saves.
    """

    _name = "sozial.benefit.quick"
    _description = "Pre-check without a case"
    _inherit = "sozial.benefit.inputs"

    person_ids = fields.One2many("sozial.benefit.quick.person", "quick_id", "Household")


class SozialBenefitQuickPerson(models.TransientModel):
    """A person of a pre-check without a case: an age and incomes, no name."""

    _name = "sozial.benefit.quick.person"
    _description = "Person of a pre-check without a case"
    _inherit = "sozial.benefit.person"

    quick_id = fields.Many2one("sozial.benefit.quick", "Pre-check", ondelete="cascade")
