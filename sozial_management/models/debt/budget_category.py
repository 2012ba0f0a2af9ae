from odoo import fields, models


class SozialBudgetCategory(models.Model):
    """A heading of household budgets: wages, rent, food."""

    _name = "sozial.budget.category"
    _description = "Heading of household budgets"
    _order = "kind desc, sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection([("income", "Income"), ("expense", "Expense")], required=True)
    sequence = fields.Integer(default=10)
    attachable = fields.Boolean(
        "Counts for attachment", help="Proposed for new items: such income may be attached by creditors (§§ 850 to 850i ZPO). "
        "Child benefit, Wohngeld and the like are not."
    )  # fmt: skip
    active = fields.Boolean(default=True)

    _name_unique = models.Constraint("UNIQUE (kind, name)", "This heading is there already.")
