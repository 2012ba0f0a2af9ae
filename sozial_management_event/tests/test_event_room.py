from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .event_common import BEGIN, END, HOUR, EventCommon


@tagged("post_install", "-at_install")
class TestEventRoom(EventCommon):
    """An event occupies a room through the same table as every booking, and PostgreSQL keeps them apart."""

    def test_an_event_holds_its_room_with_its_buffers(self):
        self.kitchen.write({"setup_minutes": 30, "teardown_minutes": 15})
        event = self._event()
        self.assertEqual(
            self._occupancy(event.sozial_booking_id),
            {(self.kitchen.atom_ids, BEGIN - timedelta(minutes=30), END + timedelta(minutes=15))},
        )
        self.assertEqual((event.sozial_room_id, event.sozial_booking_state), (self.kitchen, "confirmed"))
        self.assertEqual(event.sozial_booking_id.name, "Lesung")

    @mute_logger("odoo.sql_db")
    def test_double_booking_is_refused_in_both_directions(self):
        self._book(name="Chorprobe")
        self.assertIn("Chorprobe", self._refused(self._event))
        self._event(room=self.left)
        self.assertIn("Lesung", self._refused(self._book, self.left))
        self.assertIn("Lesung", self._refused(self._book, self.hall), "the hall has the same half")
        self.assertIn("Lesung", self._refused(self._event, room=self.left, name="Zweite"))

    def test_the_zone_of_the_event_is_only_how_it_is_shown(self):
        event = self._event(date_tz="America/New_York")
        self.assertEqual((event.sozial_booking_id.start, event.sozial_booking_id.stop), (BEGIN, END))
        self.assertEqual(self.centre._local(event.sozial_booking_id.start).hour, 10)

    def test_moving_the_event_moves_the_booking(self):
        event = self._event()
        event.write({"date_begin": BEGIN + 2 * HOUR, "date_end": END + 2 * HOUR})
        self.assertEqual(self._occupancy(event.sozial_booking_id), {(self.kitchen.atom_ids, BEGIN + 2 * HOUR, END + 2 * HOUR)})
        self.assertTrue(self._free())

    @mute_logger("odoo.sql_db")
    def test_an_event_does_not_move_onto_a_booking(self):
        event = self._event()
        self._book(start="11:00:00", stop="12:00:00", name="Chorprobe")
        words = self._refused(event.write, {"date_begin": BEGIN + 2 * HOUR, "date_end": END + 2 * HOUR})
        self.assertIn("Chorprobe", words)

    def test_room_and_time_change_together(self):
        event = self._event()
        self._book(self.left)  # at the old time
        event.write({"date_begin": BEGIN + 2 * HOUR, "date_end": END + 2 * HOUR, "sozial_room_id": self.left.id})
        self.assertEqual(self._occupancy(event.sozial_booking_id), {(self.left.atom_ids, BEGIN + 2 * HOUR, END + 2 * HOUR)})
        self.assertTrue(self._free(), "the former room is free")

    def test_giving_the_room_up_frees_it(self):
        event = self._event()
        self.assertFalse(self._free(), "the positive control")
        event.sozial_room_id = False
        self.assertTrue(self._free())
        event.sozial_room_id = self.right
        self.assertEqual((event.sozial_room_id, event.sozial_booking_state), (self.right, "confirmed"), "and takes another one")

    def test_what_does_not_take_place_frees_its_room(self):
        """Also through somebody who books no rooms."""
        for values in ({"active": False}, {"kanban_state": "cancel"}, {"stage_id": self.env.ref("event.event_stage_done").id}):
            with self.subTest(**values):
                event = self._event()
                self.assertFalse(self._free())
                self._as(event, self.event_user).write(values)
                self.assertTrue(self._free())
                event.invalidate_recordset()
                self.assertFalse(event.sozial_room_id)

    def test_deleting_the_event_frees_its_room(self):
        event = self._event()
        booking = event.sozial_booking_id
        with patch.object(type(booking), "_cancel") as cancelled, self.assertRaises(AccessError):
            self._as(event, self.event_user).unlink()
        cancelled.assert_not_called()  # for those who may not delete nothing is even tried
        self._as(event, self.event_manager).unlink()
        self.assertEqual(booking.state, "cancelled")

    def test_what_is_over_stays_used(self):
        event = self._event(date_begin=datetime(2020, 3, 2, 9), date_end=datetime(2020, 3, 2, 10))
        event.active = False
        self.assertEqual(event.sozial_booking_id.state, "confirmed", "it took place")
        event.active = True
        event.stage_id = self.env.ref("event.event_stage_done")
        self.assertEqual((event.sozial_booking_id.state, event.sozial_room_id), ("done", self.kitchen))

    def test_who_may_put_an_event_into_a_room(self):
        with self.assertRaises(AccessError):
            self._event(self.event_user)
        event = self._event(self.event_user, room=False)
        with self.assertRaises(AccessError):
            event.sozial_room_id = self.kitchen
        with self.assertRaises(AccessError):
            event.read(["sozial_room_id"])
        with self.assertRaises(AccessError):
            self._as(event, self.room_user).sozial_room_id = self.kitchen.id  # books rooms, organises no events

    def test_who_books_no_rooms_moves_no_event_that_holds_one(self):
        event = self._event()
        theirs = self._as(event, self.event_user)
        with self.assertRaises(AccessError) as caught:
            theirs.date_end = END + HOUR
        self.assertIn("who books rooms", str(caught.exception), "it says what to do")
        event.invalidate_recordset()
        theirs.write({"name": "Lesung im Frühling", "date_begin": event.date_begin})
        self.assertEqual(event.sozial_booking_id.name, "Lesung im Frühling")

    def test_where_the_management_decides_it_is_a_request(self):
        self.kitchen.condition_ids = [Command.create({"customer_group": "own", "mode": "request"})]
        event = self._event()
        self.assertEqual((event.sozial_booking_state, event.sozial_room_id), ("requested", self.kitchen))
        self.assertFalse(self._free(), "held all the same")
        self._as(event.sozial_booking_id, self.room_manager).action_confirm()
        self.assertEqual(event.sozial_booking_state, "confirmed")

    def test_a_cancelled_booking_leaves_the_event_without_a_room(self):
        event = self._event()
        self._as(event.sozial_booking_id, self.room_manager).action_cancel()
        self.assertFalse(event.sozial_room_id)

    def test_a_closure_suspends_and_gives_back(self):
        event = self._event()
        closure = self.env["sozial.room.closure"].create(
            {"name": "Wasserschaden", "centre_id": self.centre.id, "start": BEGIN - HOUR, "stop": END + HOUR}
        )
        closure.action_activate()
        self.assertEqual((event.sozial_booking_state, event.sozial_room_id), ("suspended", self.kitchen))
        closure.action_end()
        self.assertEqual(event.sozial_booking_state, "confirmed")

    def test_the_booking_is_moved_by_its_event_only(self):
        booking = self._event().sozial_booking_id
        with self.assertRaises(UserError) as caught:
            self._as(booking, self.room_manager).write({"start": BEGIN - HOUR})
        self.assertIn("Lesung", str(caught.exception))
        self._as(booking, self.room_manager).write({"room_id": self.left.id, "start": BEGIN})
        self.assertEqual(booking.event_ids.sozial_room_id, self.left, "another room is the business of the centre")

    def test_nobody_hangs_an_event_on_a_booking(self):
        booking = self._book()
        event = self._event(room=False)
        with self.assertRaises(UserError):
            event.sozial_booking_id = booking
        with self.assertRaises(UserError):
            self._event(room=False, sozial_booking_id=booking.id)

    def test_a_copy_has_no_room(self):
        self.assertFalse(self._event().copy().sozial_booking_id)

    def test_companies_do_not_mix(self):
        for company in (self.other_company.id, False):
            with self.subTest(company=company), self.assertRaises(ValidationError):
                self._event(self.env.user, company_id=company)
        event = self._event()
        with self.assertRaises(ValidationError):
            event.sudo().company_id = self.other_company

    def test_what_needs_no_room_gets_none(self):
        with self.assertRaises(UserError):
            self._event(kanban_state="cancel")
