from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .res_company import STATE_NAMES


class SozialDeadline(models.Model):
    """A day until which something has to be done in a case, and who sees to it.

    Comes from a period of the law and the day of an event, or is entered by hand. It is
    kept or dropped with a word why; a deadline is never deleted once its day has come.
    """

    _name = "sozial.deadline"
    _description = "Deadline"
    _inherit = ["sozial.confidential", "sozial.guarded"]
    _anonymise = "delete"
    _order = "due, id"
    _guarded = frozenset({"state", "ended_on", "ended_by_id", "reminded_on", "escalated_on"})

    name = fields.Char("What has to be done", compute="_compute_from_rule", store=True, precompute=True, readonly=False, required=True)
    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    rule_id = fields.Many2one("sozial.deadline.rule", "Period", ondelete="restrict", index="btree_not_null")
    event_id = fields.Many2one(related="rule_id.event_id", string="Event")
    event_date = fields.Date("Day of the event", help="The day itself is not counted (§ 187 (1) BGB).")
    federal_state = fields.Selection(
        STATE_NAMES,
        "Public holidays of",
        default=lambda self: self.env.company.sozial_federal_state,
    )
    due = fields.Date(
        compute="_compute_due", store=True, precompute=True, readonly=False, required=True,
        help="Computed from the period by §§ 187 to 193 BGB. If a court or an authority names another day, enter that one.",
    )  # fmt: skip
    days_left = fields.Integer(compute="_compute_days_left", help="Below zero: the day is over.")
    legal_basis = fields.Char(related="rule_id.legal_basis")
    advice = fields.Text(related="rule_id.advice")
    hard = fields.Boolean(
        compute="_compute_from_rule", store=True, precompute=True, readonly=False,
        help="Who misses it loses a right. It is escalated to the stand-in and to the head of the department.",
    )  # fmt: skip
    threatens = fields.Selection(
        [("home", "The home"), ("energy", "Electricity or gas")],
        "At risk",
        compute="_compute_from_rule", store=True, precompute=True, readonly=False,
        help="What is lost on this day if nothing happens.",
    )  # fmt: skip
    remind_days = fields.Integer(
        "Remind days before", compute="_compute_from_rule", store=True, precompute=True, readonly=False, required=True
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", required=True, index=True, compute="_compute_user_id", store=True, precompute=True, readonly=False,
        domain="[('share', '=', False)]", help="Gets the reminder. Needs access to the case.",
    )  # fmt: skip
    standin_id = fields.Many2one(
        "res.users", "Stand-in", domain="[('share', '=', False)]",
        help="Is told if a hard deadline comes close. Needs access to the case.",
    )  # fmt: skip
    state = fields.Selection(
        [("open", "Still open"), ("kept", "Kept"), ("dropped", "Dropped")], required=True, readonly=True, default="open", copy=False
    )
    note = fields.Text(help="What was done, or why it does not matter any more.")
    ended_on = fields.Date("Ended on", readonly=True, copy=False)
    ended_by_id = fields.Many2one("res.users", "Ended by", readonly=True, copy=False, ondelete="restrict")
    reminded_on = fields.Date(readonly=True, copy=False)
    escalated_on = fields.Date(readonly=True, copy=False)

    _by_days_left = models.Index("(company_id, due) WHERE state = 'open'")
    _of_a_case = models.Index("(case_id, due) WHERE state = 'open'")
    _once = models.UniqueIndex(
        "(case_id, rule_id, event_date) WHERE state = 'open' AND rule_id IS NOT NULL",
        "This deadline stands in the case already.",
    )
    _ended_has_day = models.Constraint(
        "CHECK (state = 'open' OR (ended_on IS NOT NULL AND ended_by_id IS NOT NULL))",
        "A deadline that is kept or dropped needs the day and the person.",
    )
    _period_has_event = models.Constraint(
        "CHECK (rule_id IS NULL OR event_date IS NOT NULL)", "Day of the event: the period is counted from it."
    )

    @api.depends("rule_id")
    def _compute_from_rule(self):
        for deadline in self:
            rule = deadline.rule_id
            deadline.name = rule.name or deadline.name
            deadline.hard = rule.hard if rule else deadline.hard
            deadline.threatens = rule.threatens if rule else deadline.threatens
            deadline.remind_days = rule.remind_days if rule else deadline.remind_days or 7

    @api.depends("rule_id", "event_date", "federal_state")
    def _compute_due(self):
        for deadline in self:
            if deadline.rule_id and deadline.event_date and (deadline.federal_state or deadline.rule_id.direction == "on"):
                deadline.due = deadline.rule_id._due(deadline.event_date, deadline.federal_state)
            else:
                deadline.due = deadline.due or fields.Date.context_today(deadline)

    @api.depends("case_id")
    def _compute_user_id(self):
        for deadline in self:
            case = deadline.case_id if deadline.case_id.id else deadline.case_id.sudo(False)
            deadline.user_id = deadline.user_id or case.worker_id or self.env.user

    @api.depends("due")
    @api.depends_context("tz")
    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for deadline in self:
            deadline.days_left = (deadline.due - today).days if deadline.due else 0

    @api.constrains("rule_id", "federal_state")
    def _check_federal_state(self):
        if any(one.rule_id.direction in ("after", "before") and not one.federal_state for one in self):
            raise ValidationError(
                self.env._("Public holidays of: choose the federal state. The company can have one that is proposed each time.")
            )

    @api.constrains("user_id", "standin_id", "case_id")
    def _check_access_of_people(self):
        for deadline in self:
            granted = deadline.case_id._granted_users()
            for user in deadline.user_id | deadline.standin_id:
                if user not in granted and deadline.state == "open":
                    raise ValidationError(
                        self.env._("%(name)s has no access to this case. Give access first.", name=user.sudo().name)
                    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        deadlines = super(SozialDeadline, self._without_guarded_defaults()).create(vals_list)
        deadlines.case_id._require_not_ended()
        return deadlines

    def write(self, vals):
        self._refuse_guarded(vals)
        ended = self.filtered(lambda deadline: deadline.state != "open")
        if ended:
            raise UserError(self.env._("A deadline that is kept or dropped stays as it is. Enter a new one."))
        if {"due", "event_date", "rule_id", "user_id", "standin_id"} & vals.keys():
            # another day or another person is told anew
            vals = {**vals, "reminded_on": False, "escalated_on": False}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_future_only(self):
        today = fields.Date.context_today(self)
        if any(deadline.state != "open" or deadline.due <= today for deadline in self):
            raise UserError(self.env._("This deadline is part of what happened. Drop it with a note instead of deleting it."))

    def action_keep(self):
        """What had to be done is done."""
        return self._end("kept")

    def action_drop(self):
        """It does not matter any more; the note says why.

        :raise UserError: without a note
        """
        if any(not (deadline.note or "").strip() for deadline in self):
            raise UserError(self.env._("Note: write why this deadline does not matter any more."))
        return self._end("dropped")

    def _end(self, state):
        self.check_access("write")
        if any(deadline.state != "open" for deadline in self):
            raise UserError(self.env._("This deadline is kept or dropped already."))
        self._remove_activities()
        self._write_guarded({"state": state, "ended_on": fields.Date.context_today(self), "ended_by_id": self.env.uid})
        self.flush_recordset(["state"])  # the same period may be entered anew in this transaction
        return True

    def _write_guarded(self, values):
        """Write past the guard, as the current user. For the methods that own these fields."""
        return super().write(values)
