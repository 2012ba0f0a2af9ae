from datetime import date, datetime
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .event_common import BEGIN, HOUR, EventCommon

# the clocks are put forward on 28 March
FIRST, LAST = date(2027, 3, 26), date(2027, 3, 29)


@tagged("post_install", "-at_install")
class TestEventSlots(EventCommon):
    """Each slot of an event holds the room for its own time, by a booking of its own."""

    def _slotted(self, user=None, room=None, days=(FIRST, LAST), **values):
        slots = [Command.create({"date": day, "start_hour": 18, "end_hour": 20}) for day in days]
        span = {"date_begin": datetime(2027, 3, 1), "date_end": datetime(2027, 4, 30), "date_tz": "Europe/Berlin"}
        return self._event(user, room, is_multi_slots=True, event_slot_ids=slots, **{**span, **values})

    def _bookings(self, event):
        return event.event_slot_ids.sudo().sozial_booking_id

    def _starts(self, event):
        return sorted(start for _atom, start, _stop in self._occupancy(self._bookings(event)))

    def test_each_slot_holds_the_room_at_the_hour_of_its_clock(self):
        event = self._slotted()
        self.assertEqual(self._starts(event), [datetime(2027, 3, 26, 17), datetime(2027, 3, 29, 16)])
        self.assertEqual((event.sozial_room_id, event.sozial_slots_held), (self.kitchen, 2))
        self.assertEqual(set(self._bookings(event).mapped("name")), {"Lesung"})
        self.assertFalse(event.sozial_booking_id, "the days between are free")
        self._book(day="2027-03-27 ")

    @mute_logger("odoo.sql_db")
    def test_double_booking_is_refused_in_both_directions(self):
        self._book(name="Chorprobe", day="2027-03-29 ", start="16:30:00", stop="17:30:00")
        self.assertIn("Chorprobe", self._refused(self._slotted))
        event = self._slotted(room=self.left)
        self.assertIn("Lesung", self._refused(self._book, self.hall, day="2027-03-26 ", start="18:00:00", stop="19:00:00"))
        self._book(self.left, name="Skat", day="2027-03-28 ", start="16:00:00", stop="17:00:00")
        slot = event.event_slot_ids[1]
        self.assertIn("Skat", self._refused(slot.write, {"date": date(2027, 3, 28)}))

    def test_a_slot_moves_with_its_booking(self):
        event = self._slotted()
        event.event_slot_ids[0].write({"date": date(2027, 3, 28), "start_hour": 10, "end_hour": 11.5})
        self.assertEqual(self._starts(event), [datetime(2027, 3, 28, 8), datetime(2027, 3, 29, 16)])
        event.date_tz = "UTC"
        self.assertEqual(self._starts(event), [datetime(2027, 3, 28, 10), datetime(2027, 3, 29, 18)])

    def test_another_slot_and_one_fewer(self):
        event = self._slotted()
        event.event_slot_ids = [Command.create({"date": date(2027, 4, 5), "start_hour": 18, "end_hour": 20})]
        self.assertEqual(len(self._starts(event)), 3)
        gone = self._bookings(event)[0]
        self._as(event.event_slot_ids[0], self.event_user).unlink()
        self.assertEqual((gone.state, len(self._starts(event))), ("cancelled", 2))
        other = self._slotted(room=self.left)
        other.event_slot_ids[0].with_context(x=1).write({"event_id": event.id})
        self.assertEqual(event.event_slot_ids.sudo().sozial_booking_id.filtered(lambda one: one.state == "confirmed").room_id, self.kitchen)

    def test_another_room_or_none(self):
        event = self._slotted()
        event.sozial_room_id = self.right
        self.assertEqual(self._bookings(event).room_id, self.right)
        self._slotted()
        event.sozial_room_id = False
        self.assertFalse(self._starts(event))
        event.event_slot_ids = [Command.create({"date": date(2027, 4, 5), "start_hour": 18, "end_hour": 20})]
        self.assertEqual((event.sozial_room_id, self._starts(event)), (self.env["sozial.room"], []))

    def test_the_room_stays_when_an_event_is_split_and_joined(self):
        event = self._event(date_begin=datetime(2027, 3, 1), date_end=datetime(2027, 3, 31, 22))
        whole = event.sozial_booking_id
        event.write({"is_multi_slots": True, "event_slot_ids": [Command.create({"date": FIRST, "start_hour": 18, "end_hour": 20})]})
        self.assertEqual((whole.state, event.sozial_room_id, self._starts(event)), ("cancelled", self.kitchen, [datetime(2027, 3, 26, 17)]))
        with self.assertRaises(AccessError):
            self._as(event, self.event_user).is_multi_slots = False
        self._as(event, self.planner).is_multi_slots = False
        self.assertFalse(self._starts(event))
        self.assertEqual((event.sozial_booking_state, event.sozial_booking_id.stop), ("confirmed", datetime(2027, 3, 31, 22)))

    def test_who_books_no_rooms_changes_no_slot_that_holds_one(self):
        event = self._slotted()
        theirs = self._as(event, self.event_user)
        for step in (
            lambda: theirs.event_slot_ids[0].write({"start_hour": 17}),
            lambda: theirs.write({"event_slot_ids": [Command.create({"date": date(2027, 4, 5), "start_hour": 18, "end_hour": 20})]}),
            lambda: theirs.write({"date_tz": "UTC"}),
            theirs.action_book_slots,
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                step()
        with self.assertRaises(AccessError):
            theirs.event_slot_ids.read(["sozial_room_id"])
        theirs.event_slot_ids[0].color = 3

    def test_the_centre_cancels_one_and_the_organiser_books_it_again(self):
        event = self._slotted()
        self._as(self._bookings(event)[0], self.room_manager).action_cancel()
        self.assertEqual((event.sozial_slots_held, len(self._starts(event))), (1, 1))
        event.action_book_slots()
        self.assertEqual((event.sozial_slots_held, len(self._starts(event))), (2, 2))

    def test_the_booking_of_a_slot_is_moved_by_its_slot_only(self):
        event = self._slotted()
        booking = self._bookings(event)[0]
        with self.assertRaises(UserError) as caught:
            self._as(booking, self.room_manager).write({"start": BEGIN - HOUR})
        self.assertIn("Lesung", str(caught.exception))
        both = self._user("t_both", groups="event.group_event_user,sozial_management_room.group_sozial_room_manager")
        self.assertEqual(self._as(booking, both).action_view_event()["res_id"], event.id)
        event.name = "Lesung im Frühling"
        self.assertEqual(set(self._bookings(event).mapped("name")), {event.name})
        shown = event.action_view_room_booking()
        self.assertEqual(self.env[shown["res_model"]].search(shown["domain"]), self._bookings(event))

    def test_what_does_not_take_place_gives_up_what_is_to_come(self):
        event = self._slotted()
        with patch.object(fields.Datetime, "now", lambda *_args: datetime(2027, 3, 27)):
            event.kanban_state = "cancel"
            self.assertEqual(self._bookings(event).mapped("state"), ["confirmed", "cancelled"], "the first one took place")
            event.kanban_state = "normal"
            self.assertEqual(self._bookings(event).mapped("state"), ["confirmed", "confirmed"])
        self.assertEqual(self._starts(event), [datetime(2027, 3, 26, 17), datetime(2027, 3, 29, 16)])

    def test_deleting_the_event_frees_all(self):
        event = self._slotted()
        bookings = self._bookings(event)
        self._as(event, self.event_manager).unlink()
        self.assertEqual(set(bookings.mapped("state")), {"cancelled"})

    def test_nobody_hangs_a_slot_on_a_booking(self):
        booking, event = self._book(), self._slotted(room=False)
        with self.assertRaises(UserError):
            event.event_slot_ids[0].sozial_booking_id = booking
        own = {"event_id": event.id, "date": FIRST, "start_hour": 9, "end_hour": 10}
        slots = self._as(self.env["event.slot"], self.planner)
        with self.assertRaises(UserError):
            slots.create({**own, "sozial_booking_id": booking.id})
        self.assertFalse(slots.with_context(default_sozial_booking_id=booking.id).create(own).sozial_booking_id)
        events = self._as(self.env["event.event"], self.planner).with_context(default_sozial_booking_id=booking.id)
        self.assertFalse(events.create({"name": "x", "date_begin": BEGIN, "date_end": BEGIN + HOUR}).sozial_booking_id)

    def test_companies_do_not_mix(self):
        with self.assertRaises(ValidationError):
            self._slotted(self.env.user, company_id=self.other_company.id)
        event = self._slotted()
        with self.assertRaises(ValidationError):
            event.sudo().company_id = self.other_company

    def test_a_copy_has_no_room(self):
        copied = self._slotted().copy()
        self.assertEqual((len(copied.event_slot_ids), copied.sozial_room_id, self._starts(copied)), (2, self.env["sozial.room"], []))
