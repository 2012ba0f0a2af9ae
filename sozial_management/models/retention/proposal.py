from odoo import api, fields, models
from odoo.exceptions import UserError

from .rule import ACTIONS, SUBJECTS

# Why somebody may want something erased before its time: Art. 17(1) GDPR.
GROUNDS = [
    ("no_longer_needed", "No longer needed for what it was kept for (a)"),
    ("consent_withdrawn", "Consent withdrawn, and no other legal ground (b)"),
    ("objection", "Objection of the person (c)"),
    ("unlawful", "Processed unlawfully (d)"),
]
# Still to be dealt with.
OPEN = ("proposed", "postponed", "held", "approved")


class SozialRetentionProposal(models.Model):
    """Something whose time is over: a person decides, then it is anonymised or deleted.

    For data protection, which reads no case: a proposal shows the neutral number, the kind, the
    day of closing and the rule, and no way into the case. The department sees in the case itself
    until when it is kept, and stops an erasure there by a legal hold.
    """

    _name = "sozial.retention.proposal"
    _description = "Proposal to erase"
    _order = "due_on, id"
    _check_company_auto = True

    name = fields.Char("Number", readonly=True, help="The neutral number of the case; empty for what is no case.")
    company_id = fields.Many2one("res.company", "Company", required=True, readonly=True, index=True)
    rule_id = fields.Many2one(
        "sozial.retention.rule", "Retention rule", readonly=True, index=True, ondelete="restrict", check_company=True
    )
    subject = fields.Selection(SUBJECTS, "What", required=True, readonly=True)
    action = fields.Selection(ACTIONS, "What happens", required=True, readonly=True)
    case_type_id = fields.Many2one("sozial.case.type", "Kind of case", readonly=True, ondelete="restrict")
    ended_on = fields.Date("Closed on", readonly=True)
    due_on = fields.Date("Due on", required=True, readonly=True, help="Not before this day anything is erased.")
    number = fields.Integer("Rows", readonly=True, default=1, help="How many rows were due when this was proposed.")
    state = fields.Selection(
        [
            ("proposed", "To decide"),
            ("postponed", "Postponed"),
            ("held", "Legal hold"),
            ("approved", "Approved"),
            ("done", "Done"),
            ("refused", "Refused"),
            ("obsolete", "Settled"),
        ],
        "Status",
        required=True,
        readonly=True,
        default="proposed",
        index=True,
        help="Approved: erased by the next nightly run, not before the due date. Settled: no longer due, the rule or the case has changed.",
    )
    postponed_until = fields.Date("Postponed until", readonly=True)
    hold_review_on = fields.Date("Hold reviewed on", readonly=True)
    reason = fields.Text(readonly=True, help="Why it was postponed or refused.")
    ground = fields.Selection(
        GROUNDS,
        "Asked for (Art. 17 GDPR)",
        readonly=True,
        help="The person wants it erased before the rule makes it due. Empty: proposed by the retention rule.",
    )
    asked_by_id = fields.Many2one("res.users", "Passed on by", readonly=True, ondelete="restrict", index="btree_not_null")
    asked_on = fields.Date("Passed on", readonly=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime("Decided on", readonly=True)
    trouble = fields.Text("What went wrong", readonly=True, help="Why the last run could not erase it. It tries again every night.")
    is_due = fields.Boolean("Due", compute="_compute_is_due", search="_search_is_due")
    # without a foreign key and for nobody: a link would be a way into the case
    case_ref = fields.Integer("Case (internal number)", groups=fields.NO_ACCESS, index=True)

    _by_rule_or_asked_for = models.Constraint(
        "CHECK (rule_id IS NOT NULL OR (ground IS NOT NULL AND asked_by_id IS NOT NULL))",
        "A proposal comes from a retention rule or from a person who asked for it.",
    )
    _once_a_case = models.UniqueIndex(
        "(case_ref) WHERE case_ref > 0 AND state IN ('proposed', 'postponed', 'held', 'approved')",
        "This case is proposed already.",
    )
    _once_a_rule = models.UniqueIndex(
        "(rule_id, company_id) WHERE COALESCE(case_ref, 0) = 0 AND state IN ('proposed', 'postponed', 'held', 'approved')",
        "This rule has an open proposal already.",
    )
    _work = models.Index("(company_id, due_on) WHERE state = 'approved'")

    @api.depends("name", "subject")
    def _compute_display_name(self):
        subjects = dict(self._fields["subject"]._description_selection(self.env))
        for row in self:
            row.display_name = row.name or subjects.get(row.subject)

    @api.depends("due_on", "state")
    def _compute_is_due(self):
        today = fields.Date.context_today(self)
        for proposal in self:
            proposal.is_due = proposal.state in OPEN and proposal.due_on <= today

    def _search_is_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        if len(value) > 1:
            return fields.Domain.TRUE
        due = fields.Domain("state", "in", OPEN) & fields.Domain("due_on", "<=", "today")
        return due if True in value else ~due

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Proposals are made by the nightly run; they cannot be entered."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("Status: use the buttons of the proposal."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A proposal is not deleted: it tells what was decided."))

    def action_approve(self):
        """Let the next run erase this, once it is due.

        :raise UserError: for what is not to decide any more, or was asked for by oneself
        """
        proposals = self._to_decide(("proposed", "postponed"))
        if any(proposal.asked_by_id == self.env.user for proposal in proposals):
            raise UserError(self.env._("Somebody else approves what you passed on yourself."))
        proposals._decide("approved", postponed_until=False, reason=False)
        return True

    def _refuse_asked(self, reason):
        """Do not erase before the retention rule makes it due. For the dialog.

        :raise UserError: without a reason, or for what a rule proposed
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Reason: say why it is not erased now (Art. 17(3) GDPR). The department tells the person."))
        proposals = self._to_decide(("proposed", "postponed", "approved"))
        if not all(proposal.ground for proposal in proposals):
            raise UserError(self.env._("Only what a person asked for is refused. Postpone what a rule proposes."))
        proposals._decide("refused", postponed_until=False, reason=reason.strip())

    def action_withdraw(self):
        """Take the approval back; the proposal is to decide again."""
        self._to_decide(("approved",))._decide("proposed")
        return True

    def _postpone(self, until, reason):
        """Decide later. For the dialog.

        :raise UserError: names what is missing
        """
        until = fields.Date.to_date(until)
        if not (reason or "").strip():
            raise UserError(self.env._("Reason: say why it is kept longer."))
        if not until or until <= fields.Date.context_today(self):
            raise UserError(self.env._("Until: choose a day to come."))
        self._to_decide(("proposed", "postponed", "approved"))._decide(
            "postponed", postponed_until=until, reason=reason.strip()
        )

    def _hold(self, reason, review_on):
        """Set a legal hold on the proposed cases. For the dialog.

        :raise UserError: for what is no case, and as :meth:`sozial.case.action_set_hold`
        """
        for proposal in self._to_decide(("proposed", "postponed", "approved")):
            case = proposal._case()
            if not case:
                raise UserError(self.env._("%s: a legal hold is for cases. Postpone this instead.", proposal.display_name))
            case._set_hold(reason, review_on)
        self._stamp()

    def _to_decide(self, states):
        """These proposals as superuser, after checking who asks and what state they are in."""
        self.check_access("write")
        if not self.env.user.has_group("sozial_management.group_sozial_privacy"):
            raise UserError(self.env._("Proposals are decided by data protection."))
        proposals = self.sudo()
        for proposal in proposals:
            if proposal.state not in states:
                raise UserError(self.env._("%s is not to decide any more. Reload the page.", proposal.display_name))
        return proposals

    def _decide(self, state, **values):
        self.sudo().write({"state": state, **values})
        self._stamp()

    def _stamp(self):
        self.sudo().write({"decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()})

    def _case(self):
        """The case of a proposal, as superuser; empty if it is about something else."""
        self.ensure_one()
        return self.env["sozial.case"].sudo().browse(self.sudo().case_ref or ()).exists()
