from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .attendance_common import AttendanceCommon


@tagged("post_install", "-at_install")
class TestAttendanceFigures(AttendanceCommon):
    """What funders get: visits, volunteer minutes, expenses; small figures and what gives them away hidden."""

    def setUp(self):
        super().setUp()
        self.paid = self._activity("Yoga", cost=5)
        self.yoga = self._session(self.paid, datetime(2027, 3, 3, 9), datetime(2027, 3, 3, 10))
        self._sheet(counts={"participant": {"adults": 8, "children": 6}, "volunteer": {"adults": 2}}, expense=28)
        self.now = datetime(2027, 3, 3, 10)
        self._sheet(self.yoga, counts={"participant": {"older": 3, "adults": 9}})
        self.now = datetime(2027, 5, 1, 10)

    def _facts(self, *by, domain=(), sums=("__count",)):
        facts = self.env["sozial.activity.fact"].sudo()
        return facts._read_group([("company_id", "=", self.company.id), *domain], list(by), list(sums))

    def _table(self, measure, rows, columns=False, year=2027, quarter="1"):
        """Published by somebody who has figures only: ``{row: values}``."""
        releases = self._as(self.env["sozial.figure.release"], self.report)
        release = releases._publish("sozial.activity.fact", measure, rows, columns, year, quarter)
        return {row["label"]: row["values"] for row in release.cells["body"]}

    def test_visits_are_counted_once(self):
        participants = [("role", "=", "participant")]
        self.assertEqual(
            dict(self._facts("age_group", domain=participants)), {"children": 6, "adults": 17, "older": 3}
        )
        self.assertEqual(dict(self._facts("paid", domain=participants)), {"free": 14, "paid": 12})
        self.assertEqual(dict(self._facts("weekday", domain=participants)), {"0": 14, "2": 12})
        self.assertEqual(self._facts("quarter_id", "hour", domain=participants), [(self.quarter, "10", 26)])
        self.assertEqual(self._facts(domain=[("role", "=", "volunteer")], sums=["minutes:sum"]), [(240,)])

    def test_named_people_are_not_counted_beside_everybody(self):
        session = self._session(self.activity, datetime(2027, 3, 8, 9), datetime(2027, 3, 8, 11))
        for mode, expected in (("others", 7), ("everybody", 5)):
            values = {"add": [self._line("A"), self._line("B")], "counts": {"participant": {"adults": 5}}} if mode == "others" else {}
            self._sheet(session, mode=mode, **values)
            with self.subTest(mode=mode):
                found = self._facts(domain=[("day", "=", date(2027, 3, 8))])
                self.assertEqual(found, [(expected,)])

    def test_what_did_not_take_place_is_not_there(self):
        self._session(self.activity, datetime(2027, 6, 8, 9), datetime(2027, 6, 8, 11)).action_cancel()
        self.assertEqual(self._facts(domain=[("day", ">", date(2027, 3, 3))]), [(0,)])

    def test_small_figures_and_what_gives_them_away_are_hidden(self):
        by_age = self._table("visits", "age_group")
        values = {label: row[0] for label, row in by_age.items()}
        self.assertIsNone(values["Older people (65 and older)"], "three")
        self.assertNotIn(3, values.values())
        known = [value for label, value in values.items() if label != "Total" and value is not None]
        self.assertFalse(values["Total"] is not None and values["Total"] - sum(known) == 3, "not by subtraction either")

    def test_few_people_who_come_often_are_few(self):
        """Three people who come four times are twelve visits, and still three people."""
        few = self._activity("Schach")
        begin = datetime(2027, 4, 1, 9)
        for week in range(4):
            session = self._session(few, begin + timedelta(weeks=week), begin + timedelta(weeks=week, hours=1))
            self._sheet(session, counts={"participant": {"older": 3}})
        self.now = datetime(2027, 8, 1, 10)
        self.assertEqual(self._facts("activity_id", domain=[("activity_id", "=", few.id)]), [(few, 12)])
        self.assertNotIn(12, [row[0] for row in self._table("visits", "activity_id", quarter="2").values()])

    def test_publishing_locks_the_quarter(self):
        self._table("visits", "paid")
        with self._told("locked"):
            self._sheet(self.yoga, counts={"participant": {"older": 9}}, seen={"participant": {"older": 3}})
        self.assertEqual(self.env["sozial.activity.quarter"].search([("company_id", "=", self.company.id)]).first_day, date(2027, 1, 1))

    def test_expenses_and_free_and_paid(self):
        self._led("Ahrens", "Brandt", "Celik")
        table = self._table("cost", "paid", quarter="2")
        self.assertEqual(table["Free use"], [300], "three times 30 euros for 10 visits")
        self.assertEqual(self._table("visits", "paid")["Total"], [26])

    def test_expenses_are_divided_to_the_cent(self):
        """Seven people and 100 euros: rounded for each alone, a cent would be missing for every one of them."""
        day = datetime(2027, 4, 8, 9)
        session = self._session(self._activity("Kochen"), day, day + timedelta(hours=1))
        self.now = day
        counts = {"participant": {"children": 2, "adults": 4, "older": 1}, "volunteer": {"adults": 1}}
        self._sheet(session, counts=counts, expense=100)
        visits = self.env["sozial.activity.fact"].search([("activity_id", "=", session.activity_id.id)])
        self.assertEqual(sorted(visits.mapped("cents")), [0, *[1428] * 3, *[1429] * 4])
        self.assertEqual(sum(visits.mapped("cents")), 10000)

    def _led(self, *names, activity=None, fee=30, day=datetime(2027, 4, 5, 9)):
        """A session of ten visitors on a day of its own for each of those who led it and got the fee."""
        for name in names:
            day += timedelta(days=1)
            leader = self.env["res.partner"].create({"name": name, "company_id": self.company.id}) if isinstance(name, str) else name
            session = self._session(activity or self.activity, day, day + timedelta(hours=1), leader_id=leader.id)
            self._sheet(session, counts={"participant": {"adults": 10}}, expense=fee)
        self.now = datetime(2027, 8, 1, 10)

    def test_what_one_or_two_were_paid_is_told_to_nobody(self):
        """Ten visitors or more stand behind each figure, but the fees of two: each could subtract the own one."""
        for number in (1, 2):
            few = self._activity(f"Kurs {number}")
            self.now = datetime(2027, 4, 30, 10)
            self._led(*("Ahrens", "Brandt")[:number], activity=few)
        self.now = datetime(2027, 4, 30, 10)
        self._led("Dede", "Ernst", "Faber", "Groß", fee=40)
        table = self._table("cost", "activity_id", quarter="2")
        self.assertEqual({label: table[label] for label in ("Kurs 1", "Kurs 2")}, {"Kurs 1": [None], "Kurs 2": [None]})
        self.assertEqual(table["Frühstück"], [400], "four fees")
        self.assertEqual(self._table("visits", "activity_id", quarter="2")["Kurs 1"], [10], "how many came may be known")

    def test_nor_by_subtraction_from_a_total(self):
        """One fee is hidden: the total and the other figure would give it away together."""
        self.now = datetime(2027, 4, 30, 10)
        self._led("Ahrens", activity=self.paid)
        self.now = datetime(2027, 4, 30, 10)
        self._led("Dede", "Ernst", "Faber")
        table = self._table("cost", "activity_id", quarter="2")
        self.assertIsNone(table["Yoga"][0])
        self.assertIn(None, (table["Frühstück"][0], table["Total"][0]))
        again = self._table("cost", "paid", quarter="2")
        self.assertIsNone(again["Paid use"][0], "the same fee under another name")
        self.assertIn(None, (again["Free use"][0], again["Total"][0]))

    def test_who_led_often_is_one_payee(self):
        leader = self.env["res.partner"].create({"name": "Ahrens", "company_id": self.company.id})
        self._led(*[leader] * 4)
        self.assertEqual(set(map(tuple, self._table("cost", "activity_id", quarter="2").values())), {(None,)})

    def test_what_cost_nothing_is_shown(self):
        self._led("Ahrens", fee=0)
        self.assertEqual(self._table("cost", "activity_id", quarter="2")["Frühstück"], [0])

    def test_hours_entered_by_hand_count_and_those_of_lists_once(self):
        helper = self._helper()
        hours = self._as(self.env["sozial.volunteer.hour"], self.room_user)
        hours.create({"volunteer_id": helper.id, "day": "2027-03-05", "minutes": 30, "centre_id": self.centre.id})
        self._sheet(add=[self._line("Renate", role="volunteer", volunteer_id=helper.id)])
        self.assertEqual(self._facts(domain=[("role", "=", "volunteer")], sums=["minutes:sum"]), [(240 + 120 + 30,)])

    def test_nobody_reads_the_rows(self):
        facts = self.env["sozial.activity.fact"]
        for user in (self.room_manager, self.room_user, self.report, self.worker, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(facts, user).search([], limit=1)
        self.assertTrue(facts.sudo().search([("company_id", "=", self.company.id)], limit=1), "the positive control")
