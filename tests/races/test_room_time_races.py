"""Series, closures and restores against single bookings, with real cursors in real threads.

Each test works in a company of its own, because rows are committed. 50 rounds of 8: however the
threads meet, the slot is taken once, nothing overlaps (by brute force, without the constraint's
own operators), and whoever loses gets a sentence.
"""

import threading
import uuid
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service import model as service_model
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

ROUNDS, RIVALS = 50, 8
FIRST = datetime(2031, 1, 6, 9)  # a Monday, ten o'clock in Berlin


@tagged("post_install", "-at_install")
class TestRoomTimeRaces(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        key = uuid.uuid4().hex[:8]
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].create({"name": f"Race {key}"})
            group = env.ref("sozial_management_room.group_sozial_room_manager")
            user = env["res.users"].create(
                {
                    "name": f"Race {key}",
                    "login": f"race.{key}",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.set(group.ids)],
                }
            )
            centre = env["sozial.centre"].create({"name": key, "company_id": company.id})
            room = env["sozial.room"].create({"name": key, "centre_id": centre.id})
            self.company_id, self.user_id, self.centre_id, self.room_id = company.id, user.id, centre.id, room.id
        # Odoo waits up to 2 seconds before it repeats; the order of events is as random without
        waits = patch.object(service_model.time, "sleep", lambda seconds: None)
        waits.start()
        self.addCleanup(waits.stop)

    def _env(self, cr):
        return api.Environment(cr, self.user_id, {"allowed_company_ids": [self.company_id], "lang": "en_US"})

    def _race(self, *steps):
        """Each ``step(env)`` in a thread and transaction of its own, repeated as Odoo repeats a request.

        :return: list of ``(result, None)`` or ``(None, exception)``
        """
        barrier, results = threading.Barrier(len(steps)), [None] * len(steps)

        def run(position, step):
            try:
                with self.registry.cursor() as cr:
                    env = self._env(cr)
                    barrier.wait(timeout=30)
                    results[position] = (service_model.retrying(lambda: step(env), env), None)
            except UserError as error:
                results[position] = (None, error)

        threads = [threading.Thread(target=run, args=item) for item in enumerate(steps)]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=120)
        self.assertFalse(any(thread.is_alive() for thread in threads), "nobody waits for ever")
        self.assertNotIn(None, results, "no thread has ended by a traceback")
        return results

    def _slot(self, number):
        start = FIRST + timedelta(weeks=number)
        return {"start": start, "stop": start + timedelta(hours=2)}

    def _book(self, number, **values):
        def step(env):
            booking = env["sozial.room.booking"].create(
                {"name": "Einzeln", "room_id": self.room_id, "state": "confirmed", **self._slot(number), **values}
            )
            return booking.id

        return step

    def _overlaps(self):
        """Pairs of rows that must not be, compared one with each other in Python."""
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT o.atom_id, o.start_at, o.stop_at, o.kind FROM sozial_room_occupancy o "
                "JOIN sozial_room_atom a ON a.id = o.atom_id WHERE o.blocking AND a.centre_id = %s",
                [self.centre_id],
            )
            rows = sorted(cr.fetchall())
        self.assertTrue(rows, "there is something to compare")
        return [
            (one, other)
            for position, one in enumerate(rows)
            for other in rows[position + 1 :]
            if one[0] == other[0]
            and one[1] < other[2]
            and other[1] < one[2]
            and ({one[3], other[3]} <= {0, 3} or {one[3], other[3]} == {0, 1})
        ]

    def _sentence(self, error, *words):
        for word in words:
            self.assertIn(word, str(error))
        self.assertNotIn("sozial_room", str(error), "a sentence, not SQL")

    def _count(self, number, *states):
        slot = self._slot(number)
        with self.registry.cursor() as cr:
            return self._env(cr)["sozial.room.booking"].search_count(
                [("room_id", "=", self.room_id), ("state", "in", states), ("start", "=", slot["start"])]
            )

    def test_series_against_single_bookings(self):
        """A series of three weeks against seven single bookings of its second date: either the
        series or one of them has the slot, and a series that loses lists its conflict."""
        won = {"series": 0, "single": 0}
        for round_number in range(ROUNDS):
            week = 4 * round_number

            def plan(env, week=week):
                first = self._slot(week)["start"].date()
                series = env["sozial.room.series"].create(
                    {
                        "name": "Serie",
                        "room_id": self.room_id,
                        "date_start": first,
                        "date_until": first + timedelta(weeks=2),
                        "rrule": "FREQ=WEEKLY",
                        "time_start": self._local_hour(env, week),
                        "time_end": self._local_hour(env, week) + 2,
                    }
                )
                return series.action_book().ids

            # the clock on the wall and UTC agree within a round: rounds of the change are left to other tests
            results = self._race(plan, *[self._book(week + 1)] * (RIVALS - 1))
            (bookings, error), singles = results[0], results[1:]
            winners = [result for result, _error in singles if result]
            with self.subTest(round=round_number):
                if self._crosses_change(week):
                    continue
                self.assertEqual(bool(bookings) + len(winners), 1, results)
                self.assertEqual(self._count(week + 1, "confirmed"), 1)
                if error:
                    self._sentence(error, "1 dates cannot be had", "Einzeln")
                    self.assertEqual(self._count(week, "confirmed"), 0, "nothing of the series is half-written")
                for _result, lost in singles:
                    if lost:
                        self._sentence(lost, "already taken")
            won["series" if bookings else "single"] += 1
        self.assertEqual(self._overlaps(), [])

    def _local_hour(self, env, week):
        centre = env["sozial.centre"].browse(self.centre_id)
        return float(centre._local(self._slot(week)["start"]).hour)

    def _crosses_change(self, week):
        with self.registry.cursor() as cr:
            env = self._env(cr)
            return len({self._local_hour(env, week + number) for number in range(3)}) > 1

    def test_closure_against_bookings(self):
        """However it ends, no booking stands inside the closure: it was suspended or came too late."""
        for number in range(ROUNDS):
            slot = self._slot(number)

            def close(env, slot=slot):
                closure = env["sozial.room.closure"].create(
                    {"name": "Wasser", "centre_id": self.centre_id, "start": slot["start"], "stop": slot["stop"]}
                )
                closure.action_activate()
                return closure.id

            results = self._race(close, *[self._book(number)] * (RIVALS - 1))
            with self.subTest(round=number):
                self.assertTrue(results[0][0], "the closure wins in the end")
                self.assertLessEqual(sum(bool(result) for result, _error in results[1:]), 1)
                self.assertEqual(self._count(number, "confirmed"), 0)
                self.assertLessEqual(self._count(number, "suspended"), 1)
                for _result, error in results[1:]:
                    if error:
                        self._sentence(error, "already taken")
        self.assertEqual(self._overlaps(), [])

    def test_restore_against_bookings(self):
        """The end of a closure restores a booking while seven others reach for its slot: one has it."""
        for number in range(ROUNDS):
            slot = self._slot(number)
            with self.registry.cursor() as cr:
                env = self._env(cr)
                suspended = env["sozial.room.booking"].create(
                    {"name": "Chor", "room_id": self.room_id, "state": "confirmed", **slot}
                )
                closure = env["sozial.room.closure"].create(
                    {"name": "Wasser", "centre_id": self.centre_id, "start": slot["start"], "stop": slot["stop"]}
                )
                closure.action_activate()
                self.assertEqual(suspended.state, "suspended")
                closure_id, suspended_id = closure.id, suspended.id

            def reopen(env, closure_id=closure_id):
                env["sozial.room.closure"].browse(closure_id).action_end()
                return True

            results = self._race(reopen, *[self._book(number)] * (RIVALS - 1))
            winners = [result for result, _error in results[1:] if result]
            with self.registry.cursor() as cr:
                env = self._env(cr)
                restored = env["sozial.room.booking"].browse(suspended_id).state == "confirmed"
                hit = env["sozial.room.closure"].browse(closure_id).hit_ids
                with self.subTest(round=number):
                    self.assertTrue(results[0][0], "the closure ends in any case")
                    self.assertEqual(restored + len(winners), 1, results)
                    self.assertEqual(hit.result, "restored" if restored else "open")
                    self.assertEqual(bool(hit.finding), not restored)
                    for _result, error in results[1:]:
                        if error:
                            self._sentence(error, "already taken")
        self.assertEqual(self._overlaps(), [])
