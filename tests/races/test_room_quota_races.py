"""The quota of an organisation holds, however many of its members book at the same moment."""

import uuid
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.tests import tagged

from sozial_support.races import RaceCase

ROUNDS, RACERS, QUOTA = 10, 8, 2


@tagged("post_install", "-at_install")
class TestQuotaRaces(RaceCase):
    def setUp(self):
        super().setUp()
        self.key = uuid.uuid4().hex[:8]
        with self.registry.cursor() as cr:
            self._prepare(api.Environment(cr, SUPERUSER_ID, {}))

    def _prepare(self, env):
        company = env["res.company"].create({"name": f"Quota {self.key}"})
        self.company_id = company.id
        self.users = [self._member(env, company, number) for number in range(2)]
        centre = env["sozial.centre"].create({"name": f"Centre {self.key}", "company_id": company.id})
        rooms = env["sozial.room"].create(
            [
                {
                    "name": f"Room {number} {self.key}", "centre_id": centre.id,
                    "condition_ids": [Command.create({"customer_group": "partner", "mode": "direct", "quota": QUOTA})],
                }
                for number in range(2)
            ]
        )  # fmt: skip
        self.room_id, self.other_room_id = rooms.ids

    def _member(self, env, company, number):
        """A portal user of an organisation of its own."""
        organisation = env["res.partner"].create(
            {"name": f"Verein {number} {self.key}", "is_company": True, "company_id": company.id}
        )
        user = env["res.users"].create(
            {
                "name": f"Member {number} {self.key}", "login": f"quota.{number}.{self.key}", "company_id": company.id,
                "company_ids": [Command.set(company.ids)], "group_ids": [Command.set(env.ref("base.group_portal").ids)],
            }
        )  # fmt: skip
        user.partner_id.write({"parent_id": organisation.id, "company_id": company.id})
        return user.id

    def _book(self, month, day, room_id=None, user=None):
        start = datetime(2032 + month // 12, 1 + month % 12, 1, 18) + timedelta(days=day)
        values = {"name": "x", "persons": 0, "terms_accepted": True, "start": start, "stop": start + timedelta(hours=1)}

        def step(env):
            room = env["sozial.room"].browse(room_id or self.room_id)
            room.with_user(user or self.users[0]).with_context(allowed_company_ids=[self.company_id])._portal_book(values)

        return step

    def _race_members(self, steps):
        return self.race(self.users[0], self.company_id, steps)

    def _assert_quota(self, results, winners):
        losers = [result for result in results if result is not None]
        self.assertEqual(len(results) - len(losers), winners, losers)
        for error in losers:
            self.assertIsInstance(error, UserError)
            self.assertIn(f"{QUOTA} times a month", str(error))

    def test_eight_different_days_of_the_same_month(self):
        for month in range(ROUNDS):
            results = self._race_members([self._book(month, day) for day in range(RACERS)])
            self._assert_quota(results, QUOTA)

    def test_each_organisation_room_and_month_has_its_own(self):
        for month in range(0, 2 * ROUNDS, 2):
            steps = [self._book(month + n % 2, 1 + n) for n in range(2 * QUOTA)]
            steps += [self._book(month, 11 + n, user=self.users[1]) for n in range(QUOTA)]
            steps += [self._book(month, 21 + n, room_id=self.other_room_id) for n in range(QUOTA)]
            self._assert_quota(self._race_members(steps), len(steps))

    def test_without_waiting_more_would_pass(self):
        """The positive control: the races do meet."""
        with patch.object(self.registry["sozial.room.booking"], "_committed_meanwhile", lambda *args: {}):
            winners = [self._race_members([self._book(month, day) for day in range(RACERS)]).count(None) for month in range(5)]
        self.assertGreater(max(winners), QUOTA)
