"""The last seat is given once, however many ask at the same moment."""

import uuid
from datetime import datetime, timedelta

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from sozial_support.races import RaceCase

ROUNDS, RACERS = 5, 16
START = datetime(2034, 3, 6, 10)


@tagged("post_install", "-at_install")
class TestRegistrationRaces(RaceCase):
    def setUp(self):
        super().setUp()
        key = uuid.uuid4().hex[:8]
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.company_id = env["res.company"].create({"name": f"Seats {key}"}).id
            env = api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [self.company_id]})
            self.centre_id = env["sozial.centre"].create({"name": f"Centre {key}", "company_id": self.company_id}).id

    def _activity(self, **values):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [self.company_id]})
            activity = env["sozial.activity"].create(
                {"name": "Race", "centre_id": self.centre_id, "published": True, "public_registration": True, **values}
            )
            activity.action_run()
            session = env["sozial.activity.session"].create(
                {"activity_id": activity.id, "start": START, "stop": START + timedelta(hours=1)}
            )
            return activity.id, session.id

    def _seats(self, activity_id):
        """States and seats as committed."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            rows = env["sozial.activity.registration"].search([("activity_id", "=", activity_id)])
            return sorted(row.seat for row in rows)

    def _run(self, activity_id, session="", slot=""):
        def step(number):
            values = {
                "name": f"P{number}", "email": f"p{number}@example.com", "phone": "", "minor": "", "parent_name": "",
                "parent_consent": "", "session": session, "slot": slot,
            }  # fmt: skip
            return lambda env: env["sozial.activity"].browse(activity_id)._register_publicly(values, env["res.partner"]) and None

        return self.race(SUPERUSER_ID, self.company_id, [step(number) for number in range(RACERS)])

    def test_the_last_seats_of_a_course(self):
        for seats in range(1, ROUNDS + 1):
            activity_id, _session_id = self._activity(kind="course", registration="course", seats=seats)
            self.assertEqual([error for error in self._run(activity_id) if error], [])
            self.assertEqual(self._seats(activity_id), [0] * (RACERS - seats) + list(range(1, seats + 1)))

    def test_a_slot_is_given_once(self):
        for _round in range(ROUNDS):
            activity_id, session_id = self._activity(kind="consultation", registration="session", slot_minutes=20)
            self.assertEqual([error for error in self._run(activity_id, str(session_id), "2") if error], [])
            self.assertEqual(self._seats(activity_id), [0] * (RACERS - 1) + [2])
