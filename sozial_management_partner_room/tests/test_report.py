from datetime import datetime, time, timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.sozial_management_partner.procedure.schedule import Period

from .common import AgreementRoomCommon


@tagged("post_install", "-at_install")
class TestReport(AgreementRoomCommon):
    """The partner's report begins with what took place, not with what was agreed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(type(cls.centre), "_holidays_between", lambda *args: {}))
        tomorrow = cls.today + timedelta(days=1)
        hour = {"room_id": cls.kitchen.id, "weekday": str(tomorrow.weekday()), "hour_from": 9, "hour_to": 11.5}
        cls.plan = cls._active(
            days=28, report_interval="month", room_ids=[Command.set(cls.left.ids)], hour_ids=[Command.create(hour)]
        )
        cls.hour = cls.plan.hour_ids
        cls.dates = cls.env["sozial.room.booking"].search([("series_id", "in", cls.hour.sudo().series_ids.ids)], order="start")
        cls.period = Period(cls.today, cls.today + timedelta(days=28))

    def _later(self, days=60):
        now = datetime.combine(self.today + timedelta(days=days), time(12))
        return patch.object(fields.Datetime, "now", lambda: now)

    def _prefilled(self, period=None, days=60):
        """What the report is filled with, some days from now."""
        self.env.flush_all()
        with self._later(days):
            return self.env["sozial.agreement.report"]._prefilled(self.plan, period or self.period)

    def test_hours_held_are_those_of_sessions_that_took_place(self):
        self.assertEqual(len(self.dates), 4)
        self.assertEqual(self._prefilled()["hours_held"], 10)
        self.dates[0].action_cancel()
        self.assertEqual(self._prefilled()["hours_held"], 7.5, "a cancelled one is none")
        self.assertEqual(self._prefilled(days=10)["hours_held"], 2.5, "nor is one that is still to come")

    def test_only_the_period_counts(self):
        first = Period(self.today, self.today + timedelta(days=14))
        self.assertEqual(self._prefilled(first)["hours_held"], 5)

    def test_hours_agreed_and_their_text(self):
        values = self._prefilled()
        self.assertEqual(values["hours_agreed"], 10)
        self.assertIn("09:00 bis 11:30 Uhr: Küche, Treff", values["hours_text"])

    def test_an_hour_that_its_offer_names_is_agreed_once(self):
        same = {"weekday": self.hour.weekday, "hour_from": 9, "hour_to": 11.5}
        self.offer.hour_ids = [Command.create(same)]
        self.assertEqual(self._prefilled()["hours_agreed"], 10)
        self.offer.hour_ids = [Command.create({**same, "hour_from": 14, "hour_to": 15})]
        self.assertEqual(self._prefilled()["hours_agreed"], 14, "another one is added")

    def test_without_hours_of_its_own_nothing_is_known(self):
        other = self._active(title="Ohne Räume", offer=self._offer("Gruppe"))
        real = self.env["sozial.agreement.report"]._prefilled(other, self.period)
        self.assertEqual(real["hours_held"], real["hours_agreed"])

    def test_bookings_by_the_agreement_are_counted(self):
        self._book_by_portal(room=self.left, days=2)
        self._book_by_portal(room=self.left, days=3)
        self._book_by_portal(room=self.right, days=3)
        tables = [table for table in self._prefilled()["figures"] if table["rows"] == [{"label": "Links, Treff", "value": "2"}]]
        self.assertEqual(len(tables), 1, "asked for without the agreement it is no booking of the agreement")

    def _visitors(self, number, age_group="adults", date=0):
        values = {"session_id": self.dates[date].session_ids.id, "role": "participant", "age_group": age_group, "number": number}
        with self._later():
            self.env["sozial.activity.count"].sudo().create(values)

    def test_visits_are_told_and_small_ones_hidden(self):
        self._visitors(12)
        self._visitors(3, "older")
        [table] = self._prefilled()["figures"]
        told = {row["label"]: row["value"] for row in table["rows"]}
        self.assertIn("Treff", table["title"])
        self.assertNotIn("3", told.values())
        self.assertNotEqual(told.get("Insgesamt", told.get("Total")), "15", "else the small one could be reckoned")

    def test_visits_are_told(self):
        self._visitors(12)
        [table] = self._prefilled()["figures"]
        self.assertIn("12", [row["value"] for row in table["rows"]])

    def test_made_again_it_says_the_same(self):
        self._visitors(12)
        before = self._prefilled()["figures"]
        self._visitors(30, date=1)
        self.assertEqual(self._prefilled()["figures"], before, "what was told once stays as it was told")
