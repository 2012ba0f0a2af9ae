from collections import defaultdict

from odoo import api, fields, models

from ..money import exact

KINDS = [
    ("staff", "Staff"),
    ("fees", "Fees and allowances"),
    ("material", "Material and tools"),
    ("rooms", "Rooms and devices"),
    ("food", "Food"),
    ("travel", "Travel and tickets"),
    ("public", "Printing and publicity"),
    ("other", "Other"),
]


class SozialProjectBudget(models.Model):
    """Planned costs of one kind, beside what was spent of it."""

    _name = "sozial.project.budget"
    _description = "Planned costs of a project"
    _inherit = "sozial.project.part"
    _order = "id"

    kind = fields.Selection(KINDS, "Kind of cost", required=True)
    planned = fields.Monetary(required=True)
    spent = fields.Monetary(compute="_compute_spent")
    note = fields.Char("What is planned", help="How the sum comes about, for example: 4 afternoons at 60 €.")

    _once = models.Constraint("UNIQUE (project_id, kind)", "Kind of cost: it stands in the plan already. Change the sum there.")
    _not_negative = models.Constraint("CHECK (planned >= 0)", "Planned: enter 0 or more.")

    @api.depends("project_id.expense_ids.amount", "project_id.expense_ids.kind", "kind")
    def _compute_spent(self):
        for project in self.project_id:
            sums = defaultdict(int)
            for expense in project.expense_ids:
                sums[expense.kind] += exact(expense.amount)
            for row in self.filtered(lambda one, project=project: one.project_id == project):
                row.spent = sums[row.kind]
        self.filtered(lambda one: not one.project_id).spent = 0


class SozialProjectExpense(models.Model):
    """Money that was spent in a project."""

    _name = "sozial.project.expense"
    _description = "Expense of a project"
    _inherit = "sozial.project.part"
    _order = "date desc, id desc"

    date = fields.Date("Paid on", required=True, default=fields.Date.context_today)
    name = fields.Char("Paid for", required=True)
    kind = fields.Selection(KINDS, "Kind of cost", required=True, default="material")
    amount = fields.Monetary(required=True, help="A refund is entered with a minus.")
    receipt = fields.Char("Number of the receipt")
    receipt_file = fields.Binary("Receipt", attachment=True)
    receipt_name = fields.Char("Name of the receipt")

    _something = models.Constraint("CHECK (amount <> 0)", "Amount: enter what was paid; a refund with a minus.")
