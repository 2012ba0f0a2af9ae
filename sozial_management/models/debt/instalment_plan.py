from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..money import exact

STATES = [
    ("draft", "Draft"),
    ("offered", "Offered"),
    ("accepted", "Accepted"),
    ("fulfilled", "Fulfilled"),
    ("broken", "Broken"),
    ("ended", "Ended"),
]


class SozialInstalmentPlan(models.Model):
    """Instalments for one or several creditors: offered to them, accepted by each, paid month by month.

    Accepted it stays as it is; only payments are entered. Whatever changes is offered anew, as the next version.
    """

    _name = "sozial.instalment.plan"
    _description = "Instalment plan"
    _inherit = "sozial.finance.approved"
    _anonymise = "delete"
    _order = "version desc, id desc"
    _guarded = frozenset(
        {"asked_by_id", "approved_by_id", "approved_on", "approved_causes", "version", "state", "accepted_on", "ended_on", "replaces_id"}
    )

    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    version = fields.Integer(readonly=True, copy=False, aggregator=None)
    state = fields.Selection(STATES, "Status", required=True, readonly=True, copy=False, default="draft", index=True)
    settlement_id = fields.Many2one(
        "sozial.settlement", "Settlement", index="btree_not_null", ondelete="restrict", copy=False, check_company=True
    )
    replaces_id = fields.Many2one(
        "sozial.instalment.plan", "Replaces", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    start = fields.Date(
        "First instalment from", required=True, default=fields.Date.context_today,
        help="The first one is due on the next such day of a month.",
    )  # fmt: skip
    day = fields.Integer(
        "Day of the month", required=True, default=3, help="In shorter months the last day. Best after wages or pension came."
    )
    share_ids = fields.One2many("sozial.instalment.share", "plan_id", "Creditors", copy=True)
    instalment_ids = fields.One2many("sozial.instalment", "plan_id", "Instalments")
    total = fields.Monetary(compute="_compute_sums", store=True, help="What is paid to all creditors together.")
    monthly = fields.Monetary("A month at most", compute="_compute_sums", store=True, help="The most that is due in one month.")
    paid = fields.Monetary("Paid so far", compute="_compute_paid", store=True)
    last_due = fields.Date("Last instalment", compute="_compute_sums", store=True)
    missed = fields.Integer("Missed instalments", compute="_compute_missed", help="Due before today, and not paid in full.")
    monthly_all = fields.Monetary(
        "With the plans that run", compute="_compute_over_free",
        help="The most that is due in one month by this plan and the other accepted ones of the case. They belong here, not into "
        "the household budget.",
    )  # fmt: skip
    free = fields.Monetary("Free by the budget", compute="_compute_over_free")
    over_free = fields.Boolean("More than is free", compute="_compute_over_free")
    has_own = fields.Boolean(compute="_compute_has_own")
    break_after = fields.Integer(
        "Breaks after", default=2, required=True,
        help="After so many missed instalments the creditors may end the plan and want all at once.",
    )  # fmt: skip
    accepted_on = fields.Date("Accepted on", readonly=True, copy=False)
    ended_on = fields.Date("Ended on", readonly=True, copy=False)
    end_note = fields.Text("Why it ended", copy=False)

    _version_once = models.Constraint("UNIQUE (case_id, version)", "This case has an instalment plan of this version already.")
    _day_of_month = models.Constraint("CHECK (day BETWEEN 1 AND 31)", "Day of the month: from 1 to 31.")
    _break_after_one = models.Constraint("CHECK (break_after >= 1)", "Breaks after: one missed instalment or more.")
    _accepted_dated = models.Constraint(
        "CHECK (state NOT IN ('accepted', 'fulfilled') OR accepted_on IS NOT NULL)", "An accepted plan needs the day."
    )

    @api.depends("instalment_ids.amount", "instalment_ids.due")
    def _compute_sums(self):
        for plan in self:
            by_day = defaultdict(lambda: exact(0))
            for one in plan.instalment_ids:
                by_day[one.due] += exact(one.amount)
            plan.total = sum(by_day.values(), exact(0))
            plan.monthly = max(by_day.values(), default=0)
            plan.last_due = max(by_day, default=False)

    @api.depends("instalment_ids.paid")
    def _compute_paid(self):
        for plan in self:
            plan.paid = sum((exact(one.paid) for one in plan.instalment_ids), exact(0))

    @api.depends("instalment_ids.is_paid", "instalment_ids.due", "state")
    @api.depends_context("tz")
    def _compute_missed(self):
        today = fields.Date.context_today(self)
        for plan in self:
            late = plan.instalment_ids.filtered(lambda one: one.due and one.due < today and not one.is_paid)
            plan.missed = len(late) if plan.state in ("accepted", "broken") else 0

    @api.depends(
        "instalment_ids.amount", "instalment_ids.due", "case_id.instalment_plan_ids.state", "case_id.budget_ids.free",
        "case_id.budget_ids.valid_from",
    )
    @api.depends_context("tz")
    def _compute_over_free(self):
        for plan in self:
            plan.free = plan.case_id.free_amount
            own, others = plan.instalment_ids._by_month(), plan._running_beside().instalment_ids._by_month()
            plan.monthly_all = max((amount + others.get(month, 0) for month, amount in own.items()), default=0)
            plan.over_free = exact(plan.monthly_all) > max(exact(plan.free), exact(0))

    def _running_beside(self):
        """The other plans of the case that are paid at the same time; not the one that this replaces."""
        running = self.case_id.instalment_plan_ids.filtered(lambda other: other.state == "accepted")
        return running - self - self._origin - self.replaces_id

    @api.depends("share_ids.claim_id.is_own", "share_ids.claim_id.kind")
    def _compute_has_own(self):
        for plan in self:
            plan.has_own = bool(plan.share_ids.claim_id._own_rent())

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        for plan in plans:
            others = self.sudo().search([("case_id", "=", plan.case_id.id), ("id", "!=", plan.id)], order="version desc", limit=1)
            plan._write_guarded({"version": others.version + 1})
        return plans

    def write(self, vals):
        """A draft is changed freely; later only replies of creditors, payments and the end are entered, which pass through here."""
        passing = {"share_ids", "instalment_ids", "end_note"}
        updates = all(
            command[0] == fields.Command.UPDATE for name in ("share_ids", "instalment_ids") for command in vals.get(name, ())
        )
        if vals.keys() - passing or not updates:
            self._require_draft()
        result = super().write(vals)
        if vals.keys() & {"start", "day"}:
            self._rebuild()
        return result

    def copy(self, default=None):
        """Refused but for the next version, which is a draft."""
        raise UserError(self.env._("An instalment plan is not duplicated. Use »New version«."))

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        self._require_draft()

    def _require_draft(self):
        """Stop changes of what was offered or accepted.

        :raise UserError: says what to do instead
        """
        for plan in self:
            if plan.state == "offered":
                raise UserError(self.env._("This plan was offered. Take the offer back to change it."))
            if plan.state != "draft":
                raise UserError(self.env._("An accepted plan stays as it is. Make a new version and offer that one."))

    def _rebuild(self):
        """Make the instalments of drafts anew, and what was approved with the old ones no longer holds.

        Past the user's rights to instalments, which nobody writes by hand.
        """
        self.sudo().instalment_ids.unlink()
        new = []
        for plan in self:
            for share in plan.share_ids:
                new += [
                    {"plan_id": plan.id, "share_id": share.id, "due": one.day, "amount": one.amount}
                    for one in share._schedule(plan.start, plan.day)
                ]
        self.env["sozial.instalment"].sudo().create(new)
        self.filtered("approved_by_id")._write_guarded({"approved_by_id": False, "approved_on": False})
        self.invalidate_recordset(["instalment_ids"])

    def action_show(self):
        """Show the whole plan."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_instalment_plan")
        return {**action, "views": [(False, "form")], "path": False, "res_id": self.id, "context": {}}
