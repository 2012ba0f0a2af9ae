import logging
from collections import defaultdict

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..money import exact

_logger = logging.getLogger(__name__)
# What people enter; everything else comes from the plan.
PAYMENT = frozenset({"paid", "paid_on"})
# A missed instalment is talked about within so many days.
TALK_DAYS = 3
BATCH = 500


class SozialInstalment(models.Model):
    """One instalment of a plan: due on a day, paid or missed. Made by the plan; people enter payments."""

    _name = "sozial.instalment"
    _description = "Instalment"
    _inherit = "sozial.finance"
    _anonymise = "delete"
    _kept_under_hold = False  # computed anew while its plan is a draft; people delete none
    _order = "due, id"

    plan_id = fields.Many2one("sozial.instalment.plan", "Instalment plan", required=True, index=True, ondelete="cascade")
    share_id = fields.Many2one("sozial.instalment.share", "Share", required=True, index=True, ondelete="cascade")
    case_id = fields.Many2one(related="plan_id.case_id", store=True, precompute=True, readonly=True)
    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    plan_state = fields.Selection(related="plan_id.state", string="Status of the plan", store=True, precompute=True)
    claim_id = fields.Many2one(related="share_id.claim_id", store=True, precompute=True, index=True)
    creditor_id = fields.Many2one(related="claim_id.creditor_id", related_sudo=False)
    due = fields.Date("Due on", required=True, readonly=True)
    amount = fields.Monetary("Instalment", required=True, readonly=True)
    paid = fields.Monetary(help="What was paid of it. Part of it is enough to enter; the rest stays open.")
    paid_on = fields.Date("Paid on")
    is_paid = fields.Boolean("Paid in full", compute="_compute_is_paid", store=True, precompute=True)
    state = fields.Selection(
        [("planned", "Planned"), ("due", "Still to come"), ("missed", "Missed"), ("partly", "Paid in part"), ("paid", "Paid")],
        "Status", compute="_compute_state",
    )  # fmt: skip
    deadline_id = fields.Many2one("sozial.deadline", "Deadline", readonly=True, index="btree_not_null", ondelete="set null")
    reminded_on = fields.Date(readonly=True, help="The day on which the deadline was entered. Deleted it does not come back.")

    _amount_above_zero = models.Constraint("CHECK (amount > 0)", "Instalment: more than zero.")
    _paid_within = models.Constraint(
        "CHECK (COALESCE(paid, 0) >= 0 AND COALESCE(paid, 0) <= amount)",
        "Paid: no less than zero and no more than the instalment. Enter the rest with the next instalment.",
    )
    _paid_dated = models.Constraint("CHECK (COALESCE(paid, 0) = 0 OR paid_on IS NOT NULL)", "Paid on: enter the day of the payment.")
    _waiting = models.Index("(due) WHERE is_paid IS NOT TRUE AND plan_state = 'accepted' AND reminded_on IS NULL")

    @api.depends("paid", "amount")
    def _compute_is_paid(self):
        for one in self:
            one.is_paid = bool(one.amount) and exact(one.paid) >= exact(one.amount)

    @api.depends("is_paid", "due", "paid", "plan_state")
    @api.depends_context("tz")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for one in self:
            if one.is_paid:
                one.state = "paid"
            elif one.plan_state in ("draft", "offered"):
                one.state = "planned"
            elif one.due and one.due < today:
                one.state = "partly" if one.paid else "missed"
            else:
                one.state = "due"

    def _by_month(self):
        """What is due in each month, by (year, month)."""
        months = defaultdict(lambda: exact(0))
        for one in self.filtered("due"):
            months[one.due.year, one.due.month] += exact(one.amount)
        return months

    @api.constrains("paid_on")
    def _check_paid_on(self):
        if any(one.paid_on and one.paid_on > fields.Date.context_today(one) for one in self):
            raise ValidationError(self.env._("Paid on: this day is still to come."))

    def write(self, vals):
        """Enter a payment; the day is today if none is given. Whatever else stands here is the plan's.

        :raise UserError: for other fields, or while the plan is not accepted
        """
        if vals.keys() - PAYMENT:
            raise UserError(self.env._("An instalment comes from its plan; only payments are entered here."))
        if any(one.plan_id.state not in ("accepted", "broken", "fulfilled") for one in self):
            raise UserError(self.env._("Paid: payments are entered once the plan is accepted."))
        if vals.get("paid") and not vals.get("paid_on"):
            for one in self:
                super(SozialInstalment, one).write({**vals, "paid_on": one.paid_on or fields.Date.context_today(self)})
        else:
            super().write(vals)
        self._after_payment()
        return True

    def _after_payment(self):
        """What reminded of a paid instalment is done; with the last payment the plan is fulfilled."""
        done = self.filtered("is_paid").deadline_id.filtered(lambda deadline: deadline.state == "open")
        if done:
            done.action_keep()
        self.plan_id._fulfil_if_paid()

    def action_paid(self):
        """The whole instalment was paid, today."""
        self.check_access("write")
        for one in self:
            one.write({"paid": one.amount})
        return True

    @api.model
    def _cron_missed(self):
        """Put missed instalments on the desks as deadlines of their cases."""
        self._remind_missed(self.env["ir.cron"]._commit_progress)

    @api.model
    def _remind_missed(self, progress=None):
        """Each once, and one that fails stops no other.

        :param progress: keeps what was done, and says whether there is time for more; a nightly run has it
        """
        today = fields.Date.context_today(self)
        domain = [
            ("plan_state", "=", "accepted"), ("is_paid", "=", False), ("due", "<", today), ("reminded_on", "=", False),
            ("case_id.is_active", "=", True), ("case_id.worker_id", "!=", False),
        ]  # fmt: skip
        waiting = self.search(domain, order="due, id", limit=BATCH)
        for place, one in enumerate(waiting, 1):
            try:
                with self.env.cr.savepoint():
                    one._remind(today)
            except OperationalError:
                raise  # somebody else is at it: the run starts again
            except Exception:
                _logger.exception("Instalment %s: its reminder failed, the next ones go on.", one.id)
            left = len(waiting) - place or int(len(waiting) == BATCH)
            if progress and not progress(1, remaining=left):
                break

    def _remind(self, today):
        case = self.case_id
        there = self.with_context(lang=case.worker_id.lang)
        values = {
            "creditor": self.creditor_id.name, "amount": there._euro(self.amount - self.paid),
            "day": format_date(there.env, self.due),
        }  # fmt: skip
        if self.plan_id.missed >= self.plan_id.break_after:
            name = there.env._("Instalment not paid: %(creditor)s, %(amount)s of %(day)s. The creditor may end the plan now.", **values)
        else:
            name = there.env._("Instalment not paid: %(creditor)s, %(amount)s of %(day)s. Talk to the client.", **values)
        deadline = self.env["sozial.deadline"].create(
            {"case_id": case.id, "name": name, "due": fields.Date.add(today, days=TALK_DAYS), "user_id": case.worker_id.id}
        )
        super().write({"deadline_id": deadline.id, "reminded_on": today})
