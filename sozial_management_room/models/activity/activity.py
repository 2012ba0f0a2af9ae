from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("group", "Open group"),
    ("course", "Course"),
    ("consultation", "Consultation hour"),
    ("event", "Event"),
    ("excursion", "Excursion"),
]
STATES = [("draft", "Planned"), ("running", "Running"), ("paused", "Paused"), ("ended", "Ended")]
REGISTRATION = [("none", "Not needed"), ("session", "For each session"), ("course", "For the whole course")]
# what the public calendar of a booking says
TITLE_FIELDS = {"name", "published"}


class SozialActivity(models.Model):
    """What happens in a centre (Aktivität): a group, a course, a consultation hour, an event, an excursion.

    Its sessions say when and where. Texts, cost and accessibility are for everybody; who takes part
    stands in the registrations, and nowhere here.
    """

    _name = "sozial.activity"
    _inherit = ["sozial.room.named"]
    _description = "Activity"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char("Activity", required=True, translate=True, index="trigram")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="group", index=True)
    state = fields.Selection(STATES, "Status", required=True, default="draft", readonly=True, copy=False, index=True)
    centre_id = fields.Many2one("sozial.centre", "Centre", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="centre_id.company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    leader_id = fields.Many2one(
        "res.partner", "Led by", index="btree_not_null", ondelete="restrict", check_company=True,
        help="A colleague, a volunteer or somebody of a partner organisation.",
    )  # fmt: skip
    deputy_id = fields.Many2one(
        "res.partner", "Stand-in", index="btree_not_null", ondelete="restrict", check_company=True,
        help="Is proposed when whoever leads is away.",
    )  # fmt: skip
    partner_ids = fields.Many2many(
        "res.partner", "sozial_activity_partner_rel", "activity_id", "partner_id", "Together with", check_company=True,
        domain="[('is_company', '=', True)]",
        help="Organisations that run it with us: schools, kindergartens, clubs. Named on the public page. One session may have others.",
    )  # fmt: skip
    responsible_id = fields.Many2one(
        "res.partner", "Responsible for minors", index="btree_not_null", ondelete="restrict", check_company=True,
        help="Who looks after the children and young people while it lasts, for example the school. Empty: whoever leads.",
    )  # fmt: skip
    parents_consent = fields.Boolean(
        "Consent of parents", help="Minors are registered with the consent of a parent only."
    )
    consent_kept_by = fields.Char(
        "Consents are kept by", help="Where the school or the club has them: its name. Empty: they stand in the registrations."
    )
    volunteers_needed = fields.Integer("Volunteers needed", help="How many are needed for each session.")

    offer_ids = fields.Many2many("sozial.offer", string="Belongs to offers", check_company=True)
    target_group_ids = fields.Many2many("sozial.target.group", string="For whom")
    for_children = fields.Boolean("Children", help="Up to 13 years.")
    for_young = fields.Boolean("Young people", help="14 to 26 years.")
    for_adults = fields.Boolean("Adults", help="27 to 64 years.")
    for_older = fields.Boolean("Older people", help="65 years and over.")
    language_ids = fields.Many2many("sozial.language", string="Languages", help="Spoken there besides German.")

    cost = fields.Monetary("Cost a person", help="0: free of charge.")
    cost_note = fields.Char("About the cost", translate=True, help="For example: material 3 €; free with the city's pass.")
    step_free = fields.Boolean("Step-free", help="The whole activity can be reached without steps.")
    accessibility = fields.Text(
        "Accessibility", translate=True, help="What people should know: induction loop, sign language, way from the stop, toilet."
    )
    summary = fields.Char("Short text", translate=True, help="One sentence for lists, poster and door.")
    description = fields.Html("Long text", translate=True)
    plain_text = fields.Text("In plain language", translate=True, help="Short sentences, no foreign words. Shown as a text of its own.")
    published = fields.Boolean(
        "On the public programme", copy=False, help="Shown to everybody while it is running or paused. No names of visitors in the texts."
    )

    registration = fields.Selection(REGISTRATION, required=True, default="none")
    seats = fields.Integer(help="So many can take part; at consultation hours the slots are reckoned from the time.")
    slot_minutes = fields.Integer("Length of a slot (minutes)", default=30)
    pause_minutes = fields.Integer("Pause between slots (minutes)")
    public_registration = fields.Boolean("Registration on the public page")

    session_ids = fields.One2many("sozial.activity.session", "activity_id", "Sessions")
    series_ids = fields.One2many("sozial.room.series", "activity_id", "Series")
    session_count = fields.Integer("Number of sessions", compute="_compute_sessions")
    next_start = fields.Datetime("Next session", compute="_compute_sessions")

    _seats_known = models.Constraint(
        "CHECK (registration = 'none' OR kind = 'consultation' OR COALESCE(seats, 0) BETWEEN 1 AND 10000)",
        "Seats: say how many can be registered, from 1 to 10,000.",
    )
    _slots_by_session = models.Constraint(
        "CHECK (kind <> 'consultation' OR registration <> 'course')",
        "Registration: the slots of a consultation hour are given for each session.",
    )
    _slots_plausible = models.Constraint(
        "CHECK (kind <> 'consultation' OR (COALESCE(slot_minutes, 0) BETWEEN 5 AND 480 AND COALESCE(pause_minutes, 0) BETWEEN 0 AND 240))",
        "Slots: enter a length of 5 to 480 minutes and a pause of 0 to 240.",
    )
    _cost_positive = models.Constraint("CHECK (COALESCE(cost, 0) >= 0)", "Cost a person: enter 0 or more.")
    _volunteers_plausible = models.Constraint(
        "CHECK (COALESCE(volunteers_needed, 0) BETWEEN 0 AND 500)", "Volunteers needed: enter a number from 0 to 500."
    )
    _programme = models.Index("(company_id, centre_id) WHERE published")

    @api.constrains("centre_id")
    def _check_centre_id(self):
        """With sessions behind it an activity stays with its company, like its bookings."""
        for activity in self:
            if activity.session_ids.filtered(lambda one, company=activity.company_id: one.company_id != company):
                raise ValidationError(self.env._("Centre: an activity with sessions stays with its company."))

    @api.constrains("partner_ids")
    def _check_partner_ids(self):
        for activity in self:
            activity._require_organisations(activity.partner_ids)

    def _compute_sessions(self):
        Session = self.env["sozial.activity.session"]
        live = [("activity_id", "in", self.ids), ("state", "!=", "cancelled")]
        counts = {one.id: count for one, count in Session._read_group(live, ["activity_id"], ["__count"])}
        coming = [*live, ("start", ">=", fields.Datetime.now())]
        following = {one.id: start for one, start in Session._read_group(coming, ["activity_id"], ["start:min"])}
        for activity in self:
            activity.session_count = counts.get(activity.id, 0)
            activity.next_start = following.get(activity.id, False)

    def _public_title(self):
        """What doors and calendars of the centre say about its bookings."""
        self.ensure_one()
        return self.name if self.published and self.state in ("running", "paused") else False

    def action_view_sessions(self):
        """Open the sessions of the activity."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_activity_session")
        return {**action, "domain": [("activity_id", "=", self.id)], "context": {"default_activity_id": self.id}}

    def action_new_series(self):
        """Plan regular sessions: opens a new series whose dates become sessions."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Regular sessions"),
            "res_model": "sozial.room.series",
            "views": [(False, "form")],
            "context": {"default_activity_id": self.id, "default_name": self.name, "default_persons": self.seats},
        }
