from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

# Art. 12(3) GDPR: one month, two more where necessary. Both end on the same day of a later month;
# that the end moves when it falls on a holiday is left unused: earlier is safe.
MONTHS = 1
MONTHS_EXTENDED = 3
KEEP_YEARS = 3
OPEN = ("received", "in_review", "ready")


class SozialSubjectRequest(models.Model):
    """A person asks which data we hold: Art. 15 GDPR.

    Data protection handles it and reads no case, nor may it learn whether there is one. So the
    request splits: the company answers from master data and tenancies, by this record, which is
    the same for clients and everybody else; the social department answers on paper of its own,
    directly to the person (`sozial.subject.part`), of which nothing shows here.
    """

    _name = "sozial.subject.request"
    _description = "Request for one's own data"
    _inherit = "sozial.guarded"
    _order = "due_on, id"
    _guarded = frozenset({"state", "due_on", "handled_by_id", "extended_on", "delivered_on", "delivered_how", "company_id"})
    _check_company_auto = True

    name = fields.Char("Name of the person", required=True, help="As in the letter.")
    partner_id = fields.Many2one(
        "res.partner",
        "Contact",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Under whom we hold data. Merge doubled contacts first. Empty if nobody fits: the letter then says that we hold nothing.",
    )
    company_id = fields.Many2one(
        "res.company", "Company", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    received_on = fields.Date("Received on", required=True, default=fields.Date.context_today, help="The period runs from here.")
    channel = fields.Selection(
        [("letter", "Letter"), ("mail", "E-mail"), ("counter", "In person"), ("phone", "Phone"), ("portal", "Portal")],
        "Received by",
        required=True,
        default="letter",
    )
    identified = fields.Selection(
        [
            ("known", "Known in person"),
            ("id_seen", "Identity card seen, not copied"),
            ("portal", "Logged in at the portal"),
            ("address", "Answer goes to the known address only"),
            ("attorney", "Representative with authority, seen"),
        ],
        "How identified",
        help="A copy of the identity card is not needed and not kept.",
    )
    erasure_wanted = fields.Boolean(
        "Erasure is asked for too",
        help="The person also wants their data erased (Art. 17 GDPR). The social department is told so, "
        "whether or not it knows the person.",
    )
    due_on = fields.Date(
        "Answer due", compute="_compute_due_on", store=True, help="One month after receipt; three with an extension (Art. 12(3) GDPR)."
    )
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue", search="_search_is_overdue")
    extended_on = fields.Date("Extended on", readonly=True, copy=False)
    extension_reason = fields.Text("Reason of the extension", copy=False, help="The person is told it within the first month.")
    state = fields.Selection(
        [
            ("received", "Received"),
            ("in_review", "In review"),
            ("ready", "Ready"),
            ("delivered", "Delivered"),
            ("refused", "Refused"),
        ],
        "Status",
        required=True,
        readonly=True,
        copy=False,
        default="received",
        index=True,
    )
    handled_by_id = fields.Many2one("res.users", "Handled by", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")
    department_note = fields.Char("Social department", compute="_compute_department_note")
    other_data = fields.Text(
        "From other systems",
        help="What else the company holds: bookkeeping, letters, telephone, video. Goes into the letter under this heading.",
    )
    refusal_reason = fields.Text(
        "Reason of the refusal",
        copy=False,
        help="Goes into the letter. Only for requests without ground or without identification (Art. 12(5), (6) GDPR).",
    )
    delivered_on = fields.Date("Delivered on", readonly=True, copy=False)
    delivered_how = fields.Selection(
        [("person", "In person"), ("letter", "Sealed letter"), ("portal", "Portal")], "Delivered by", readonly=True, copy=False
    )

    _identified_before_review = models.Constraint(
        "CHECK (state NOT IN ('in_review', 'ready', 'delivered') OR identified IS NOT NULL)",
        "How identified: say first how you know that it is this person.",
    )
    _refused_with_reason = models.Constraint(
        "CHECK (state <> 'refused' OR COALESCE(TRIM(refusal_reason), '') <> '')", "Reason of the refusal: write it down first."
    )
    _extended_with_reason = models.Constraint(
        "CHECK (extended_on IS NULL OR COALESCE(TRIM(extension_reason), '') <> '')",
        "Reason of the extension: write it down first.",
    )
    _open_requests = models.Index("(company_id, due_on) WHERE state IN ('received', 'in_review', 'ready')")

    @api.depends("received_on", "extended_on")
    def _compute_due_on(self):
        for request in self:
            months = MONTHS_EXTENDED if request.extended_on else MONTHS
            request.due_on = request.received_on and request.received_on + relativedelta(months=months)

    @api.depends("due_on", "state")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for request in self:
            request.is_overdue = request.state in OPEN and bool(request.due_on) and request.due_on < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = fields.Domain("state", "in", OPEN) & fields.Domain("due_on", "<", fields.Date.to_string(fields.Date.context_today(self)))
        if len(value) > 1:
            return fields.Domain.TRUE
        return late if True in value else ~late

    @api.depends("due_on", "state")
    def _compute_department_note(self):
        """The same for everybody: it follows from this record alone."""
        for request in self:
            if request.state in ("received", "refused"):
                request.department_note = self.env._("Is asked as soon as the request is in review")
            else:
                request.department_note = self.env._("Answers directly to the person, if there is something to answer")

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        if self.partner_id:
            self.name = self.partner_id.name

    @api.constrains("received_on")
    def _check_received_on(self):
        for request in self:
            if request.received_on > fields.Date.context_today(request):
                raise ValidationError(self.env._("Received on: this day is yet to come."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            allowed = {"company_id": vals.get("company_id"), "state": "received"}
            self._refuse_guarded({name: value for name, value in vals.items() if name not in allowed or value != allowed[name]})
        return super(SozialSubjectRequest, self._without_guarded_defaults()).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._refuse_guarded(vals)
        fixed = {"partner_id", "name", "received_on", "identified", "erasure_wanted"} & vals.keys()
        if fixed and any(request.state != "received" for request in self):
            raise UserError(self.env._("Person, date and identification stay as they are once the request is in review."))
        return super().write(vals)

    @api.autovacuum
    def _gc_answered(self):
        """Answered requests go three years after the end of their year: as long as a claim may be raised."""
        limit = fields.Date.context_today(self).replace(month=1, day=1) - relativedelta(years=KEEP_YEARS)
        done = fields.Domain("state", "in", ("delivered", "refused")) & fields.Domain("received_on", "<", limit)
        self.sudo().search(done, limit=1000).unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if not self.env.su:
            raise UserError(self.env._("A request is not deleted by hand: it proves that the person was answered."))

    def copy(self, default=None):
        """Refused: each request has its own day and identification."""
        raise UserError(self.env._("A request cannot be duplicated. Enter the new one."))

    def _step(self, before, values):
        """Move on from one of the states `before`.

        :raise AccessError: for others than data protection
        :raise UserError: if the request is elsewhere
        """
        if not self.env.user.has_group("sozial_management.group_sozial_privacy"):
            raise AccessError(self.env._("Requests for one's own data are handled by data protection."))
        self.check_access("write")
        if any(request.state not in before for request in self):
            raise UserError(self.env._("The request has moved on already. Reload the page."))
        return super().write(values)

    def action_start(self):
        """Identified: begin, and ask the social department, whether or not it knows the person."""
        for request in self:
            if not request.identified:
                raise UserError(self.env._("How identified: say first how you know that it is this person."))
            request._step(("received",), {"state": "in_review", "handled_by_id": self.env.uid})
            request._ask_department()
        return True

    def action_ready(self):
        """The company's letter is checked and can go."""
        return self._step(("in_review",), {"state": "ready"})

    def action_delivered_in_person(self):
        """Handed over."""
        return self._deliver("person")

    def action_delivered_by_letter(self):
        """Sent."""
        return self._deliver("letter")

    def _deliver(self, how):
        today = fields.Date.context_today(self)
        return self._step(("ready",), {"state": "delivered", "delivered_on": today, "delivered_how": how})

    def action_refuse(self):
        """Refuse, with the reason that the letter tells (Art. 12(5), (6) GDPR)."""
        for request in self:
            if not (request.refusal_reason or "").strip():
                raise UserError(self.env._("Reason of the refusal: write it down first."))
            request._step(("received", "in_review"), {"state": "refused", "handled_by_id": self.env.uid})
        self._parts()._cancel()
        return True

    def action_extend(self):
        """Take two more months, with a reason, while the first one runs (Art. 12(3) GDPR)."""
        today = fields.Date.context_today(self)
        for request in self:
            if not (request.extension_reason or "").strip():
                raise UserError(self.env._("Reason of the extension: write it down first."))
            if request.extended_on:
                raise UserError(self.env._("The period was extended already."))
            if request.due_on < today:
                raise UserError(self.env._("The first month is over. An extension had to be told before."))
            request._step(OPEN, {"extended_on": today})
            request._parts()._postpone(request.due_on)
        return True

    def _parts(self):
        """The department's parts, as the system itself: no trace of them in the name of data protection."""
        parts = self.env["sozial.subject.part"].with_user(SUPERUSER_ID)
        return parts.search([("request_id", "in", self.ids)])

    def _ask_department(self):
        """One part for each case in which the person takes part; those who work on it see it, nobody else.

        As the system itself: a row of data protection's own making could be found by its maker.
        """
        if self.partner_id:
            self.env["sozial.subject.part"].with_user(SUPERUSER_ID)._open_for_request(self)

    def action_print(self):
        """The letter of the company."""
        return self.env.ref("sozial_management.report_subject_request").report_action(self)

    def action_download(self):
        """The same as JSON."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/sozial/subject-request/{self.id}.json", "target": "download"}
