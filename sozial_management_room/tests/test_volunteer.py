from datetime import date, timedelta
from io import BytesIO
from unittest.mock import patch

from psycopg2 import IntegrityError
from pypdf import PdfReader

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RoomCommon

TODAY = date(2026, 11, 22)


@tagged("post_install", "-at_install")
class TestVolunteer(RoomCommon):
    """The register: papers by their dates only, allowances against the limit, hours, thanks, and an end to it all."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(fields.Date, "context_today", lambda *args, **kwargs: TODAY))
        self.person = self.env["res.partner"].create({"name": "Renate Wiegand", "company_id": self.company.id})
        self.volunteer = self._volunteer(insurance="company")

    def _volunteer(self, person=None, **values):
        register = self.env["sozial.volunteer"].with_user(self.room_manager).with_context(allowed_company_ids=self.company.ids)
        return register.create(
            {"partner_id": (person or self.person).id, "centre_ids": [Command.set(self.centre.ids)], "active_from": "2020-01-01", **values}
        )

    def _another(self, name="Yusuf Aydin", **values):
        return self._volunteer(self.env["res.partner"].create({"name": name, "company_id": self.company.id}), **values)

    def test_an_unsaved_form_tells_nothing_of_a_foreign_contact(self):
        foreign = self.env["res.partner"].create(
            {"name": "Fremd", "phone": "0815", "email": "fremd@example.com", "company_id": self.other_company.id}
        )
        spec = {"partner_id": {}, "phone": {}, "email": {}}
        register = self._as(self.env["sozial.volunteer"], self.room_manager)
        self.person.phone = "4711"
        told = register.onchange({"partner_id": self.person.id}, ["partner_id"], spec)
        self.assertEqual(told["value"]["phone"], "4711", "the positive control")
        with self.assertRaises(AccessError):
            register.onchange({"partner_id": foreign.id}, ["partner_id"], spec)

    def _found(self, field, value):
        return self._as(self.env["sozial.volunteer"], self.room_manager).search([(field, "=", value)])

    def test_papers_and_how_they_are_found(self):
        without = self._another()
        minors = self._another("M", insurance="own", with_minors=True, certificate_seen_on="2026-01-10", certificate_dated="2026-01-02")
        ends = self._another("E", insurance="own", insured_until=TODAY + timedelta(days=60))
        stopped = self._another("S", active_until="2026-01-01")
        self.assertEqual(minors.certificate_until, date(2031, 1, 2))
        self.assertEqual(minors.certificate_seen_by, self.room_manager)
        people = self.volunteer | without | minors | ends | stopped
        self.assertEqual(people.mapped("papers"), ["good", "missing", "good", "good", "good"])
        ends.insured_until = TODAY + timedelta(days=59)
        minors.certificate_until = TODAY - timedelta(days=1)
        people.invalidate_recordset(["papers"])
        self.assertEqual(people.mapped("papers"), ["good", "missing", "missing", "soon", "good"])
        for state in ("good", "soon", "missing"):
            self.assertEqual(self._found("papers", state) & people, people.filtered(lambda row, state=state: row.papers == state))

    def test_who_saw_a_certificate_is_not_entered_by_hand(self):
        with self.assertRaises(UserError):
            self.volunteer.certificate_seen_by = self.room_user
        with self.assertRaises(UserError):
            self._another(certificate_seen_by=self.room_user.id)

    def test_what_must_never_be(self):
        with self.assertRaises(ValidationError):
            self.volunteer.certificate_seen_on = TODAY + timedelta(days=1)
        with self.assertRaises(ValidationError):
            self._volunteer(self.club)
        register = self.env["sozial.volunteer"]
        for values in (
            {"active_until": "2019-12-31"},
            {"certificate_seen_on": "2026-01-01", "certificate_dated": "2026-02-01"},
            {"certificate_until": "2027-01-01"},
        ):
            with self.subTest(values=values), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.volunteer.write(values)
                self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            register.create({"partner_id": self.person.id, "company_id": self.company.id})

    def test_the_management_alone_reads_papers_and_allowances(self):
        self.volunteer.allowance_ids = [Command.create({"amount": 100})]
        mine = self._as(self.volunteer, self.room_user)
        self.assertTrue(mine.read(["partner_id", "phone", "insurance", "hours_year"]), "the positive control")
        for name in ("certificate_seen_on", "certificate_until", "papers", "allowance_ids", "allowance_year", "allowance_over"):
            with self.subTest(name=name):
                self.assertTrue(self.volunteer.read([name]))
                with self.assertRaises(AccessError):
                    mine.read([name])
                with self.assertRaises(AccessError):
                    mine.search([(name, "!=", False)])

    def test_the_allowance_against_the_limit_of_its_year(self):
        pay = lambda day, amount: self.volunteer.write({"allowance_ids": [Command.create({"day": day, "amount": amount})]})  # noqa: E731
        pay("2025-12-31", 500)
        pay("2026-01-01", 960)
        self.assertEqual((self.volunteer.allowance_year, self.volunteer.allowance_limit), (960, 960))
        self.assertFalse(self.volunteer.allowance_over or self.volunteer.allowance_warning)
        self.assertNotIn(self.volunteer, self._found("allowance_over", True))
        pay("2026-06-01", 0.01)
        self.assertTrue(self.volunteer.allowance_over)
        self.assertIn("26a", self.volunteer.allowance_warning)
        self.assertIn(self.volunteer, self._found("allowance_over", True))
        self.assertNotIn(self.volunteer, self._found("allowance_over", False))
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            pay("2026-06-01", 0)

    def test_a_limit_is_not_used_outside_its_years(self):
        register = self.env["sozial.volunteer"]
        self.assertEqual([register._allowance_limit(date(year, 7, 1)) for year in (2020, 2021, 2025, 2026)], [None, 840, 840, 960])
        self.assertIn("2020", register._allowance_words(10, None, 2020))
        self.assertFalse(register._allowance_words(0, None, 2020))

    def test_hours(self):
        hours = self._as(self.env["sozial.volunteer.hour"], self.room_user)
        row = hours.create({"volunteer_id": self.volunteer.id, "day": "2026-11-01", "minutes": 90})
        hours.create({"volunteer_id": self.volunteer.id, "day": "2025-11-01", "minutes": 30})
        self.assertEqual((self.volunteer.hours_total, self.volunteer.hours_year), (2, 1.5))
        with self.assertRaises(ValidationError):
            row.day = TODAY + timedelta(days=2)
        with self.assertRaises(ValidationError):
            hours.create({"day": "2026-11-01", "minutes": 90})
        with self.assertRaises(ValidationError):
            hours.create([{"volunteer_id": self.volunteer.id, "day": "2026-11-02", "minutes": 721} for _n in range(2)])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            row.minutes = 0
            self.env.flush_all()

    def test_reminders_come_once_for_each_expiry(self):
        self.volunteer.insured_until = TODAY + timedelta(days=30)
        self.centre.manager_id = self.room_manager
        nobody = self._another(insurance="own", insured_until=TODAY, centre_ids=False)
        stopped = self._another("S", insurance="own", insured_until=TODAY, active_until="2026-01-01")
        cron = self.env["sozial.volunteer"]._cron_papers
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: None):
            cron()
            cron()
            activity = self.volunteer.sudo().activity_ids
            soon = TODAY + timedelta(days=14)  # everybody who reads the register reads this day: not that on which papers expire
            self.assertEqual((activity.user_id, activity.date_deadline), (self.room_manager, soon))
            self.assertNotIn("Renate", activity.summary)
            self.assertFalse((nobody | stopped).sudo().activity_ids)
            self.volunteer.insured_until = TODAY + timedelta(days=40)
            cron()
        self.assertEqual(len(self.volunteer.sudo().activity_ids), 2)

    def test_what_was_noted_of_a_certificate_goes_soon_after_the_end(self):
        self.volunteer.write({"certificate_seen_on": "2026-01-10", "active_until": "2026-08-22"})
        cron = self.env["sozial.volunteer"]._cron_papers
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: None):
            cron()
            self.assertTrue(self.volunteer.certificate_seen_on)
            self.volunteer.write({"active_until": "2026-08-21", "active": False})
            cron()
        for name in ("certificate_seen_on", "certificate_until", "certificate_dated", "certificate_seen_by"):
            self.assertFalse(self.volunteer[name], name)

    def test_the_register_forgets_and_keeps_the_hours(self):
        row = self.env["sozial.volunteer.hour"].create(
            {"volunteer_id": self.volunteer.id, "company_id": self.company.id, "day": "2023-05-01", "minutes": 90, "task": "Renate kocht"}
        )
        self.volunteer.allowance_ids = [Command.create({"amount": 100})]
        self.volunteer.write({"active_until": "2023-12-31", "active": False})
        rule = self.env.ref("sozial_management_room.retention_rule_room_volunteer")
        self.assertFalse(rule._due_rows(self.company, date(2025, 12, 31)))
        due = rule._due_rows(self.company, date(2026, 1, 1))
        self.assertEqual(due, self.volunteer.sudo())
        rule._erase_rows(due)
        self.assertFalse(self.volunteer.exists())
        self.assertEqual((row.minutes, row.task, row.volunteer_id.id), (90, False, False))
        with self.assertRaises(ValidationError):
            rule.action = "anonymise"

    def test_the_letter_of_thanks(self):
        self._as(self.env["sozial.volunteer.hour"], self.room_user).create(
            {"volunteer_id": self.volunteer.id, "day": "2026-03-01", "minutes": 150}
        )
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True).with_user(self.room_manager)
        content, kind = report._render_qweb_pdf("sozial_management_room.report_volunteer_thanks", self.volunteer.ids)
        self.assertEqual(kind, "pdf")
        text = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())
        for word in ("Renate Wiegand", "2026", self.centre.name):
            self.assertIn(word, text)
        self.assertRegex(text, r"2[.,]5")

    def test_another_company_sees_nothing(self):
        self.volunteer.allowance_ids = [Command.create({"amount": 100})]
        row = self.env["sozial.volunteer.hour"].create(
            {"volunteer_id": self.volunteer.id, "company_id": self.company.id, "day": TODAY}
        )
        stranger = self._user("t_vol_stranger", groups="sozial_management_room.group_sozial_room_manager", company=self.other_company)
        for record in (self.volunteer, row, self.volunteer.allowance_ids):
            with self.subTest(model=record._name):
                self.assertTrue(self._as(record, self.room_manager).search([("id", "=", record.id)]), "the positive control")
                self.assertFalse(self._as(record, stranger).search([("id", "=", record.id)]))
                with self.assertRaises(AccessError):
                    self._as(record, stranger).read(["display_name"])
        with self.assertRaises(UserError):
            self.volunteer.centre_ids += self.env["sozial.centre"].create({"name": "Fern", "company_id": self.other_company.id})
        with self.assertRaises(ValidationError):
            self.volunteer.sudo().write({"company_id": self.other_company.id, "centre_ids": False})
