"""Invariant 20: whatever happens at the same moment, a room is given once."""

import itertools
import json
import subprocess
import sys
import uuid
from collections import Counter
from datetime import datetime, timedelta

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import get_db_name
from odoo.tools import config

from sozial_support.races import RaceCase

ROUNDS, RACERS = 50, 8
FIRST_DAY = datetime(2031, 3, 3, 9)
CONSTRAINT = "sozial_room_occupancy_no_double_booking"

# a server process of its own: books every slot in turn, starting when it is told to
BOOKER = """
import json, sys
from odoo import api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config
config.parse_config(["-c", sys.argv[1], "-d", sys.argv[2], "--log-level=critical", "--no-http"], setup_logging=True)
user, company, room, starts = json.loads(sys.argv[3])
registry, outcome = Registry(sys.argv[2]), []
print("ready", flush=True)
sys.stdin.readline()
for start, stop in starts:
    with registry.cursor() as cr:
        env = api.Environment(cr, user, {"allowed_company_ids": [company]})
        values = {"room_id": room, "start": start, "stop": stop, "state": "confirmed"}
        try:
            retrying(lambda: env["sozial.room.booking"].create(values), env)
            outcome.append("")
        except UserError as error:
            outcome.append(str(error))
print(json.dumps(outcome), flush=True)
"""


