"""Several helpers count at the same moment, and every tap is counted."""

import uuid
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import tagged

from sozial_support.races import RaceCase

ROUNDS, HELPERS = 5, 12


@tagged("post_install", "-at_install")
class TestTallyRaces(RaceCase):
    def setUp(self):
        super().setUp()
        key = uuid.uuid4().hex[:8]
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.company_id = env["res.company"].create({"name": f"Tally {key}"}).id
            env = api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [self.company_id]})
            centre = env["sozial.centre"].create({"name": f"Centre {key}", "company_id": self.company_id})
            activity = env["sozial.activity"].create({"name": f"Breakfast {key}", "centre_id": centre.id})
            now = fields.Datetime.now()
            times = {"start": now - timedelta(hours=1), "stop": now + timedelta(hours=1)}
            session = env["sozial.activity.session"].create({"activity_id": activity.id, **times})
            self.session_id, self.sheet_id = session.id, env["sozial.activity.sheet"]._of(session).id

    def _number(self):
        with self.registry.cursor() as cr:
            session = api.Environment(cr, SUPERUSER_ID, {})["sozial.activity.session"].browse(self.session_id)
            return session.participants

    def _tap(self, step):
        def tap(env):
            env["sozial.activity.sheet"].browse(self.sheet_id)._tally_add("participant", "adults", step)

        return tap

    def test_every_tap_counts(self):
        for number in range(1, ROUNDS + 1):
            results = self.race(SUPERUSER_ID, self.company_id, [self._tap(1)] * HELPERS)
            self.assertEqual(results, [None] * HELPERS)
            self.assertEqual(self._number(), number * HELPERS)
        results = self.race(SUPERUSER_ID, self.company_id, [self._tap(step) for step in (1, -1) * (HELPERS // 2)])
        self.assertEqual(results, [None] * HELPERS)
        self.assertEqual(self._number(), ROUNDS * HELPERS)

    def test_the_sheet_is_saved_while_helpers_count(self):
        def save(env):
            values = {"counts": {"participant": {"adults": 5}}, "seen": {"participant": {"adults": 0}}}
            env["sozial.activity.session"].browse(self.session_id).save_attendance(values)

        results = self.race(SUPERUSER_ID, self.company_id, [save, *[self._tap(1)] * (HELPERS - 1)])
        self.assertEqual(results, [None] * HELPERS)
        self.assertEqual(self._number(), 5 + HELPERS - 1)
