from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

STAFF = "sozial_management_room.group_sozial_room_user"
# the room is the event's: held, or held until a closure suspended it
LIVE = ("requested", "confirmed", "suspended")
SHOWN = (*LIVE, "done")
# nobody sets these from outside: they follow from the room
KEPT = {"sozial_booking_id", "sozial_slot_room_id", "sozial_left_room_id"}


class SozialRoomHolder(models.AbstractModel):
    """What holds a room by an ordinary booking that follows it: an event, or one slot of an event."""

    _name = "sozial.room.holder"
    _description = "Holder of a room"

    sozial_booking_id = fields.Many2one(
        "sozial.room.booking", "Room booking", readonly=True, copy=False, ondelete="set null", index="btree_not_null", groups=STAFF
    )
    sozial_booking_state = fields.Selection(related="sozial_booking_id.state", string="Status of the room", groups=STAFF)

    def _sozial_slot(self):
        """Begin and end of what needs the room, as values of a booking."""
        raise NotImplementedError

    def _sozial_event(self):
        """The event that this is, or that this is a slot of."""
        raise NotImplementedError

    def _live_booking(self):
        """The bookings that still hold something; rights on them are checked by what is done with them."""
        return self.sudo().sozial_booking_id.filtered(lambda booking: booking.state in LIVE).sudo(self.env.su)

    def _occupy_room(self, room):
        """Book a room, or move what is booked into it; where the centre management decides, it is a request.

        :raise IntegrityError: if somebody has the slot; Odoo turns it into the constraint's message
        """
        self.ensure_one()
        if booking := self._live_booking():
            booking._follow_event({**self._sozial_slot(), "room_id": room.id})
            return
        bookings = self.env["sozial.room.booking"]
        values = {"name": self._sozial_event().name, "room_id": room.id, "customer_group": "own", **self._sozial_slot()}
        draft = bookings.new(values)
        direct = draft._is_manager() or draft._mode() == "direct"
        booking = bookings.create({**values, "state": "confirmed" if direct else "requested"})
        models.Model.write(self, {"sozial_booking_id": booking.id})

    def _release_rooms(self):
        """Cancel what has not ended yet: whoever may change the event may do without its room.

        A room that was used stays used, for the figures.

        :return: the bookings that were given up
        """
        now = fields.Datetime.now()
        given_up = self.sudo()._live_booking().filtered(lambda booking: booking.stop > now)
        given_up._cancel()
        return given_up

    def _move_rooms(self):
        """The bookings follow to another time.

        :raise AccessError: for somebody who books no rooms
        """
        for holder in self:
            booking, slot = holder._live_booking(), holder._sozial_slot()
            if booking and any(booking.sudo()[name] != value for name, value in slot.items()):
                holder._sozial_event()._require_room_staff()
                booking._follow_event(slot)

    def _books_rooms(self):
        return self.env.uid == SUPERUSER_ID or self.env.user.has_group(STAFF)

    def _require_room_staff(self):
        if not self._books_rooms():
            raise AccessError(
                self.env._("»%s« holds a room of a centre. Ask somebody who books rooms to move it.", self._sozial_event()[:1].name)
            )

    def _require_booking_untouched(self, vals):
        if KEPT & vals.keys() and not self.env.su:
            raise UserError(self.env._("Room booking: choose the room instead."))

    def _without_defaults(self):
        """Nobody hangs a booking on a new event by a default either."""
        return self.with_context({key: value for key, value in self.env.context.items() if key.removeprefix("default_") not in KEPT})

    def _require_same_company(self):
        for holder in self.sudo():
            booking, event = holder.sozial_booking_id, holder._sozial_event()
            if booking.company_id and booking.state in LIVE and event.company_id != booking.company_id:
                raise ValidationError(self.env._("Company: the room belongs to %s, and so must the event.", booking.company_id.name))