@tagged("post_install", "-at_install")
class TestRoomRaces(RaceCase):
    def setUp(self):
        super().setUp()
        self.key = uuid.uuid4().hex[:8]
        with self.registry.cursor() as cr:
            self._prepare(api.Environment(cr, SUPERUSER_ID, {}))

    def _prepare(self, env):
        company = env["res.company"].create({"name": f"Race {self.key}"})
        group = env.ref("sozial_management_room.group_sozial_room_manager")
        user = env["res.users"].create(
            {
                "name": f"Race {self.key}",
                "login": f"race.{self.key}",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(group.ids)],
            }
        )
        centre = env["sozial.centre"].create({"name": f"Centre {self.key}", "company_id": company.id})
        left, right = env["sozial.room"].create(
            [{"name": f"{side} {self.key}", "centre_id": centre.id} for side in ("Left", "Right")]
        )
        hall = env["sozial.room"].create(
            {"name": f"Hall {self.key}", "centre_id": centre.id, "atom_ids": [Command.set((left | right).atom_ids.ids)]}
        )
        self.company_id, self.user_id = company.id, user.id
        self.left_id, self.right_id, self.hall_id = left.id, right.id, hall.id

    def _slot(self, round_number, shift=0, minutes=60):
        start = FIRST_DAY + timedelta(days=round_number, minutes=shift)
        return {"start": start, "stop": start + timedelta(minutes=minutes), "state": "confirmed"}

    def _book(self, room_id, **values):
        return lambda env: env["sozial.room.booking"].create({"room_id": room_id, **values})

    def _race_rooms(self, steps):
        return self.race(self.user_id, self.company_id, steps)

    def _overlaps(self, env):
        """Pairs of blocking bookings of this test that take the same atom at the same time: brute force,
        from the bookings themselves, so that it does not believe what it checks."""
        bookings = env["sozial.room.booking"].search(
            [("company_id", "=", self.company_id), ("state", "in", ("requested", "confirmed", "done"))]
        )
        return [
            (one, other)
            for one, other in itertools.combinations(bookings, 2)
            if one.room_id.atom_ids & other.room_id.atom_ids
            and one.start - timedelta(minutes=one.setup_minutes) < other.stop + timedelta(minutes=other.teardown_minutes)
            and other.start - timedelta(minutes=other.setup_minutes) < one.stop + timedelta(minutes=one.teardown_minutes)
        ]

    def _assert_one_winner(self, results, words):
        """Exactly one without an exception; the others got the message of the constraint."""
        losers = [result for result in results if result is not None]
        self.assertEqual(len(results) - len(losers), 1, losers)
        for error in losers:
            self.assertIsInstance(error, UserError, "no traceback, a message")
            for word in words:
                self.assertIn(word, str(error))

    def _assert_no_overlap(self, bookings):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertFalse(self._overlaps(env))
            self.assertEqual(env["sozial.room.booking"].search_count([("company_id", "=", self.company_id)]), bookings)

    def test_the_same_slot(self):
        for number in range(ROUNDS):
            results = self._race_rooms([self._book(self.left_id, **self._slot(number))] * RACERS)
            self._assert_one_winner(results, (f"Left {self.key}", "2031", ":00 to "))
        self._assert_no_overlap(ROUNDS)

    def test_whole_hall_against_a_half(self):
        winners = Counter()
        for number in range(ROUNDS):
            rooms = (self.hall_id, self.left_id) * (RACERS // 2)
            results = self._race_rooms([self._book(room, **self._slot(number)) for room in rooms])
            self._assert_one_winner(results, ("2031", ":00 to "))
            winners[rooms[results.index(None)]] += 1
        self._assert_no_overlap(ROUNDS)

    def test_buffers_that_overlap(self):
        """An hour each, a quarter of an hour apart, but half an hour of set-up: only one of them fits."""
        for number in range(ROUNDS):
            steps = [
                self._book(self.right_id, **self._slot(number, shift=position * 15, minutes=15), setup_minutes=60, teardown_minutes=60)
                for position in range(RACERS)
            ]
            self._assert_one_winner(self._race_rooms(steps), (f"Right {self.key}", "2031"))
        self._assert_no_overlap(ROUNDS)

    def test_buffers_that_touch(self):
        """Each begins at the minute at which the clean-up of the one before ends: all of them win."""
        for number in range(ROUNDS // 5):
            steps = [
                self._book(self.right_id, **self._slot(number, shift=position * 30, minutes=15), setup_minutes=10, teardown_minutes=5)
                for position in range(RACERS)
            ]
            self.assertEqual(self._race_rooms(steps), [None] * RACERS)
        self._assert_no_overlap(ROUNDS // 5 * RACERS)

    def test_confirm_against_confirm(self):
        """Eight drafts of the same slot are confirmed at the same moment."""
        for number in range(ROUNDS):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, self.user_id, {"allowed_company_ids": [self.company_id]})
                values = {"room_id": self.left_id, **self._slot(number), "state": "draft"}
                ids = env["sozial.room.booking"].create([values] * RACERS).ids
            steps = [lambda env, i=i: env["sozial.room.booking"].browse(i).action_confirm() for i in ids]
            self._assert_one_winner(self._race_rooms(steps), (f"Left {self.key}", "2031", ":00 to "))
        self._assert_no_overlap(ROUNDS * RACERS)

    def test_one_request_is_answered_once(self):
        """The same request is confirmed by eight people: one does it, the others hear that it is done."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.user_id, {"allowed_company_ids": [self.company_id]})
            booking_id = env["sozial.room.booking"].create({"room_id": self.left_id, **self._slot(0), "state": "requested"}).id
        results = self._race_rooms([lambda env: env["sozial.room.booking"].browse(booking_id).action_confirm()] * RACERS)
        self._assert_one_winner(results, ("Confirmed",))
        self._assert_no_overlap(1)

    def test_move_against_booking(self):
        """Somebody drags a booking onto a slot that others book at the same moment."""
        for number in range(ROUNDS // 5):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, self.user_id, {"allowed_company_ids": [self.company_id]})
                moved = env["sozial.room.booking"].create({"room_id": self.right_id, **self._slot(number, shift=180)}).id
            slot = self._slot(number)
            target = {"room_id": self.left_id, "start": slot["start"], "stop": slot["stop"]}
            steps = [lambda env, moved=moved, target=target: env["sozial.room.booking"].browse(moved).write(target)]
            steps += [self._book(self.left_id, **slot)] * (RACERS - 1)
            self._assert_one_winner(self._race_rooms(steps), (f"Left {self.key}", "2031"))
        with self.registry.cursor() as cr:
            self.assertFalse(self._overlaps(api.Environment(cr, SUPERUSER_ID, {})))

    def test_new_parts_against_bookings(self):
        """A room gets the parts of the hall while both are booked: afterwards nobody shares a part."""
        for number in range(ROUNDS // 5):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["sozial.room"].browse(self.left_id).atom_ids = env["sozial.room.atom"].search(
                    [("name", "=", f"Left {self.key}")]
                )

            def widen(env):
                room = env["sozial.room"].browse(self.left_id)
                room.atom_ids += env["sozial.room"].browse(self.right_id).atom_ids

            rooms = (self.left_id, self.right_id) * (RACERS // 2)
            steps = [self._book(room, **self._slot(number)) for room in rooms[1:]]
            results = self._race_rooms([widen, *steps])
            self.assertTrue(all(result is None or isinstance(result, UserError) for result in results), results)
            self.assertIn(None, results)
            with self.registry.cursor() as cr:
                self.assertFalse(self._overlaps(api.Environment(cr, SUPERUSER_ID, {})))

    def test_server_processes_side_by_side(self):
        """Three server processes book the same slots in the same order."""
        slots = [self._slot(number) for number in range(ROUNDS // 2)]
        times = [(str(slot["start"]), str(slot["stop"])) for slot in slots]
        arguments = [config["config"], get_db_name(), json.dumps([self.user_id, self.company_id, self.left_id, times])]
        command = [sys.executable, "-c", BOOKER, *arguments]
        bookers = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
        try:
            for booker in bookers:
                self.assertEqual(booker.stdout.readline().strip(), "ready")
            for booker in bookers:
                booker.stdin.write("go\n")
                booker.stdin.flush()
            outcomes = [json.loads(booker.communicate(timeout=120)[0]) for booker in bookers]
        finally:
            for booker in bookers:
                booker.kill()
        for number, outcome in enumerate(zip(*outcomes, strict=True)):
            with self.subTest(slot=times[number]):
                self.assertEqual(outcome.count(""), 1)
                self.assertTrue(all(f"Left {self.key}" in text for text in outcome if text))
        self._assert_no_overlap(len(slots))

    def test_without_the_constraint_the_checks_above_fail(self):
        """The positive control: the races do meet, and the brute force does find them."""
        definition = self._swap_constraint()
        try:
            winners = 0
            for number in range(3):
                results = self._race_rooms([self._book(self.left_id, **self._slot(number))] * RACERS)
                winners += results.count(None)
            self.assertGreater(winners, 3, "without the constraint several win")
            with self.registry.cursor() as cr:
                self.assertTrue(self._overlaps(api.Environment(cr, SUPERUSER_ID, {})))
        finally:
            with self.registry.cursor() as cr:
                cr.execute("DELETE FROM sozial_room_booking WHERE company_id = %s", [self.company_id])
                cr.execute(f"ALTER TABLE sozial_room_occupancy ADD CONSTRAINT {CONSTRAINT} {definition}")

    def _swap_constraint(self):
        """Drop the constraint; return its definition for putting it back."""
        with self.registry.cursor() as cr:
            cr.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [CONSTRAINT])
            [definition] = cr.fetchone()
            cr.execute(f"ALTER TABLE sozial_room_occupancy DROP CONSTRAINT {CONSTRAINT}")
        return definition
