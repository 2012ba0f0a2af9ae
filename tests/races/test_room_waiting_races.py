"""A freed slot is offered once and answered once, however many ask at the same moment."""

import uuid
from datetime import datetime, timedelta

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.tests import tagged

from sozial_support.races import RaceCase

ROUNDS, RACERS = 10, 8
FIRST_DAY = datetime(2033, 5, 2, 10)


@tagged("post_install", "-at_install")
class TestWaitingRaces(RaceCase):
    def setUp(self):
        super().setUp()
        key = uuid.uuid4().hex[:8]
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.company_id = env["res.company"].create({"name": f"Waiting {key}"}).id
            env = api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [self.company_id]})
            centre = env["sozial.centre"].create({"name": f"Centre {key}", "company_id": self.company_id})
            self.room_id = env["sozial.room"].create({"name": f"Room {key}", "centre_id": centre.id}).id
            partners = env["res.partner"].create(
                [{"name": f"Club {number} {key}", "is_company": True, "company_id": self.company_id} for number in range(RACERS)]
            )
            self.partner_ids = partners.ids

    def _wishes(self, day):
        """One wish of each club for the same hour of a day that nobody has booked."""
        start = FIRST_DAY + timedelta(days=day)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [self.company_id]})
            wishes = env["sozial.room.waiting"].create(
                [
                    {
                        "kind": "slot", "name": "x", "partner_id": partner_id, "room_id": self.room_id,
                        "start": start, "stop": start + timedelta(hours=1), "terms_accepted": True,
                    }
                    for partner_id in self.partner_ids
                ]
            )  # fmt: skip
            return wishes.ids

    def _now(self, wish_ids):
        """States of wishes and of the bookings that hold their slot, as committed."""
        with self.registry.cursor() as cr:
            wishes = api.Environment(cr, SUPERUSER_ID, {})["sozial.room.waiting"].browse(wish_ids)
            return wishes.mapped("state"), wishes.booking_id.mapped("state")

    def _race(self, steps):
        return self.race(SUPERUSER_ID, self.company_id, steps)

    def test_a_free_slot_is_offered_to_one(self):
        for day in range(ROUNDS):
            ids = self._wishes(day)
            # each run begins with another club, so that they meet at the slot and not at the entry
            steps = [lambda env, one=one: env["sozial.room.waiting"].browse(one)._offer_slots() and None for one in ids]
            self._race(steps)
            states, held = self._now(ids)
            self.assertEqual((states.count("offered"), states.count("waiting")), (1, RACERS - 1))
            self.assertEqual(held, ["requested"])

    def test_an_offer_is_answered_once(self):
        for day in range(ROUNDS, 2 * ROUNDS):
            (one, *others) = self._wishes(day)
            with self.registry.cursor() as cr:
                waiting = api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [self.company_id]})["sozial.room.waiting"]
                waiting.browse(others).action_withdraw()
                self.assertTrue(waiting.browse(one)._offer_slots())
            steps = [
                lambda env, one=one, yes=number % 2: env["sozial.room.waiting"].browse(one)._answer(bool(yes)) for number in range(RACERS)
            ]
            results = self._race(steps)
            losers = [error for error in results if error is not None]
            self.assertEqual(len(losers), RACERS - 1, losers)
            for error in losers:
                self.assertIsInstance(error, UserError)
                self.assertIn("answered already", str(error))
            (state,), held = self._now([one])
            took_it = results.index(None) % 2
            self.assertEqual(state, "done" if took_it else "declined")
            self.assertEqual(held[0] in ("confirmed", "requested"), bool(took_it))
