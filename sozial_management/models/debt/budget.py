from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...statute import attachment, budget
from ...statute.tables import OutsideValidity
from ..money import exact


class SozialBudget(models.Model):
    """The household's budget from a day on: what comes in a month, what goes out, what is free.

    When something changes, a new version is made with its own day; the earlier one stays.
    """

    _name = "sozial.budget"
    _description = "Household budget"
    _inherit = "sozial.finance"
    _anonymise = "delete"
    _order = "valid_from desc, id desc"

    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    valid_from = fields.Date("Valid from", required=True, default=fields.Date.context_today)
    dependants = fields.Integer(
        "Persons maintained",
        default=0,
        help="To whom the client pays maintenance by law: children, husband or wife without an income of their own. "
        "More of them, less is attachable (§ 850c ZPO).",
    )
    line_ids = fields.One2many("sozial.budget.line", "budget_id", "Items", copy=True)
    income_ids = fields.One2many("sozial.budget.line", "budget_id", "Income", domain=[("kind", "=", "income")])
    expense_ids = fields.One2many("sozial.budget.line", "budget_id", "Expenses", domain=[("kind", "=", "expense")])
    note = fields.Text()
    income = fields.Monetary("Income a month", compute="_compute_sums", store=True)
    expenses = fields.Monetary("Expenses a month", compute="_compute_sums", store=True)
    free = fields.Monetary(
        "Free a month", compute="_compute_sums", store=True, help="Income minus expenses: at most this much is there for instalments."
    )
    attachable = fields.Monetary(
        "Attachable a month",
        compute="_compute_attachable",
        help="What creditors with a title could attach of the client's own income (§ 850c ZPO), by the table of today; of a budget "
        "that was replaced, by the table of its last day.",
    )
    attachable_text = fields.Html("How it is computed", compute="_compute_attachable")

    _once_a_day = models.Constraint("UNIQUE (case_id, valid_from)", "This case has a budget of this day already. Change that one.")
    _dependants_not_negative = models.Constraint("CHECK (dependants >= 0)", "Persons maintained: zero or more.")

    def _items(self):
        """All items; in a form that is not saved they stand in the two lists it shows."""
        return self.line_ids if isinstance(self.id, int) else self.income_ids | self.expense_ids

    @api.depends(*(f"{lines}.{name}" for lines in ("line_ids", "income_ids", "expense_ids") for name in ("kind", "amount", "period")))
    def _compute_sums(self):
        for one in self:
            sensible = one._items().filtered(lambda line: line.kind and line.period and line.amount >= 0)
            month = budget.balance((line.kind, exact(line.amount), line.period) for line in sensible)
            one.income, one.expenses, one.free = month.income, month.expenses, month.free

    @api.depends(
        "line_ids.attachable", "line_ids.monthly", "income_ids.attachable", "income_ids.monthly", "dependants", "valid_from",
        "case_id.budget_ids.valid_from",
    )  # fmt: skip
    @api.depends_context("lang", "tz")
    def _compute_attachable(self):
        for one in self:
            day = one._attachable_day()
            net = sum((exact(line.monthly) for line in one._items() if line.kind == "income" and line.attachable), exact(0))
            try:
                result = attachment.compute(net, max(one.dependants, 0), day)
            except OutsideValidity:
                one.attachable = 0
                one.attachable_text = self.env._(
                    "No attachment table is known for %s, so nothing is computed.", format_date(self.env, day)
                )
                continue
            one.attachable = result.amount
            one.attachable_text = one._attachable_steps(net, result, day)

    def _attachable_day(self):
        """The day whose table counts: today, if the budget holds; else the nearest day on which it does."""
        today = fields.Date.context_today(self)
        first = self.valid_from or today
        later = [other.valid_from for other in self.case_id.budget_ids if other.valid_from and other.valid_from > first]
        last = fields.Date.subtract(min(later), days=1) if later else today
        return max(first, min(today, last))

    def _attachable_steps(self, net, result, day):
        """The computation in rows, with the paragraph each rests on."""
        _ = self.env._
        names = {
            "free_amount": _("Free of attachment with these dependants"),
            "above_limit": _("Above the upper limit, attachable in full"),
            "rounded_net": _("Net income, rounded down to 10 euros"),
            "excess": _("Net income above the free amount"),
            "part_of_excess": _("Attachable part of it"),
        }
        row = Markup("<tr><td>%s</td><td class='text-end text-nowrap'>%s</td><td class='text-muted'>%s</td></tr>")
        rows = [row % (_("Client's own income that counts"), self._euro(net), "§ 850e ZPO")]
        rows += [row % (names[step.code], self._euro(step.value), step.source) for step in result.steps]
        table = Markup("<table class='table table-sm mb-1'>%s</table>") % Markup("").join(rows)
        return table + Markup("<div class='text-muted'>%s</div>") % _(
            "Table of %(day)s: %(version)s. A figure for advice, no decision.", day=format_date(self.env, day), version=result.version
        )

    @api.constrains("valid_from")
    def _check_valid_from(self):
        latest = fields.Date.add(fields.Date.context_today(self), years=1)
        if any(one.valid_from > latest for one in self):
            raise ValidationError(self.env._("Valid from: this is more than a year ahead."))

    def write(self, vals):
        if vals.keys() - {"note"}:
            self._require_newest()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_newest(self):
        self._require_newest()

    def _require_newest(self):
        """Stop changes of a budget that a later one follows.

        :raise UserError: says which one to change
        """
        newest = dict(self._read_group([("case_id", "in", self.case_id.ids)], ["case_id"], ["valid_from:max"]))
        for one in self:
            day = newest.get(one.case_id, one.valid_from)
            if one.valid_from < day:
                raise UserError(
                    self.env._("This budget is history. Change the one of %s, or make a new version.", format_date(self.env, day))
                )

    def action_new_version(self):
        """A copy that holds from today on.

        :return: action that shows it
        """
        self.ensure_one()
        self.check_access("write")
        self._require_newest()
        today = fields.Date.context_today(self)
        if self.valid_from >= today:
            raise UserError(self.env._("This budget holds from today or later: change it here. A new version begins on a later day."))
        return self.copy({"valid_from": today}).action_show()

    def action_show(self):
        """Show the whole budget."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_budget")
        return {**action, "views": [(False, "form")], "path": False, "res_id": self.id, "context": {}}
