from odoo import api, fields, models
from odoo.exceptions import UserError

ACTIVE_STATES = ("intake", "assessment", "planning", "support", "review")

STATES = [
    ("intake", "Intake"),
    ("assessment", "Assessment"),
    ("planning", "Planning"),
    ("support", "Support"),
    ("review", "Review"),
    ("closed", "Closed"),
    ("declined", "Declined"),
    ("anonymised", "Anonymised"),
]

CLOSE_REASONS = [
    ("solved", "Concern solved"),
    ("referred", "Passed on to another service"),
    ("ended_by_client", "Ended by the client"),
    ("no_contact", "No contact came about"),
    ("moved", "Moved away"),
    ("deceased", "Client died"),
    ("not_responsible", "Not within our responsibility"),
]

# What a closed case said stays as it was.
CONTENT_FIELDS = frozenset(
    {"type_id", "concern", "urgency", "topic_ids", "target_group_ids", "tenancy_id", "quarter_id", "participant_ids",
     "opened_on", "next_review", "privacy_notice_on", "privacy_notice_how", "no_closing_assessment",
     "close_reason", "outcome", "closing_note"}
)  # fmt: skip


class SozialCase(models.Model):
    """A social case: what a social worker and a client work on together.

    Bound by § 203 StGB. Who may read it stands in `sozial.case.access` and nowhere else;
    its name is a neutral number, and nothing of it leaves through chatter, mail or calendar.
    """

    _name = "sozial.case"
    _description = "Case"
    _inherit = ["sozial.guarded", "sozial.hidden", "mail.thread", "mail.activity.mixin"]
    _order = "urgency desc, opened_on desc, id desc"
    _guarded = frozenset(
        {"name", "state", "worker_id", "closed_on", "assessment_on", "planning_on", "support_on", "review_on",
         "reopened_from_id", "handover_id", "joined_handover_ids", "company_id", "legal_hold",
         "duplicate_answer", "duplicate_checked_on", "duplicate_checked_by_id", "duplicate_client_id"}
    )  # fmt: skip
    _check_company_auto = True
    _anonymise = "keep"

    name = fields.Char("Case number", required=True, readonly=True, copy=False, default="/", anonymise="keep")
    company_id = fields.Many2one(
        "res.company", "Company", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    type_id = fields.Many2one(
        "sozial.case.type",
        "Kind of case",
        required=True,
        index=True,
        anonymise="keep",
        help="What the case is about. It proposes secrecy and the first review.",
    )
    state = fields.Selection(
        STATES,
        "Phase",
        required=True,
        readonly=True,
        copy=False,
        default="intake",
        index=True,
        group_expand="_group_expand_state",
        help="Intake: what is it about, are we the right ones? Assessment: how are things? Planning: what shall be "
        "reached, by which steps? Support: the steps are taken. Review: is it on track? The buttons move a case on.",
    )
    skips_planning = fields.Boolean(related="type_id.skips_planning", related_sudo=False)
    without_client = fields.Boolean(related="type_id.without_client", related_sudo=False)
    is_active = fields.Boolean("Active", compute="_compute_is_active", search="_search_is_active")
    level = fields.Selection(
        [("confidential", "Confidential"), ("strict", "Strictly confidential")],
        "Secrecy",
        required=True,
        compute="_compute_from_type",
        store=True,
        precompute=True,
        readonly=False,
        help="Confidential: the worker in charge, colleagues with a grant and the head of the department. "
        "Strictly confidential: without standing access for the head.",
    )
    urgency = fields.Selection(
        [("0", "Normal"), ("1", "This week"), ("2", "Today")],
        required=True,
        default="0",
        help="By when somebody has to act.",
    )
    worker_id = fields.Many2one(
        "res.users",
        "Worker in charge",
        compute="_compute_worker_id",
        store=True,
        anonymise="blank",
        index=True,
        help="Follows from the lead grant; changes by handing the case over.",
    )
    topic_ids = fields.Many2many(
        "sozial.topic", string="Topics", anonymise="keep", help="By these, offers that fit are found."
    )
    target_group_ids = fields.Many2many(
        "sozial.target.group", string="Target groups", anonymise="keep", help="By these, offers that fit are found."
    )
    concern = fields.Text(anonymise="blank", help="What it is about, in the words of the client.")

    tenancy_id = fields.Many2one(
        "sozial.tenancy",
        "Tenancy",
        index="btree_not_null",
        check_company=True,
        anonymise="blank",
        help="Stays empty for people who do not live with us, or not yet.",
    )
    dwelling_id = fields.Many2one(related="tenancy_id.dwelling_id", string="Dwelling", related_sudo=False)
    quarter_id = fields.Many2one(
        "sozial.quarter",
        "Quarter",
        compute="_compute_quarter_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
        anonymise="keep",
    )
    participant_ids = fields.One2many("sozial.case.participant", "case_id", "Participants")
    client_id = fields.Many2one(
        "res.partner", "Client",
        compute="_compute_client_id",
        store=True,
        anonymise="blank",
        index="btree_not_null",
        help="Follows from the participants: the first one with the role of the client.",
    )
    client_phone = fields.Char(related="client_id.phone", string="Phone of the client", related_sudo=False, tracking=False)

    contact_ids = fields.One2many("sozial.contact", "case_id", "Contact notes")
    contact_count = fields.Integer("Number of contacts", compute="_compute_contacts", store=True)
    last_contact_at = fields.Datetime("Last contact", compute="_compute_contacts", store=True)

    opened_on = fields.Date("Opened on", required=True, copy=False, default=fields.Date.context_today)
    next_review = fields.Date(
        copy=False,
        compute="_compute_from_type",
        store=True,
        precompute=True,
        readonly=False,
        help="On this day the case shows up under »My day«: is it still on track?",
    )
    closed_on = fields.Date("Closed on", readonly=True, copy=False)
    close_reason = fields.Selection(CLOSE_REASONS, "Reason for closing", copy=False)
    outcome = fields.Selection(
        [("reached", "Goal reached"), ("partly", "Partly reached"), ("not_reached", "Not reached")],
        copy=False,
        help="Measured by what the client wanted.",
    )
    closing_note = fields.Text(copy=False, anonymise="blank", help="What colleagues should know if the client comes back.")
    reopened_from_id = fields.Many2one(
        "sozial.case", "Earlier case", readonly=True, copy=False, index="btree_not_null", check_company=True, anonymise="blank"
    )
    handover_id = fields.Many2one(
        "sozial.handover", "Hand-over", readonly=True, copy=False, index="btree_not_null", check_company=True, anonymise="blank"
    )
    joined_handover_ids = fields.Many2many(
        "sozial.handover", "sozial_case_joined_handover_rel", "case_id", "handover_id", "Further hand-overs", readonly=True, copy=False,
        check_company=True, anonymise="blank", help="Handed over later, in the same matter.",
    )  # fmt: skip

    _name_unique = models.Constraint("UNIQUE (company_id, name)", "This case number is taken.")
    _closed_has_date_and_reason = models.Constraint(
        "CHECK (state <> 'closed' OR (closed_on IS NOT NULL AND close_reason IS NOT NULL))",
        "A closed case needs the day and the reason of closing.",
    )
    _closed_after_opened = models.Constraint(
        "CHECK (closed_on IS NULL OR closed_on >= opened_on)",
        "Opened on: the case was closed before this day. Choose an earlier day.",
    )
    _caseload = models.Index("(worker_id, state, next_review)")
    _company_state = models.Index("(company_id, state, opened_on)")

    @api.model
    def _group_expand_state(self, states, domain):
        """Columns of the board: the phases in their order, also the empty ones; the ends if filled."""
        return [state for state, _label in STATES if state in ACTIVE_STATES or state in states]

    @api.depends("state")
    def _compute_is_active(self):
        for case in self:
            case.is_active = case.state in ACTIVE_STATES

    def _search_is_active(self, operator, value):
        if operator != "in":
            return NotImplemented
        if len(value) > 1:
            return fields.Domain.TRUE
        return [("state", "in" if True in value else "not in", ACTIVE_STATES)]

    @api.depends("type_id")
    def _compute_from_type(self):
        today = fields.Date.context_today(self)
        for case in self:
            case.level = case.level or case.type_id.level or "confidential"
            if not case.next_review and case.type_id:
                case.next_review = fields.Date.add(today, days=case.type_id.review_days)

    def _readers(self):
        """The cases one by one, for computes of stored fields: those run as superuser.

        A form that is not saved yet may name any child's id, so it is computed with the
        rights of whoever filled it in; otherwise it would tell about other people's cases.
        """
        for case in self:
            yield case if case.id else case.sudo(False)

    @api.depends("tenancy_id")
    def _compute_quarter_id(self):
        for case in self._readers():
            case.quarter_id = case.tenancy_id.quarter_id or case.quarter_id

    @api.depends("access_ids.kind", "access_ids.user_id", "access_ids.revoked_at")
    def _compute_worker_id(self):
        for case in self._readers():
            leads = case.access_ids.filtered(lambda grant: grant.kind == "lead" and not grant.revoked_at)
            case.worker_id = leads.user_id[:1]

    @api.depends("participant_ids.partner_id", "participant_ids.role", "participant_ids.date_end")
    def _compute_client_id(self):
        for case in self._readers():
            clients = case.participant_ids.filtered(lambda one: one.role == "client" and not one.date_end)
            case.client_id = clients[:1].partner_id

    @api.depends("contact_ids.date")
    def _compute_contacts(self):
        for case in self._readers():
            notes = case.contact_ids.filtered(lambda note: not note.addendum_to_id)
            case.contact_count = len(notes)
            case.last_contact_at = max(notes.mapped("date"), default=False)

    @api.model_create_multi
    def create(self, vals_list):
        """Open cases; each creator gets the lead grant in the same transaction.

        Only `type_id` is needed. Lists of children in the values are written after the
        grant, so that they pass the same rules as any later child.
        """
        vals_list = [self._without_foregone(vals) for vals in vals_list]
        children = [
            {name: vals.pop(name) for name in list(vals) if self._fields[name].type == "one2many"}
            for vals in vals_list
        ]
        for vals in vals_list:
            vals["name"] = self._next_number(vals.get("company_id") or self.env.company.id)
        neutral = self._without_guarded_defaults()
        cases = super(SozialCase, neutral).create(vals_list).with_env(self.env)
        for case, child_vals in zip(cases, children, strict=True):
            case._grant_initial()
            if child_vals:
                case.write(child_vals)
        return cases

    def write(self, vals):
        self._refuse_guarded(vals)
        if CONTENT_FIELDS & vals.keys():
            self._require_not_ended()
        if "level" not in vals:
            return super().write(vals)
        changed = self.filtered(lambda case: case.level != vals["level"])
        changed._require_may_grant()
        result = super().write(vals)
        for case in changed:
            case._follow_level()
        return result

    @api.model
    def _search_display_name(self, operator, value):
        """Where a case is chosen for a note, the client's name finds it too; what is shown stays the number."""
        domain = super()._search_display_name(operator, value)
        if self.env.context.get("sozial_by_client") and operator == "ilike" and value:
            domain |= fields.Domain("client_id.name", "ilike", value)
        return domain

    def _require_not_ended(self):
        """Stop changes of a closed or declined case.

        :raise UserError: names the case and the way on
        """
        for case in self:
            if not case.is_active:
                raise UserError(self.env._("%s is closed and stays as it is. Take it up again to go on.", case.name))

    def copy(self, default=None):
        """Refused: a case is opened, not copied."""
        raise UserError(self.env._("A case cannot be duplicated. Open a new one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A case is not deleted by hand. Close it; the retention rules remove it in time.")
        )

    def _link_handover(self, handover):
        """Remember the hand-over this case came from, and what it said."""
        self._write_guarded({"handover_id": handover.id, "concern": handover.summary})

    def _join_handover(self, handover):
        """Remember a further hand-over, and add what it said."""
        concern = "\n\n".join(text for text in (self.concern, handover.summary) if text)
        self._write_guarded({"joined_handover_ids": [fields.Command.link(handover.id)], "concern": concern})

    def _write_guarded(self, values):
        """Write past the guard, as the current user. For the methods that own these fields."""
        return super().write(values)

    @api.model
    def _without_guarded_defaults(self):
        """Without followers or log entries at creation either."""
        return super()._without_guarded_defaults().with_context(mail_create_nosubscribe=True, mail_create_nolog=True)

    @api.model
    def _without_foregone(self, vals):
        """Values of a new case without those that say what will be so anyway."""
        foregone = {"state": "intake", "worker_id": self.env.uid}
        vals = {name: value for name, value in vals.items() if name not in foregone or value != foregone[name]}
        self._refuse_guarded({name: value for name, value in vals.items() if name != "company_id"})
        return vals

    @api.model
    def _next_number(self, company_id):
        """Next neutral number of the company, for example SM-2026-00012.

        Each company counts for itself: a shared sequence would tell one company how many
        cases the other has.
        """
        sequences = self.env["ir.sequence"].sudo()
        sequence = sequences.search_fetch([("code", "=", "sozial.case"), ("company_id", "=", company_id)], limit=1)
        if not sequence:
            sequence = sequences.create(
                {
                    "name": "Social management: case number",
                    "code": "sozial.case",
                    "company_id": company_id,
                    "prefix": "SM-%(range_year)s-",
                    "padding": 5,
                    "use_date_range": True,
                }
            )
        return sequence.next_by_id()
