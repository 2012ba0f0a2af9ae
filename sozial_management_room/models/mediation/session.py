from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

STAFF = "sozial_management_room.group_sozial_room_user"
LIVE = ("requested", "confirmed", "suspended")


class SozialMediationSession(models.Model):
    """A talk may have a room of a centre. Its booking says that there is a meeting, and nothing else.

    When the talk is cancelled, be it because a party is no longer willing, the room is free for others at once.
    """

    _inherit = "sozial.mediation.session"
    _guarded = frozenset({"state", "booking_id"})

    room_id = fields.Many2one(
        "sozial.room", "Room", copy=False, index="btree_not_null", ondelete="set null", groups=STAFF, anonymise="blank",
        help="Of a centre: it is booked for the talk, and given back when the talk is cancelled. The booking names nobody.",
    )  # fmt: skip
    booking_id = fields.Many2one(
        "sozial.room.booking", "Room booking", readonly=True, copy=False, index="btree_not_null", ondelete="set null", groups=STAFF,
        anonymise="blank",
    )  # fmt: skip
    booking_state = fields.Selection(related="booking_id.state", string="Status of the room", groups=STAFF)

    @api.onchange("room_id")
    def _onchange_room_id(self):
        if self.room_id and not self.place:
            self.place = self.room_id.display_name

    @api.constrains("room_id")
    def _check_room_company(self):
        for session in self.sudo():
            if session.room_id and session.room_id.company_id != session.case_id.company_id:
                raise ValidationError(self.env._("Room: it belongs to another company."))

    @api.model_create_multi
    def create(self, vals_list):
        sessions = super().create([self._with_place(vals) for vals in vals_list])
        sessions._hold_rooms()
        return sessions

    def write(self, vals):
        """A talk takes its room along.

        :raise AccessError: when somebody who books no rooms moves a talk that holds one
        :raise IntegrityError: if somebody else has the room then; Odoo turns it into the constraint's message
        """
        result = super().write(vals)
        if {"room_id", "start_at", "minutes"} & vals.keys():
            self._hold_rooms()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_room(self):
        self._release_rooms()

    def _write_guarded(self, values):
        result = super()._write_guarded(values)
        if values.get("state") == "cancelled":
            self._release_rooms()
        return result

    @api.model
    def _with_place(self, vals):
        if not vals.get("room_id") or vals.get("place"):
            return vals
        return {**vals, "place": self.env["sozial.room"].browse(vals["room_id"]).display_name}

    def _hold_rooms(self):
        """Book the rooms of these talks, or move what is booked."""
        for session in self:
            booking, room = session._live_booking(), session.sudo().room_id
            if not booking and not room:
                continue
            if booking and room and all(booking[name] == value for name, value in session._held(room).items()):
                continue
            session._require_room_staff()
            if not room:
                session._release_rooms()
            elif booking:
                booking.sudo(self.env.su)._follow_appointment({**session._held(room), "room_id": room.id})
            else:
                session._book_room(room)

    def _book_room(self, room):
        """Where the centre management decides, it is a request."""
        self.ensure_one()
        bookings = self.env["sozial.room.booking"]
        values = {"name": self.env._("Meeting"), "customer_group": "own", **self._held(room), "room_id": room.id}
        probe = bookings.new(values)
        state = "confirmed" if probe._is_manager() or probe._mode() == "direct" else "requested"
        booking = bookings.create({**values, "state": state})
        booking.sudo().follows_appointment = True
        self._write_guarded({"booking_id": booking.id})

    def _held(self, room):
        """What the booking of this talk says."""
        self.ensure_one()
        return {"room_id": room, "start": self.start_at, "stop": self.start_at + timedelta(minutes=self.minutes)}

    def _live_booking(self):
        return self.sudo().booking_id.filtered(lambda booking: booking.state in LIVE)

    def _release_rooms(self):
        """Give the rooms back: whoever may cancel the talk may do without its room."""
        now = fields.Datetime.now()
        self._live_booking().filtered(lambda booking: booking.stop > now)._cancel()

    def _require_room_staff(self):
        if not self.env.su and not self.env.user.has_group(STAFF):
            raise AccessError(self.env._("This talk holds a room of a centre. Ask somebody who books rooms to move it, or cancel it."))
