from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

STAFF = "sozial_management_room.group_sozial_room_user"
# the room is the event's: held, or held until a closure suspended it
LIVE = ("requested", "confirmed", "suspended")
SHOWN = (*LIVE, "done")


class EventEvent(models.Model):
    """An event in a room of a centre. The room is held by an ordinary booking, which follows the event."""

    _inherit = "event.event"

    sozial_booking_id = fields.Many2one(
        "sozial.room.booking", "Room booking", readonly=True, copy=False, ondelete="set null", index="btree_not_null", groups=STAFF
    )
    sozial_room_id = fields.Many2one(
        "sozial.room", "Room of a centre", compute="_compute_sozial_room_id", inverse="_inverse_sozial_room_id", groups=STAFF,
        help="Is booked for the time of the event, with the set-up and clean-up of the room. Empty: no room of ours.",
    )  # fmt: skip
    sozial_booking_state = fields.Selection(related="sozial_booking_id.state", string="Status of the room", groups=STAFF)

    _sozial_one_booking = models.UniqueIndex(
        "(sozial_booking_id) WHERE sozial_booking_id IS NOT NULL", "This booking has its event already."
    )

    @api.depends("sozial_booking_id.room_id", "sozial_booking_id.state")
    def _compute_sozial_room_id(self):
        for event in self:
            booking = event.sozial_booking_id
            event.sozial_room_id = booking.room_id if booking.state in SHOWN else False

    def _inverse_sozial_room_id(self):
        """Take, change or give up the room, as the current user books it.

        :raise IntegrityError: if somebody has the slot; Odoo turns it into the constraint's message
        """
        for event in self:
            room, booking = event.sozial_room_id, event._live_booking()
            if room and booking:
                booking._follow_event({**event._sozial_slot(), "room_id": room.id})
            elif room:
                event._occupy_room(room)
            else:
                event._release_rooms()

    def _sozial_slot(self):
        self.ensure_one()
        return {"start": self.date_begin, "stop": self.date_end}

    def _live_booking(self):
        """The bookings that still hold something; rights on them are checked by what is done with them."""
        return self.sudo().sozial_booking_id.filtered(lambda booking: booking.state in LIVE).sudo(self.env.su)

    def _occupy_room(self, room):
        """Book a room for the event; where the centre management decides, it is a request.

        :raise UserError: for an event that does not take place, or that has no time of its own
        """
        self.ensure_one()
        if not self.active or self.kanban_state == "cancel" or self.stage_id.pipe_end:
            raise UserError(self.env._("»%s« does not take place: it needs no room.", self.name))
        if self.is_multi_slots:
            raise UserError(self.env._("»%s« has several slots. Book a room for each of them in the room plan.", self.name))
        bookings = self.env["sozial.room.booking"]
        values = {"name": self.name, "room_id": room.id, "customer_group": "own", **self._sozial_slot()}
        draft = bookings.new(values)
        direct = draft._is_manager() or draft._mode() == "direct"
        booking = bookings.create({**values, "state": "confirmed" if direct else "requested"})
        models.Model.write(self, {"sozial_booking_id": booking.id})

    @api.constrains("sozial_booking_id", "company_id")
    def _check_sozial_company(self):
        for event in self.sudo():
            company = event.sozial_booking_id.company_id
            if company and event.sozial_booking_id.state in LIVE and event.company_id != company:
                raise ValidationError(self.env._("Company: the room belongs to %s, and so must the event.", company.name))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._require_booking_untouched(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Change events; the bookings of their rooms follow.

        :raise AccessError: if somebody who books no rooms moves an event that holds one
        :raise IntegrityError: if somebody else has the room at the new time
        """
        self._require_booking_untouched(vals)
        result = super().write(vals)
        if {"active", "kanban_state", "stage_id"} & vals.keys():
            self._follow_state()
        if {"date_begin", "date_end", "is_multi_slots"} & vals.keys():
            self._move_rooms()
        if "name" in vals:
            for event in self:
                event.sudo()._live_booking().write({"name": event.name})
        return result

    def unlink(self):
        """Give the rooms free, then delete."""
        self.check_access("unlink")
        self._release_rooms()
        return super().unlink()

    def _require_booking_untouched(self, vals):
        if "sozial_booking_id" in vals and not self.env.su:
            raise UserError(self.env._("Room booking: choose the room instead."))

    def _follow_state(self):
        """What does not take place needs no room; what is over took place in it."""
        gone = self.filtered(lambda event: not event.active or event.kanban_state == "cancel")
        gone._release_rooms()
        ended = (self - gone).filtered("stage_id.pipe_end")
        held = ended.sudo()._live_booking().filtered(lambda booking: booking.state == "confirmed" and booking.has_begun)
        held._set_state("done")
        ended._release_rooms()

    def _release_rooms(self):
        """Cancel what has not ended yet: whoever may change the event may do without its room.

        A room that was used stays used, for the figures.
        """
        now = fields.Datetime.now()
        self.sudo()._live_booking().filtered(lambda booking: booking.stop > now)._cancel()

    def _move_rooms(self):
        for event in self:
            booking = event._live_booking()
            slot = event._sozial_slot()
            if not booking or (not event.is_multi_slots and all(booking.sudo()[name] == value for name, value in slot.items())):
                continue
            event._require_room_staff()
            if event.is_multi_slots:
                raise UserError(self.env._("»%s« holds a room. Give the room up before you split the event into slots.", event.name))
            booking._follow_event(slot)

    def _require_room_staff(self):
        if self.env.uid != SUPERUSER_ID and not self.env.user.has_group(STAFF):
            raise AccessError(
                self.env._("»%s« holds a room of a centre. Ask somebody who books rooms to move it.", self.name)
            )

    def action_view_room_booking(self):
        """Open the booking that holds the room: set-up, keys, closures."""
        self.ensure_one()
        return self.sozial_booking_id.get_formview_action()
