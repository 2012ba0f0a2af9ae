from odoo import api, fields, models

from ...statute import budget
from ..money import exact

PERIODS = [("month", "a month"), ("quarter", "a quarter of a year"), ("half", "half a year"), ("year", "a year")]


class SozialBudgetLine(models.Model):
    """One income or expense of a household: how much, and how often."""

    _name = "sozial.budget.line"
    _description = "Item of a household budget"
    _inherit = "sozial.finance"
    _anonymise = "delete"
    _order = "sequence, id"

    budget_id = fields.Many2one("sozial.budget", "Household budget", required=True, index=True, ondelete="cascade")
    case_id = fields.Many2one(related="budget_id.case_id", store=True, precompute=True, readonly=True)
    sequence = fields.Integer(default=10)
    category_id = fields.Many2one("sozial.budget.category", "Kind of item", required=True, ondelete="restrict")
    kind = fields.Selection(related="category_id.kind", store=True, precompute=True)
    name = fields.Char("In detail", help="For example: mini job, old phone contract until March.")
    amount = fields.Monetary(required=True)
    period = fields.Selection(PERIODS, "Paid", required=True, default="month")
    monthly = fields.Monetary("A month", compute="_compute_monthly", store=True, precompute=True)
    attachable = fields.Boolean(
        "Attachable", compute="_compute_attachable", store=True, precompute=True, readonly=False,
        help="Own net income of the client that counts for attachment. Not the income of others in the household.",
    )  # fmt: skip

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "Amount: zero or more. Whether it comes in or goes out is said by the heading."
    )

    @api.depends("amount", "period")
    def _compute_monthly(self):
        for line in self:
            line.monthly = budget.a_month(exact(line.amount), line.period) if line.period and line.amount >= 0 else 0

    @api.depends("category_id")
    def _compute_attachable(self):
        for line in self:
            line.attachable = line.category_id.attachable

    @api.model_create_multi
    def create(self, vals_list):
        budgets = self.env["sozial.budget"].browse({vals.get("budget_id") for vals in vals_list} - {None, False})
        if not self.env.su:
            budgets.check_access("write")
        budgets._require_newest()
        return super().create(vals_list)

    def write(self, vals):
        self.budget_id._require_newest()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_newest(self):
        self.budget_id._require_newest()
