from datetime import date
from io import BytesIO

from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RoomCommon

PERIOD = {"date_from": date(2027, 3, 1), "date_until": date(2027, 3, 31)}


@tagged("post_install", "-at_install")
class TestUtilisation(RoomCommon):
    """Used hours by room, weekday and hour, free and paid, and by whom without telling who."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.centre.calendar_id = cls.env["resource.calendar"].create(
            {
                "name": "Treff", "company_id": cls.company.id, "tz": "Europe/Berlin",
                "attendance_ids": [
                    Command.create({"name": str(day), "dayofweek": str(day), "hour_from": 8, "hour_to": 20, "day_period": "morning"})
                    for day in (0, 1)
                ],
            }
        )  # fmt: skip
        cls.kitchen.fee_ids = [Command.create({"name": "Nutzung", "customer_group": "tenant", "amount": 10})]
        cls.people = cls.env["res.partner"].create([{"name": f"Person {n}", "company_id": cls.company.id} for n in range(6)])

    def _report(self, user=None, **values):
        reports = self.env["sozial.room.utilisation"].with_user(user or self.room_user).with_context(allowed_company_ids=self.company.ids)
        return reports.create({"centre_id": self.centre.id, **PERIOD, **values})

    def _rows(self, fields):
        use = self.env["sozial.room.use"].with_user(self.room_user).with_context(allowed_company_ids=self.company.ids)
        return use._read_group([("centre_id", "=", self.centre.id)], fields, ["hours:sum"])

    def test_hours_are_cut_by_the_clock_of_the_centre(self):
        self._book(start="08:30:00", stop="10:15:00")  # Monday, 9:30 to 11:15
        self._book(day="2027-07-05 ", start="08:30:00", stop="09:00:00")  # in summer 10:30
        self.assertEqual(self._rows(["weekday", "hour"]), [("0", "09", 0.5), ("0", "10", 1.5), ("0", "11", 0.25)])

    def test_across_midnight_and_state(self):
        self._book(start="22:30:00", stop="2027-03-02 00:30:00")  # Tuesday by the clock after half past eleven
        self._book(self.left, state="requested")
        self._book(self.right).action_cancel()
        found = {(day, hour): hours for day, hour, hours in self._rows(["day:day", "hour"])}
        self.assertEqual(found, {(date(2027, 3, 2), "01"): 0.5, (date(2027, 3, 2), "00"): 1.0, (date(2027, 3, 1), "23"): 0.5})

    def test_paid_and_free(self):
        self._book(partner_id=self.people[0].id)
        self._book(start="11:00:00", stop="13:00:00", partner_id=self.club.id)
        self.assertEqual(sorted(self._rows(["customer_group", "paid"])), [("partner", "free", 2.0), ("tenant", "paid", 1.0)])

    def test_the_share_of_the_opening_hours(self):
        """Five Mondays and five Tuesdays are open in March 2027; a hall counts for both its halves."""
        self._book(self.hall, start="09:00:00", stop="10:00:00")  # Monday 10 to 11: two of three parts, one of five Mondays
        values = self._report()._values()
        monday = dict(zip(values["hours"], values["lines"][0]["cells"], strict=True))
        self.assertEqual([line["name"] for line in values["lines"]], ["Monday", "Tuesday"])
        self.assertEqual((monday[10].used, monday[10].open), (2, 15))
        self.assertEqual((monday[10].percent, monday[9].percent), (13, 0))
        rooms = {line["name"]: line["used"] for line in values["rooms"]}
        self.assertEqual(rooms, {"Links": 0, "Rechts": 0, "Küche": 0, "Saal": 1})
        half = self._report(room_ids=[Command.set(self.left.ids)])._values()
        self.assertEqual(half["lines"][0]["cells"][half["hours"].index(10)].percent, 20)

    def test_public_holidays_are_not_open(self):
        self.centre.holiday_state = "NI"
        with_easter = self._report(date_from=date(2027, 3, 29), date_until=date(2027, 3, 29))  # Easter Monday
        self.assertFalse(with_easter._values()["lines"])

    def test_few_are_not_told_apart(self):
        for number, person in enumerate(self.people[:4]):
            self._book(partner_id=person.id, day=f"2027-03-{number + 2:02} ")
        self._book(self.left, start="09:00:00", stop="12:00:00")
        report = self._report()
        values = report._values()
        self.assertTrue(values["any_hidden"])
        self.assertFalse(values["groups"], "one other row only: the hours of the rooms would tell")
        self.assertNotIn("Tenants", report.result)
        self._book(partner_id=self.people[4].id, day="2027-03-09 ")
        values = self._report()._values()
        self.assertEqual(sorted(line["hours"] for line in values["groups"]), [3, 5])
        self.assertEqual(values["total"], 8)

    def test_bad_periods_are_named(self):
        for values in ({"date_until": date(2027, 2, 1)}, {"date_until": date(2031, 1, 1)}):
            report = self._report(**values)
            self.assertIn("alert", report.result)
            for step in (report.action_print, report.action_pivot):
                with self.assertRaises(UserError):
                    step()

    def test_the_print_is_what_the_screen_shows(self):
        self._book(partner_id=self.club.id)
        report = self._report()
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = reports._render_qweb_pdf("sozial_management_room.report_utilisation", report.ids)
        self.assertEqual(kind, "pdf")
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        for word in (self.centre.name, "Küche", "Monday"):
            self.assertIn(word, text)
        self.assertNotIn("Chor", text)

    def test_another_company_and_other_roles_see_nothing(self):
        self._book()
        stranger = self._user("t_use_stranger", groups="sozial_management_room.group_sozial_room_manager", company=self.other_company)
        self.assertTrue(self._rows(["room_id"]), "the positive control")
        away = self.env["sozial.room.use"].with_user(stranger).with_context(allowed_company_ids=self.other_company.ids)
        self.assertFalse(away._read_group([("centre_id", "=", self.centre.id)], ["room_id"], ["hours:sum"]))
        with self.assertRaises(AccessError):
            self.env["sozial.room.utilisation"].with_user(stranger).with_context(allowed_company_ids=self.other_company.ids).create(
                {"centre_id": self.centre.id, **PERIOD}
            )._values()
        with self.assertRaises(AccessError):
            self.env["sozial.room.use"].with_user(self.worker)._read_group([], ["room_id"], ["hours:sum"])
