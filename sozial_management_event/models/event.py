from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .holder import SHOWN, STAFF


class EventEvent(models.Model):
    """An event in a room of a centre. The room is held by an ordinary booking, or by one for each slot; they follow the event."""

    _name = "event.event"
    _inherit = ["event.event", "sozial.room.holder"]

    sozial_room_id = fields.Many2one(
        "sozial.room", "Room of a centre", compute="_compute_sozial_room_id", inverse="_inverse_sozial_room_id", groups=STAFF,
        help="Is booked for the time of the event, or of each of its slots, with the set-up and clean-up of the room. "
             "Empty: no room of ours.",
    )  # fmt: skip
    sozial_slot_room_id = fields.Many2one(
        "sozial.room", "Room of the slots", readonly=True, copy=False, ondelete="set null", index="btree_not_null", groups=STAFF
    )
    sozial_left_room_id = fields.Many2one(
        "sozial.room", "Room given up", readonly=True, copy=False, ondelete="set null", index="btree_not_null", groups=STAFF,
        help="The event held it until it was called off, and takes it back if it takes place after all.",
    )  # fmt: skip
    sozial_slots_held = fields.Integer("Slots with a room", compute="_compute_sozial_slots_held", groups=STAFF)

    _sozial_one_booking = models.UniqueIndex(
        "(sozial_booking_id) WHERE sozial_booking_id IS NOT NULL", "This booking has its event already."
    )

    @api.depends("is_multi_slots", "sozial_slot_room_id", "sozial_booking_id.room_id", "sozial_booking_id.state")
    def _compute_sozial_room_id(self):
        for event in self:
            booking = event.sozial_booking_id
            held = booking.room_id if booking.state in SHOWN else False
            event.sozial_room_id = event.sozial_slot_room_id if event.is_multi_slots else held

    @api.depends("event_slot_ids.sozial_booking_id.state")
    def _compute_sozial_slots_held(self):
        for event in self:
            event.sozial_slots_held = len(event.event_slot_ids.filtered(lambda slot: slot.sozial_booking_id.state in SHOWN))

    def _inverse_sozial_room_id(self):
        """Take, change or give up the room, as the current user books it.

        :raise IntegrityError: if somebody has the slot; Odoo turns it into the constraint's message
        """
        for event in self:
            event._hold_room(event.sozial_room_id)

    def _sozial_slot(self):
        self.ensure_one()
        return {"start": self.date_begin, "stop": self.date_end}

    def _sozial_event(self):
        return self

    def _takes_place(self):
        self.ensure_one()
        return self.active and self.kanban_state != "cancel" and not self.stage_id.pipe_end

    def _holders(self):
        """What needs the room: the slots of an event that has several, else the event itself."""
        return self.event_slot_ids if self.is_multi_slots else self

    def _hold_room(self, room):
        """Have this room for the event, or none.

        :raise UserError: for an event that does not take place
        """
        self.ensure_one()
        if room and not self._takes_place():
            raise UserError(self.env._("»%s« does not take place: it needs no room.", self.name))
        (self.event_slot_ids if not self.is_multi_slots else self)._release_rooms()
        models.Model.write(self.sudo(), {"sozial_left_room_id": False, "sozial_slot_room_id": self.is_multi_slots and room.id})
        if not room:
            self._holders()._release_rooms()
            return
        now = fields.Datetime.now()
        for holder in self._holders():
            if not self.is_multi_slots or holder.end_datetime > now:  # a slot that is over needs no room
                holder._occupy_room(room)

    @api.constrains("sozial_booking_id", "company_id")
    def _check_sozial_company(self):
        self._require_same_company()
        self.event_slot_ids._require_same_company()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._require_booking_untouched(vals)
        return super(EventEvent, self._without_defaults()).create(vals_list).with_env(self.env)

    def write(self, vals):
        """Change events; the bookings of their rooms follow.

        :raise AccessError: if somebody who books no rooms moves an event that holds one
        :raise IntegrityError: if somebody else has the room at the new time
        """
        self._require_booking_untouched(vals)
        called_off = self.filtered(lambda event: not event._takes_place())
        split = {event: event.is_multi_slots for event in self} if "is_multi_slots" in vals else {}
        result = super().write(vals)
        for event, before in split.items():
            event._change_slots(before)
        if {"active", "kanban_state", "stage_id"} & vals.keys():
            self._follow_state()
            called_off.filtered(lambda event: event._takes_place())._take_back_rooms()
        if {"date_begin", "date_end", "date_tz"} & vals.keys():
            for event in self:
                event._holders()._move_rooms()
        if "name" in vals:
            for event in self:
                (event.sudo()._live_booking() + event.event_slot_ids.sudo()._live_booking()).write({"name": event.name})
        return result

    def unlink(self):
        """Give the rooms free, then delete."""
        self.check_access("unlink")
        self._release_rooms()
        self.event_slot_ids._release_rooms()
        return super().unlink()

    def _change_slots(self, before):
        """Between one time and several slots the room stays the event's."""
        if self.is_multi_slots == before:
            return
        booking = self.sudo()._live_booking()
        if room := booking.room_id if self.is_multi_slots else self.sudo().sozial_slot_room_id:
            self._require_room_staff()
            self._hold_room(room.sudo(self.env.su))

    def _follow_state(self):
        """What does not take place needs no room; what is over took place in it. The event remembers what it gave up."""
        for event in self.filtered(lambda event: not event._takes_place()):
            holders = event._holders()
            if event.active and event.kanban_state != "cancel":  # it is over
                held = holders.sudo()._live_booking().filtered(lambda booking: booking.state == "confirmed" and booking.has_begun)
                held._set_state("done")
            if given_up := holders._release_rooms():
                kept = holders.sudo().sozial_booking_id.filtered(lambda booking: booking.state in SHOWN).room_id
                room = event.sudo().sozial_slot_room_id if event.is_multi_slots else given_up.room_id
                values = {"sozial_left_room_id": room.id, "sozial_slot_room_id": event.is_multi_slots and kept[:1].id}
                models.Model.write(event.sudo(), values)

    def _take_back_rooms(self):
        """Events that take place after all have the room again that they gave up, where it is free and the user books rooms.

        Whether or not, the event goes on; who organises it is told in words that name no room and no other booking.
        """
        for event in self.filtered(lambda event: event.sudo().sozial_left_room_id):
            if not (self._books_rooms() and event._try_room()):
                event.message_post(
                    body=self.env._(
                        "The event takes place again, and has no room: the one it gave up was not taken back. Somebody who books rooms "
                        "has to choose one."
                    )
                )

    def _try_room(self):
        """:return: whether the room that was given up is the event's again, for all slots that are still to come"""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self._take_back()
                self.env.flush_all()
        except (UserError, IntegrityError):
            self.env.invalidate_all()
            return False
        return True

    def _take_back(self):
        now = fields.Datetime.now()
        if all(holder._sozial_slot()["stop"] <= now for holder in self._holders()):
            raise UserError(self.env._("»%s« is over: it needs no room.", self.name))
        self._hold_room(self.sudo().sozial_left_room_id.sudo(self.env.su))

    def action_take_room_back(self):
        """Have the room again that the event gave up when it was called off.

        :raise IntegrityError: if somebody else has it by now; Odoo turns it into the constraint's message
        """
        self.ensure_one()
        self.check_access("write")
        self._require_room_staff()
        if self.sudo().sozial_left_room_id:
            self._take_back()
        return True

    def action_book_slots(self):
        """Book the room for the slots that have none, for example because the centre cancelled one."""
        self.ensure_one()
        self.check_access("write")
        self._require_room_staff()
        self._hold_room(self.sozial_slot_room_id)
        return True

    def action_view_room_booking(self):
        """Open what holds the room: set-up, keys, closures."""
        self.ensure_one()
        if not self.is_multi_slots:
            return self.sozial_booking_id.get_formview_action()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_room_booking")
        return {**action, "domain": [("id", "in", self.event_slot_ids.sozial_booking_id.ids)], "context": {}}
