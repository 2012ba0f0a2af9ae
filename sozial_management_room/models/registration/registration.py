from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

STATES = [
    ("unconfirmed", "Mail not confirmed"),
    ("waiting", "Waiting list"),
    ("offered", "Seat offered"),
    ("confirmed", "Registered"),
    ("cancelled", "Cancelled"),
    ("expired", "Not answered"),
]
CONSENTS = [
    ("written", "In writing"),
    ("form", "By the form, confirmed by mail or login"),
    ("kept", "The school or club has it"),
]
SOURCES = [("staff", "Centre"), ("public", "Public page"), ("portal", "Portal"), ("partner", "Partner organisation")]
# a seat is held in these
HOLDING = ("unconfirmed", "offered", "confirmed")
# whoever is told when a session is cancelled or moved
TOLD = ("waiting", "offered", "confirmed")
# nobody sets these from outside
KEPT_FIELDS = {"state", "seat", "source", "answer_until", "token", "confirmed_on", "lang"}


class SozialActivityRegistration(models.Model):
    """Somebody who takes part (Anmeldung): in a whole course, in one session, or with a slot of a consultation hour.

    The seat is a number that PostgreSQL gives once. Nothing is asked that is not needed; of a
    consultation hour nobody is asked what it is about.
    """

    _name = "sozial.activity.registration"
    _inherit = ["sozial.answer.link", "sozial.room.named"]
    _description = "Registration"
    _order = "activity_id, session_id, id"
    _check_company_auto = True

    activity_id = fields.Many2one("sozial.activity", "Activity", required=True, ondelete="restrict", check_company=True)
    session_id = fields.Many2one(
        "sozial.activity.session", "Session", ondelete="restrict", check_company=True,
        domain="[('activity_id', '=', activity_id), ('state', 'in', ('planned', 'requested'))]",
        help="Empty: the whole course.",
    )  # fmt: skip
    centre_id = fields.Many2one(related="activity_id.centre_id", string="Centre", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="activity_id.company_id", store=True, precompute=True, index=True)
    kind = fields.Selection(related="activity_id.kind")
    registration = fields.Selection(related="activity_id.registration")
    name = fields.Char(required=True, index="trigram", help="Who takes part.")
    email = fields.Char("E-mail", index="btree_not_null")
    phone = fields.Char("Telephone")
    partner_id = fields.Many2one(
        "res.partner", "Contact", index="btree_not_null", ondelete="set null", check_company=True,
        help="Only if the person shall see the registration in the portal, or an organisation registers.",
    )  # fmt: skip
    minor = fields.Boolean("Under 18")
    parent_name = fields.Char("Parent", help="Who consents: mother, father or guardian.")
    parent_consent = fields.Boolean("Parent consents", help="The consent was given in writing, or by the form on the public page.")
    parent_consent_on = fields.Date("Consent given on", compute="_compute_parent_consent_on", store=True, precompute=True)
    parent_consent_how = fields.Selection(
        CONSENTS, "Consent given how", compute="_compute_parent_consent_how", store=True, readonly=False, precompute=True,
        help="Proposed by where the registration comes from. Correct it if it was otherwise.",
    )  # fmt: skip
    source = fields.Selection(SOURCES, "Registered by", required=True, default="staff", readonly=True, copy=False)
    lang = fields.Char("Language of mails", readonly=True, copy=False)
    state = fields.Selection(STATES, "Status", required=True, default="waiting", readonly=True, copy=False, index=True)
    seat = fields.Integer(readonly=True, copy=False, help="Number of the seat or slot; 0: none.")
    wanted_seat = fields.Integer(
        "Slot no.", copy=False, help="Consultation hours: the number of the slot, see the session. 0: the first that is free."
    )
    slot_text = fields.Char("When", compute="_compute_slot_text")
    answer_until = fields.Datetime("Answer until", readonly=True, copy=False, help="The seat is kept so long for an answer.")
    confirmed_on = fields.Datetime(readonly=True, copy=False)

    _seat_of_session = models.UniqueIndex("(session_id, seat) WHERE session_id IS NOT NULL AND seat > 0", "This seat is taken.")
    _seat_of_course = models.UniqueIndex("(activity_id, seat) WHERE session_id IS NULL AND seat > 0", "This seat is taken.")
    _seat_by_state = models.Constraint(
        "CHECK ((state NOT IN ('offered', 'confirmed') OR COALESCE(seat, 0) > 0) "
        "AND (state NOT IN ('waiting', 'cancelled', 'expired') OR COALESCE(seat, 0) = 0))",
        "Whoever is registered has a seat; whoever waits or has cancelled has none.",
    )
    _consent_of_parents = models.Constraint(
        "CHECK (NOT COALESCE(minor, FALSE) OR (COALESCE(parent_consent, FALSE) AND COALESCE(btrim(parent_name), '') <> ''))",
        "Under 18: enter the parent, and that the parent consents.",
    )
    _consent_known_how = models.Constraint(
        "CHECK (NOT COALESCE(parent_consent, FALSE) OR parent_consent_how IS NOT NULL)", "Consent given how: choose one."
    )
    _named = models.Constraint("CHECK (btrim(name) <> '')", "Name: say who takes part.")
    _deadlines = models.Index("(answer_until) WHERE state IN ('unconfirmed', 'offered')")
    _queue = models.Index("(activity_id, session_id, id) WHERE state = 'waiting'")

    @api.depends("parent_consent")
    def _compute_parent_consent_on(self):
        for one in self:
            one.parent_consent_on = (one.parent_consent_on or fields.Date.context_today(one)) if one.parent_consent else False

    @api.depends("parent_consent", "source")
    def _compute_parent_consent_how(self):
        for one in self:
            usual = "form" if one.source != "staff" else "kept" if one._shown("activity_id").consent_kept_by else "written"
            one.parent_consent_how = (one.parent_consent_how or usual) if one.parent_consent else False

    @api.depends("activity_id", "session_id.start", "session_id.stop", "seat")
    @api.depends_context("lang")
    def _compute_slot_text(self):
        for one in self:
            session, activity = one._shown("session_id"), one._shown("activity_id")
            if session and activity.kind == "consultation" and one.seat:
                start, stop = session._slot_of(one.seat)
                one.slot_text = f"{start:%d.%m.%Y}, {start:%H:%M} – {stop:%H:%M}"
            else:
                one.slot_text = session.local_time or self.env._("whole course")

    def _sheet_line(self):
        """The person as the attendance sheet offers to tick.

        The contact goes along only if it is the person: parents register children, organisations their people.
        """
        self.ensure_one()
        contact = self.sudo().partner_id
        same = bool(contact) and (contact.name or "").strip().lower() == self.name.strip().lower()
        return {
            "id": False, "name": self.name, "partner_id": same and contact.id, "volunteer_id": False,
            "role": "participant", "age_group": "young" if self.minor else "adults", "registered": True,
        }  # fmt: skip

    @api.depends("name", "activity_id.name")
    def _compute_display_name(self):
        for one in self:
            one.display_name = " · ".join(part for part in (one.name, one._shown("activity_id").name) if part)

    def _shown(self, name):
        """What a registration links to; of an unsaved form, which may name anything, only what the user may read."""
        linked = self[name]._origin
        return linked.sudo() if self.id or linked.has_access("read") else linked.browse()

    @api.constrains("session_id", "activity_id")
    def _check_session_id(self):
        for one in self:
            activity, session = one.sudo().activity_id, one.sudo().session_id
            if session and session.activity_id != activity:
                raise ValidationError(self.env._("Session: this session is of another activity."))
            if activity.registration == "none":
                raise ValidationError(self.env._("%s: nobody has to register. Choose an activity with registration.", activity.name))
            if (activity.registration == "session") != bool(session):
                raise ValidationError(
                    self.env._("Session: choose one; registration is for each session.")
                    if not session
                    else self.env._("Session: leave it empty; registration is for the whole course.")
                )

    @api.constrains("email")
    def _check_email(self):
        for one in self:
            if one.email and ("@" not in one.email or any(char.isspace() for char in one.email)):
                raise ValidationError(self.env._("E-mail: »%s« is no address. Example: name@example.org", one.email))

    @api.model_create_multi
    def create(self, vals_list):
        """Register: whoever finds no seat free waits.

        :raise UserError: for sessions that are over or cancelled
        """
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name not in KEPT_FIELDS} for vals in vals_list]
        registered = super().create([{**vals, "state": "waiting", "seat": 0} for vals in vals_list])
        registered._require_open()
        for one in registered.sudo():
            one._write_kept({"token": self._new_token()})
            one._begin()
        return registered

    def write(self, vals):
        """:raise UserError: for what has buttons of its own, and for another activity or session"""
        if kept := KEPT_FIELDS & vals.keys():
            raise UserError(self.env._("%s: use the buttons of the registration.", self._fields[min(kept)]._description_string(self.env)))
        for name in {"activity_id", "session_id"} & vals.keys():
            if any(one[name].id != (vals[name] or False) for one in self):
                raise UserError(self.env._("A registration stays with its session. Cancel it and register anew."))
        return super().write(vals)

    def _write_kept(self, vals):
        """Write past the guards, for seats and answers."""
        return super().write(vals)

    def _require_open(self):
        now = fields.Datetime.now()
        for one in self.sudo():
            if one.activity_id.state == "ended":
                raise UserError(self.env._("%s has ended.", one.activity_id.name))
            if one.session_id and (one.session_id.state == "cancelled" or one.session_id.start <= now):
                raise UserError(self.env._("%s has begun or is cancelled. Choose another session.", one.session_id.display_name))

    def _require_state(self, *states):
        for one in self:
            if one.state not in states:
                label = dict(self._fields["state"]._description_selection(self.env))[one.state]
                raise UserError(self.env._("%(name)s: this cannot be done any more. Status: %(state)s.", name=one.name, state=label))

    def _deadline(self):
        """Until when an answer is awaited: the centre's hours, never after the session has begun."""
        until = fields.Datetime.now().replace(microsecond=0) + timedelta(hours=self.centre_id.offer_hours)
        return min(until, self.session_id.start) if self.session_id else until
