from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...statute import instalments, settlement
from ..money import exact

# What is entered once the plan was offered.
REPLY = frozenset({"reply", "reply_on", "reply_how", "reply_by"})


class SozialInstalmentShare(models.Model):
    """What one creditor gets by an instalment plan, and what the creditor said to it."""

    _name = "sozial.instalment.share"
    _description = "Creditor of an instalment plan"
    _inherit = "sozial.finance"
    _anonymise = "delete"
    _order = "after, id"

    plan_id = fields.Many2one("sozial.instalment.plan", "Instalment plan", required=True, index=True, ondelete="cascade")
    case_id = fields.Many2one(related="plan_id.case_id", store=True, precompute=True, readonly=True)
    plan_state = fields.Selection(related="plan_id.state", related_sudo=False)
    claim_id = fields.Many2one("sozial.debt.claim", "Claim", required=True, index=True, ondelete="restrict")
    creditor_id = fields.Many2one(related="claim_id.creditor_id", related_sudo=False)
    total = fields.Monetary(
        "Gets in all", required=True, compute="_compute_total", store=True, precompute=True, readonly=False,
        help="Proposed: all that is owed. Less if the creditor waives the rest.",
    )  # fmt: skip
    monthly = fields.Monetary("Instalment", required=True, help="What is paid each month; the last instalment is the rest.")
    after = fields.Integer("Begins after months", aggregator=None, help="Others are paid before. 0: from the beginning.")
    months = fields.Integer("Instalments in all", compute="_compute_months", aggregator=None)
    reply = fields.Selection([("accepted", "Accepted"), ("declined", "Declined")], "Reply", copy=False)
    reply_on = fields.Date("Reply of", copy=False)
    reply_how = fields.Selection(
        [("letter", "By letter"), ("mail", "By mail"), ("phone", "By phone"), ("person", "In a talk")], "How", copy=False
    )
    reply_by = fields.Char("Said by", copy=False, help="Who agreed, by name and department.")

    _once = models.Constraint("UNIQUE (plan_id, claim_id)", "This creditor is in the plan already.")
    _amounts = models.Constraint("CHECK (total > 0 AND monthly > 0)", "Gets in all, instalment: more than zero.")
    _after_not_negative = models.Constraint("CHECK (COALESCE(after, 0) >= 0)", "Begins after months: zero or more.")
    _accepted_dated = models.Constraint(
        "CHECK (reply IS NULL OR (reply_on IS NOT NULL AND reply_how IS NOT NULL))",
        "Reply: enter the day and how the creditor replied.",
    )

    @api.depends("claim_id")
    def _compute_total(self):
        for share in self:
            share.total = share.total or share.claim_id.remaining

    @api.depends("total", "monthly")
    def _compute_months(self):
        for share in self:
            try:
                share.months = instalments.number(exact(share.total), exact(share.monthly))
            except ValueError:
                share.months = 0

    def _instalments(self):
        """The instalments of this creditor."""
        return self.plan_id.instalment_ids.filtered(lambda one: one.share_id == self)

    def _deal(self):
        """What the creditor gets, beside what is owed: nobody is owed less than what is paid."""
        total = exact(self.total)
        owed = max(exact(self.claim_id.remaining), total)
        return settlement.Deal(owed, total, self.months, self.after)

    def _schedule(self, start, day):
        """The instalments of this creditor.

        :raise UserError: if it would take for ever
        """
        try:
            return instalments.schedule(exact(self.total), exact(self.monthly), start, day, self.after)
        except ValueError:
            raise UserError(
                self.env._("%s: with this instalment it would take more than 50 years. Enter more.", self.claim_id.creditor_id.name)
            ) from None

    @api.constrains("claim_id", "plan_id")
    def _check_same_case(self):
        if any(share.claim_id.case_id != share.plan_id.case_id for share in self):
            raise ValidationError(self.env._("Claim: choose one of this case."))

    @api.constrains("reply_on")
    def _check_reply_on(self):
        if any(share.reply_on and share.reply_on > fields.Date.context_today(share) for share in self):
            raise ValidationError(self.env._("Reply of: this day is still to come."))

    @api.model_create_multi
    def create(self, vals_list):
        plans = self.env["sozial.instalment.plan"].browse({vals.get("plan_id") for vals in vals_list} - {None, False})
        if not self.env.su:
            plans.check_access("write")
        plans._require_draft()
        shares = super().create([{name: value for name, value in vals.items() if name not in REPLY} for vals in vals_list])
        plans._rebuild()
        return shares

    def write(self, vals):
        """A draft is changed freely; once it was offered, the reply of the creditor is entered."""
        if vals.keys() & {"plan_id", "case_id"}:
            raise UserError(self.env._("Creditor: it stays with its plan."))
        if vals.keys() - REPLY:
            self.plan_id._require_draft()
        elif any(plan.state != "offered" for plan in self.plan_id):
            raise UserError(self.env._("Reply: it is entered while the plan is offered."))
        result = super().write(vals)
        if vals.keys() & {"total", "monthly", "after", "claim_id"}:
            self.plan_id._rebuild()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        self.plan_id._require_draft()

    def unlink(self):
        """The instalments of this creditor go along; approvals of the plan end."""
        plans = self.plan_id
        result = super().unlink()
        plans.exists().filtered(lambda plan: plan.state == "draft")._rebuild()
        return result

    def action_accepted(self):
        """The creditor accepted by letter, today."""
        self.check_access("write")
        self.write({"reply": "accepted", "reply_on": fields.Date.context_today(self), "reply_how": "letter"})
        return True

    def _write_reply_away(self):
        """Forget the replies, because the offer changes."""
        super().write(dict.fromkeys(REPLY, False))

    def _values_for_new_version(self):
        """What the creditor still gets, in the next version."""
        left = exact(self.total) - sum((exact(one.paid) for one in self._instalments()), exact(0))
        return {"claim_id": self.claim_id.id, "total": left, "monthly": min(exact(self.monthly), left) if left else 0, "after": 0}
