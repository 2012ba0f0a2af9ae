from datetime import datetime

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .attendance_common import BEGIN, AttendanceCommon

PAST_QUARTER = datetime(2027, 5, 1, 10)


@tagged("post_install", "-at_install")
class TestJointSessions(AttendanceCommon):
    """A session names with whom it is run, at first as its activity; programme and figures go by the session."""

    def setUp(self):
        super().setUp()
        self.school = self.env["res.partner"].create({"name": "Schule am Park", "is_company": True, "company_id": self.company.id})
        self.kita = self.env["res.partner"].create({"name": "Kita Nord", "is_company": True, "company_id": self.company.id})
        self.baking = self._activity("Backen", partner_ids=[Command.set(self.school.ids)], published=True)
        self.baking.action_run()
        self.first = self._session(self.baking, datetime(2027, 3, 2, 9), datetime(2027, 3, 2, 10))
        self.second = self._session(self.baking, datetime(2027, 3, 3, 9), datetime(2027, 3, 3, 10))

    def _lines(self):
        lines = self.env["sozial.programme"]._lines(self.company, BEGIN.date(), datetime(2027, 3, 7).date())
        return {line["id"]: line["partners"] for line in lines}

    def test_a_session_begins_with_the_partners_of_its_activity(self):
        self.assertEqual((self.first.partner_ids, self.session.partner_ids), (self.school, self.env["res.partner"]))
        alone = self._session(self.baking, datetime(2027, 3, 4, 9), datetime(2027, 3, 4, 10), partner_ids=[Command.clear()])
        self.assertFalse(alone.partner_ids)

    def test_other_partners_of_the_activity_run_what_is_to_come(self):
        over = self._session(self.baking, datetime(2027, 2, 22, 9), datetime(2027, 2, 22, 10))
        self.second.partner_ids = self.school | self.kita
        self._as(self.baking, self.room_manager).partner_ids = [Command.set(self.kita.ids)]
        self.assertEqual(self.first.partner_ids, self.kita)
        self.assertEqual(self.second.partner_ids, self.school | self.kita, "what was agreed for one of them stays")
        self.assertEqual(over.partner_ids, self.school, "what was, was")

    def test_dates_of_a_series_too(self):
        series = self.env["sozial.room.series"].create(
            {"name": "Backen", "room_id": self.kitchen.id, "activity_id": self.baking.id, "date_start": "2027-04-05",
             "date_until": "2027-04-19", "time_start": 10, "time_end": 11, "customer_group": "own"}
        )  # fmt: skip
        series.action_book()
        sessions = series.booking_ids.session_ids
        self.assertEqual((len(sessions) > 1, sessions.partner_ids), (True, self.school))

    def test_organisations_of_the_own_company_only(self):
        with self.assertRaises(ValidationError) as caught:
            self.first.partner_ids = self._person()
        self.assertIn("no organisation", str(caught.exception))
        away = self.env["res.partner"].create({"name": "Fern", "is_company": True, "company_id": self.other_company.id})
        with self.assertRaises(UserError):
            self.first.partner_ids = away

    def _person(self):
        return self.env["res.partner"].create({"name": "Frau Ahrens", "company_id": self.company.id})

    def test_the_programme_names_those_of_the_session(self):
        self.second.partner_ids = self.kita
        self.assertEqual(self._lines(), {self.first.id: ["Schule am Park"], self.second.id: ["Kita Nord"]})
        self.second.partner_ids = False
        self.assertEqual(self._lines()[self.second.id], [])

    def test_figures_count_joint_sessions(self):
        self.second.partner_ids = False
        self.now = datetime(2027, 3, 3, 10)
        for session, number in ((self.session, 20), (self.first, 30), (self.second, 40)):
            self._sheet(session, counts={"participant": {"adults": number}, "volunteer": {"adults": 1}})
        rows = self._as(self.env["sozial.activity.comparison"], self.room_manager)
        mine = [("company_id", "=", self.company.id), ("year", "=", "2027"), ("role", "=", "participant")]
        found = rows._read_group(mine, ["joint"], ["sessions:sum", "visits:sum"])
        self.assertEqual(set(found), {("joint", 1, 30), ("own", 2, 60)})
        by_activity = rows._read_group([*mine, ("activity_id", "=", self.baking.id)], ["joint"], ["sessions:sum"])
        self.assertEqual(dict(by_activity), {"joint": 1, "own": 1})
        self.now = PAST_QUARTER
        releases = self._as(self.env["sozial.figure.release"], self.report)
        release = releases._publish("sozial.activity.fact", "visits", "joint", False, 2027, "1")
        self.assertEqual({row["label"]: row["values"] for row in release.cells["body"]}, {
            "Together with partners": [30], "On our own": [60], "Total": [90],
        })  # fmt: skip
        report = self._as(self.env["sozial.activity.report"], self.report).create({"year": "2027", "quarter": "1"})
        report.action_publish()
        joint = next(table for table in report._tables() if table["title"] == "Joint sessions with partners (visits)")
        self.assertEqual([line["values"][0] for line in joint["lines"]], [30, 60, 90])

    def test_the_year_before_has_no_sessions_of_this_one(self):
        former = self._session(self.baking, datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 10))
        self._sheet(former, counts={"participant": {"adults": 7}})
        self.now = PAST_QUARTER
        rows = self._as(self.env["sozial.activity.comparison"], self.room_manager)
        found = rows._read_group([("activity_id", "=", self.baking.id)], ["year"], ["sessions:sum", "visits:sum", "visits_before:sum"])
        self.assertEqual(set(found), {("2026", 1, 7, 0), ("2027", 0, 0, 7)})

    def test_what_was_reported_stays_joint(self):
        self._sheet(self.session, counts={"participant": {"adults": 20}})
        self.now = PAST_QUARTER
        self._as(self.env["sozial.activity.quarter"], self.room_manager).create({"centre_id": self.centre.id, "first_day": "2027-01-01"})
        first = self._as(self.first, self.room_user)
        for step in (
            lambda: first.write({"partner_ids": False}), lambda: self.session.write({"partner_ids": [Command.link(self.kita.id)]}),
        ):  # fmt: skip
            with self._told("locked"):
                step()
        first.partner_ids = self.school | self.kita
        self.assertEqual(first.partner_ids, self.school | self.kita, "one more changes no figure")
