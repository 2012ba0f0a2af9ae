from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .attendance_common import AttendanceCommon

# the pivot as it opens: the whole, by year, by activity and by calendar quarter; whoever lets it rise says why
PINNED = 5


@tagged("post_install", "-at_install")
class TestActivityComparison(AttendanceCommon):
    """Visits by calendar quarter and activity beside the year before."""

    def setUp(self):
        super().setUp()
        former = self._session(self.activity, datetime(2026, 2, 3, 9), datetime(2026, 2, 3, 10))
        later = self._session(self.activity, datetime(2026, 3, 30, 9), datetime(2026, 3, 30, 10))
        self.yoga = self._activity("Yoga")
        summer = self._session(self.yoga, datetime(2026, 7, 6, 9), datetime(2026, 7, 6, 10))
        for session, number in ((former, 9), (later, 4), (summer, 6)):
            self._sheet(session, counts={"participant": {"adults": number}})
        self._sheet(add=[self._line("Frau Ahrens")], counts={"participant": {"adults": 11}, "volunteer": {"adults": 2}})

    def _rows(self, *by, user=None, **where):
        rows = self._as(self.env["sozial.activity.comparison"], user or self.room_manager)
        where = {"company_id": self.company.id, "role": "participant", **where}
        domain = [(name, "=", value) for name, value in where.items()]
        return {
            tuple(keys): (visits, before, change)
            for *keys, visits, before, change in rows._read_group(domain, list(by), ["visits:sum", "visits_before:sum", "change:sum"])
        }

    def test_a_running_quarter_stands_beside_as_much_of_the_former_one(self):
        """On 1 March 2027 the four of 30 March 2026 are not the former year's: they come at the end of the month."""
        self.assertEqual(self._rows("year", "quarter", activity_id=self.activity.id), {
            ("2026", "1"): (13, 0, 13), ("2027", "1"): (12, 9, 3),
        })  # fmt: skip
        self.now = datetime(2027, 5, 1, 10)
        self.assertEqual(self._rows("year", "quarter", activity_id=self.activity.id)["2027", "1"], (12, 13, -1))

    def test_what_is_missing_this_year_shows_as_a_loss(self):
        self.now = datetime(2027, 8, 1, 10)
        self.assertEqual(self._rows("activity_id", year="2027"), {(self.activity,): (12, 13, -1), (self.yoga,): (0, 6, -6)})

    def test_by_centre_and_role(self):
        self.assertEqual(self._rows("centre_id", year="2027"), {(self.centre,): (12, 9, 3)})
        self.assertEqual(self._rows("role", year="2027"), {("participant",): (12, 9, 3)})
        volunteers = self._as(self.env["sozial.activity.comparison"], self.room_manager)._read_group(
            [("company_id", "=", self.company.id), ("role", "=", "volunteer")], [], ["visits:sum"]
        )
        self.assertEqual(volunteers, [(2,)])

    def test_for_the_management_of_the_own_company_only(self):
        """These numbers are not suppressed: they are for those who answer for the sheets."""
        self.assertTrue(self._rows("year"), "the positive control")
        for user in (self.room_user, self.report, self.lead, self.worker, self.frontdesk, self.system, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._rows("year", user=user)
        stranger = self._user("t_compare_stranger", groups="sozial_management_room.group_sozial_room_manager", company=self.other_company)
        away = self.env["sozial.activity.comparison"].with_user(stranger).with_context(allowed_company_ids=self.other_company.ids)
        self.assertFalse(away.search([("company_id", "=", self.company.id)], limit=1))

    def _asked(self):
        rows = self._as(self.env["sozial.activity.comparison"], self.room_manager)
        own, measures = [("company_id", "=", self.company.id)], ["visits_before:sum", "visits:sum", "change:sum"]
        sets = [["year", "activity_id", "quarter"][:number] for number in range(4)]
        begin = self.cr.sql_log_count
        for groups in sets:
            found = rows.formatted_read_group(own, groups, measures)
        self.assertTrue(found)
        return self.cr.sql_log_count - begin

    def test_more_years_and_activities_ask_no_more_often(self):
        self._asked()
        used = self._asked()
        for year in range(2016, 2026):
            activity = self._activity(f"Kurs {year}")
            session = self._session(activity, datetime(year, 5, 4, 9), datetime(year, 5, 4, 10))
            self._sheet(session, counts={"participant": {"adults": 5}})
        self.assertEqual(self._asked(), used, "more years, not more queries")
        self.assertEqual(used, PINNED)
