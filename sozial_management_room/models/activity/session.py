from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

SLOT_FIELDS = {"start", "stop", "room_id"}
STATES = [("requested", "Requested"), ("planned", "Takes place"), ("suspended", "Suspended"), ("cancelled", "Cancelled")]
# what the state of a booking means for its session
OF_BOOKING = {
    "draft": "requested",
    "requested": "requested",
    "confirmed": "planned",
    "done": "planned",
    "suspended": "suspended",
    "cancelled": "cancelled",
    "no_show": "cancelled",
}


class SozialActivitySession(models.Model):
    """One date of an activity (Termin). Its time, room and status are those of its booking.

    What is stored of them here follows the booking and is written through to it. Only outside the
    own rooms (an excursion) a session has a time of its own.
    """

    _name = "sozial.activity.session"
    _description = "Session"
    _inherit = ["sozial.room.named"]
    _order = "start, id"
    _check_company_auto = True

    activity_id = fields.Many2one("sozial.activity", "Activity", required=True, ondelete="restrict", check_company=True)
    kind = fields.Selection(related="activity_id.kind")
    centre_id = fields.Many2one(related="activity_id.centre_id", string="Centre", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="activity_id.company_id", store=True, precompute=True, index=True)
    booking_id = fields.Many2one(
        "sozial.room.booking", "Booking", readonly=True, copy=False, ondelete="restrict", check_company=True,
        help="Holds the room. Empty: outside the own rooms.",
    )  # fmt: skip
    start = fields.Datetime("From", required=True, compute="_compute_slot", store=True, readonly=False, precompute=True, index=True)
    stop = fields.Datetime("Until", required=True, compute="_compute_slot", store=True, readonly=False, precompute=True)
    room_id = fields.Many2one(
        "sozial.room", "Room", compute="_compute_slot", store=True, readonly=False, precompute=True, index="btree_not_null",
        check_company=True, domain="[('centre_id', '=', centre_id)]", help="Is booked for the session. Empty: outside the own rooms.",
    )  # fmt: skip
    place = fields.Char("Place outside", translate=True, help="Where people meet if it is not in one of the own rooms.")
    called_off = fields.Boolean(readonly=True, copy=False)
    state = fields.Selection(STATES, "Status", compute="_compute_state", store=True, precompute=True, index=True)
    cancel_reason = fields.Char("Reason", readonly=True, copy=False, help="Told to everybody, also on the public programme. No names.")
    leader_id = fields.Many2one(
        "res.partner", "Led by", compute="_compute_leader_id", store=True, readonly=False, precompute=True,
        index="btree_not_null", ondelete="restrict", check_company=True, help="Whoever leads the activity, or the stand-in this time.",
    )  # fmt: skip
    note = fields.Text("Remarks", help="For the staff of the centre.")
    local_time = fields.Char("Time", compute="_compute_local_time", help="In the local time of the centre.")

    _in_order = models.Constraint("CHECK (start < stop)", "Until: a session ends after it begins. Correct one of the two times.")
    _of_booking = models.Constraint(
        "CHECK (booking_id IS NULL OR (room_id IS NOT NULL AND NOT COALESCE(called_off, FALSE)))",
        "The room and the status of a session are those of its booking.",
    )
    _one_a_booking = models.UniqueIndex("(booking_id) WHERE booking_id IS NOT NULL", "This booking has its session already.")
    _agenda = models.Index("(activity_id, start)")

    @api.depends("booking_id.start", "booking_id.stop", "booking_id.room_id")
    def _compute_slot(self):
        for session in self:
            booking = session.sudo().booking_id
            session.start = booking.start or session.start
            session.stop = booking.stop or session.stop
            session.room_id = booking.room_id or session.room_id

    @api.depends("booking_id.state", "called_off")
    def _compute_state(self):
        for session in self:
            own = "cancelled" if session.called_off else "planned"
            session.state = OF_BOOKING.get(session.sudo().booking_id.state, own)

    @api.depends("activity_id")
    def _compute_leader_id(self):
        """As the activity has it at first; a new leader of the activity takes over in `_follow_leader`."""
        for session in self:
            session.leader_id = session.activity_id.leader_id

    def _follow_leader(self):
        """Led by whoever leads the activity now; the right was checked at the activity."""
        for activity, sessions in self.grouped("activity_id").items():
            models.Model.write(sessions, {"leader_id": activity.leader_id.id})

    @api.depends("activity_id.name", "start", "centre_id.tz")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for session in self:
            day = session._day_text() if session.start and session.centre_id else ""
            session.display_name = " · ".join(part for part in (session.activity_id.name, day) if part)

    @api.depends("start", "stop", "centre_id")
    def _compute_local_time(self):
        for session in self:
            session.local_time = session._local_time_text()

    def _local_slot(self):
        """Begin and end on the clock of the centre."""
        self.ensure_one()
        centre = self.sudo().centre_id
        return centre._local(self.start), centre._local(self.stop)

    def _day_text(self):
        return format_date(self.env, self._local_slot()[0].date(), date_format="EEEE, d. MMMM y" if self.env.lang == "de_DE" else "full")

    def _local_time_text(self):
        if not (self.start and self.stop and self.centre_id):
            return ""
        start, stop = self._local_slot()
        until = stop.strftime("%H:%M") if start.date() == stop.date() else stop.strftime("%d.%m., %H:%M")
        return f"{start:%d.%m.%Y}, {start:%H:%M} – {until}"

    def _place_text(self):
        """Where it is: the own room, the place outside, or the centre."""
        self.ensure_one()
        return self.room_id.name or self.place or self.centre_id.name

    def action_cancel(self):
        """Cancel sessions; their rooms are free at once, and whoever is registered is told."""
        self.check_access("write")
        self._cancel()
        return True

    def _cancel(self, reason=False):
        """Cancel with a reason that everybody reads.

        :raise UserError: if a session is cancelled already or over
        """
        self._require_coming()
        models.Model.write(self, {"cancel_reason": reason})
        outside = self.filtered(lambda session: not session.booking_id)
        models.Model.write(outside, {"called_off": True})
        outside._slot_lost()
        self.booking_id._cancel(reason=reason)  # its hook tells the registered

    def _require_coming(self):
        now = fields.Datetime.now()
        for session in self:
            if session.state == "cancelled" or session.stop <= now:
                raise UserError(self.env._("%s is over or cancelled and stays as it is.", session.display_name))

    def _slot_lost(self):
        """These sessions do not take place. Extended by what has to be told."""

    def _slot_moved(self):
        """These sessions have another time or room. Extended by what has to be told."""

    def _slot_back(self):
        """These sessions, suspended or cancelled before, take place after all. Extended by what has to be told."""

    @api.ondelete(at_uninstall=False)
    def _unlink_cancelled(self):
        if any(session.state != "cancelled" for session in self):
            raise UserError(self.env._("Only cancelled sessions can be deleted. Cancel the session first."))

    def action_view_booking(self):
        """Open the booking that holds the room."""
        self.ensure_one()
        return self.booking_id.get_formview_action()
