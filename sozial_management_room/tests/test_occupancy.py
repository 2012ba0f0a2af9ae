from datetime import datetime

from psycopg2 import IntegrityError
from psycopg2.errors import CheckViolation, NotNullViolation

from odoo.tests import tagged

from .common import MONDAY, RoomCommon


@tagged("post_install", "-at_install")
class TestOccupancy(RoomCommon):
    """Invariant 20 with one cursor; the races are in tests/races."""

    def test_constraints_stand_in_the_database(self):
        self.env.cr.execute(
            "SELECT conname, contype, convalidated, condeferrable, condeferred, pg_get_constraintdef(oid) "
            "FROM pg_constraint WHERE conrelid = 'sozial_room_occupancy'::regclass AND contype IN ('x', 'c')"
        )
        found = {row[0]: row[1:] for row in self.env.cr.fetchall()}
        for name in ("no_double_booking", "no_booking_in_closure"):
            kind, *flags, definition = found[f"sozial_room_occupancy_{name}"]
            with self.subTest(constraint=name):
                self.assertEqual((kind, flags), ("x", [True, True, False]))
                self.assertIn("int4range(atom_id, atom_id, '[]'::text) WITH &&", definition)
                self.assertIn("tsrange(start_at, stop_at, '[)'::text) WITH &&", definition)
                self.assertIn("WHERE ((blocking" if "double" in name else "WHERE (blocking)", definition)
        self.assertIn("int4range(kind, (kind + 1)) WITH -|-", found["sozial_room_occupancy_no_booking_in_closure"][-1])
        for name in ("complete", "of_one_thing"):
            self.assertEqual(found[f"sozial_room_occupancy_{name}"][0], "c")

    def _insert(self, **values):
        row = {
            "atom_id": self.kitchen.atom_ids.id, "booking_id": None, "closure_id": None, "start_at": "2030-01-01 08:00",
            "stop_at": "2030-01-01 09:00", "kind": 0, "blocking": True, **values,
        }  # fmt: skip
        columns = ", ".join(row)
        marks = ", ".join(["%s"] * len(row))
        self.env.cr.execute(f"INSERT INTO sozial_room_occupancy ({columns}) VALUES ({marks})", list(row.values()), log_exceptions=False)

    def test_no_nulls_no_empty_ranges_no_strays(self):
        draft = self._book(state="draft")
        draft.flush_recordset()
        for values in (
            {"atom_id": None},
            {"start_at": None},
            {"stop_at": None},
            {"blocking": None},
            {"stop_at": "2030-01-01 08:00"},
            {"stop_at": "2029-12-31 08:00"},
            {"kind": 1},
            {"kind": 2},
            {"booking_id": None},
        ):
            with self.subTest(values=values):
                with self.assertRaises(IntegrityError) as caught:
                    self._insert(**{"booking_id": draft.id, **values})
                self.assertIsInstance(caught.exception, (CheckViolation, NotNullViolation))
        self._insert(booking_id=draft.id)  # the positive control

    def test_one_row_an_atom_with_buffers(self):
        self.hall.write({"setup_minutes": 30, "teardown_minutes": 15})
        booking = self._book(self.hall)
        self.assertEqual(
            self._occupancy(booking),
            {(atom, datetime(2027, 3, 1, 8, 30), datetime(2027, 3, 1, 10, 15)) for atom in self.hall.atom_ids},
        )

    def test_whole_hall_against_a_half(self):
        self._book(self.hall)
        message = self._refused(self._book, self.left, "09:30:00", "09:45:00")
        self.assertIn("Links", message)
        self.assertIn("10:00", message)  # 9:00 UTC, in the local time of the centre
        self.assertIn("2027", message)
        self._book(self.kitchen)

    def test_both_halves_side_by_side(self):
        self._book(self.left)
        self._book(self.right)
        self._refused(self._book, self.hall)

    def test_touching_is_no_overlap(self):
        self._book(start="09:00:00", stop="10:00:00")
        self._book(start="10:00:00", stop="11:00:00")
        self._book(start="08:00:00", stop="09:00:00")

    def test_buffers_may_not_overlap(self):
        self.kitchen.teardown_minutes = 30
        self._book(start="09:00:00", stop="10:00:00")
        self._refused(self._book, start="10:29:00", stop="11:00:00")
        self._book(start="10:30:00", stop="11:00:00")

    def test_drafts_block_nobody(self):
        first, second = self._book(state="draft"), self._book(state="draft")
        self.assertFalse(self._occupancy(first | second))
        first.action_request()
        self.assertTrue(self._occupancy(first))
        self._refused(second.action_confirm)
        self.assertEqual(second.state, "draft")

    def test_cancelled_and_unused_rooms_are_free(self):
        first = self._book()
        first.action_cancel()
        self.assertFalse(self._occupancy(first))
        second = self._book()
        self.assertTrue(self._occupancy(second))

    def test_a_moved_booking_takes_its_new_slot_only(self):
        booking = self._book()
        booking.write({"start": MONDAY + "12:00:00", "stop": MONDAY + "13:00:00", "room_id": self.left.id})
        self.assertEqual(
            self._occupancy(booking), {(self.left.atom_ids, datetime(2027, 3, 1, 12), datetime(2027, 3, 1, 13))}
        )
        self._book()

    def test_a_move_onto_somebody_is_refused(self):
        self._book()
        booking = self._book(start="12:00:00", stop="13:00:00")
        self._refused(booking.write, {"start": MONDAY + "09:30:00"})

    def test_new_parts_of_a_room_hold_for_its_bookings(self):
        self._book(self.kitchen)
        booking = self._book(self.left)
        self.assertEqual(len(self._occupancy(booking)), 1)
        self._refused(self.left.write, {"atom_ids": [(4, self.kitchen.atom_ids.id)]})
        self.left.write({"atom_ids": [(4, self.right.atom_ids.id)]})
        self.assertEqual(len(self._occupancy(booking)), 2)

    def test_many_in_one_statement(self):
        values = [
            {"room_id": self.hall.id, "start": f"2027-03-{day:02} 09:00:00", "stop": f"2027-03-{day:02} 10:00:00", "state": "confirmed"}
            for day in range(1, 29)
        ]
        bookings = self.env["sozial.room.booking"].with_user(self.room_user).create(values)
        self.assertEqual(len(self._occupancy(bookings)), 56)
        with self.assertRaises(IntegrityError):
            self.env["sozial.room.booking"].with_user(self.room_user).create(values[:1])

    def test_who_booked_is_told_only_to_those_who_may_read_it(self):
        self._book(name="Geheimer Chor")
        message = self._refused(self._book)
        self.assertIn("Geheimer Chor", message)
        with self.assertRaises(IntegrityError) as caught:
            self._book()
        for user in (self.worker, self.portal, self.public):
            told = self.env["sozial.room.occupancy"].with_user(user)._sql_error_to_message(caught.exception)
            self.assertNotIn("Geheimer", told)
            self.assertIn("Küche", told)
