"""The demo's years of attendance: what the report to a funder shows of them, and that they fit any day of installation."""

from datetime import date, datetime
from unittest.mock import patch

from odoo.fields import Date
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..demo.attendance_years import AttendanceYears

MODULE = "sozial_management_room"
# who came, counted once, in plain words: everybody's number, or the guests' number and the names
VISITS = """
    SELECT centre.quarter_id::text, sum(number)::int
      FROM sozial_activity_session session
      JOIN sozial_centre centre ON centre.id = session.centre_id
      JOIN LATERAL (
            SELECT COALESCE(sum(number), 0) AS number FROM sozial_activity_count WHERE session_id = session.id AND role = 'participant'
             UNION ALL
            SELECT count(*) FROM sozial_activity_attendance WHERE session_id = session.id AND role = 'participant'
               AND NOT EXISTS (SELECT FROM sozial_activity_sheet WHERE session_id = session.id AND mode = 'everybody')
      ) came ON TRUE
     WHERE session.company_id = %s AND session.state = 'planned'
       AND extract(year FROM session.start AT TIME ZONE 'UTC' AT TIME ZONE centre.tz) = %s
     GROUP BY 1
"""


@tagged("post_install", "-at_install")
class TestDemoAttendance(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.ref(f"{MODULE}.demo_activity_cafe", raise_if_not_found=False):
            raise AssertionError("The demo data is missing: install the addon with demo data.")
        cls.company = cls.env.ref("base.main_company")

    def _tables(self):
        """The published tables of the demo's report: ``{request: body by key}``, of its own year."""
        found = self.env["sozial.figure.release"].search([("company_id", "=", self.company.id), ("source", "=", "sozial.activity.fact")])
        self.assertTrue(found)
        latest = max(found.mapped("year"))
        return latest, {
            (table.measure, table.cells["rows"]): {row["key"]: row["values"] for row in table.cells["body"]}
            for table in found.filtered(lambda one: one.year == latest and not one.quarter)
        }

    def _label(self, measure, dimension):
        source = self.env(context={"lang": "de_DE"})["sozial.activity.fact"]
        return source._figure_measures()[measure].label, source._figure_dimension_label(dimension)

    def test_visits_are_those_of_the_sheets(self):
        year, tables = self._tables()
        shown = tables[self._label("visits", "quarter_id")]
        self.env.cr.execute(SQL(VISITS, self.company.id, year))
        counted = dict(self.env.cr.fetchall())
        self.assertGreaterEqual(len(counted), 3)
        self.assertEqual({key: values[-1] for key, values in shown.items() if key in counted}, counted)

    def test_small_groups_are_hidden_and_cost_is_told(self):
        _year, tables = self._tables()
        activities = tables[self._label("visits", "activity_id")]
        small = str(self.env.ref(f"{MODULE}.demo_activity_fahrrad").id)
        self.assertEqual(set(activities[small]), {None})
        self.assertGreater(sum(None not in values for values in activities.values()), 8)
        quarter = str(self.env.ref(f"{MODULE}.demo_quarter_lindenhof").id)
        for measure in ("cost", "volunteer_minutes"):
            with self.subTest(measure=measure):
                self.assertTrue(all(tables[self._label(measure, "quarter_id")][quarter]))

    def test_rooms_were_used(self):
        """For the heat map, and for paid and free use."""
        done = [("centre_id", "=", self.env.ref(f"{MODULE}.demo_centre_begegnungszentrum").id), ("state", "=", "done")]
        use = self.env["sozial.room.use"]._read_group(done, ["paid"], ["weekday:count_distinct"])
        self.assertEqual([(paid, days >= 2) for paid, days in use], [("free", True), ("paid", True)])

    def test_any_day_of_installation_will_do(self):
        """Nothing lies ahead, and the report of the latest year and the one before it are filled."""
        with patch.object(Date, "context_today") as today:
            for day in (date(2027, 1, 1), date(2027, 1, 10), date(2027, 1, 11), date(2028, 2, 29), date(2026, 12, 31), date(2027, 6, 13)):
                with self.subTest(day=day):
                    today.side_effect = lambda *_args, day=day: day
                    years = AttendanceYears(self.env)
                    sessions = [*years._groups(), *years._feasts()]
                    self.assertLess(max(one["stop"] for one in sessions), datetime.combine(day, datetime.min.time()))
                    self.assertLess(max(one["day"] for one in years._hours()), day)
                    latest = self.env["sozial.figure.release"]._latest_year()
                    for year in (latest, latest - 1):
                        self.assertEqual({one["start"].month for one in sessions if one["start"].year == year}, set(range(1, 13)))
                    numbers = [row[2]["number"] for one in sessions for row in one["count_ids"]]
                    self.assertTrue({1, 2, 3} <= set(numbers) and min(numbers) > 0)
