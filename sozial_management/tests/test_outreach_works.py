import io
from datetime import date

from freezegun import freeze_time
from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .casework_common import CaseworkCommon


class WorksCommon(CaseworkCommon):
    """Works in one building, accompanied by the worker; the lead began them and does not work along."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sozial_federal_state = "TH"
        cls._let(cls.other_dwelling)
        cls.works = cls.env["sozial.outreach"].with_user(cls.lead).create(
            {
                "name": "Strangsanierung", "kind": "works", "company_id": cls.company.id, "quarter_id": cls.quarter.id,
                "date": "2026-11-22", "user_id": cls.worker.id, "hardship_told": True, "announced_on": "2026-11-02",
                "phase_ids": [
                    Command.create({"building_id": cls.building.id, "name": "Gerüst",
                                    "date_start": "2027-04-01", "date_end": "2027-04-09"}),
                    Command.create({"building_id": cls.building.id, "name": "Bäder", "line": "links", "hint": "Kein Wasser",
                                    "date_start": "2027-04-12", "date_end": "2027-04-30"}),
                ],
            }
        )  # fmt: skip

    def _sheet(self, user=None):
        """The sheet of the dwelling on the left, as the worker sees it."""
        here = [("outreach_id", "=", self.works.id), ("dwelling_id", "=", self.dwelling.id)]
        sheet = self.env["sozial.works.sheet"].sudo().search(here)
        return self._as(sheet, user or self.worker)


@tagged("post_install", "-at_install")
class TestOutreachWorks(WorksCommon):
    """Works are announced in time, objections are not missed, and needs stay with those who accompany them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.works.action_begin()

    def test_every_dwelling_has_its_sheet_once(self):
        self.works.action_begin()
        sheets = self.env["sozial.works.sheet"].search([("outreach_id", "=", self.works.id)])
        self.assertEqual(sheets.dwelling_id, self.dwelling | self.other_dwelling)
        self.assertEqual(sheets.building_id, self.building)
        self._refused_by_the_database(lambda: sheets[0].sudo().copy({"tenancy_id": sheets[0].tenancy_id.id}))

    def test_the_schedule_reaches_the_riser(self):
        sheet = self._sheet()
        self.assertEqual((sheet.works_from, sheet.works_until), (date(2027, 4, 1), date(2027, 4, 30)))
        other = self._as(self.works.visit_ids.filtered(lambda one: one.dwelling_id == self.other_dwelling), self.worker)
        right = self.env["sozial.works.sheet"].browse(other.action_open_sheet()["res_id"])
        self.assertEqual(right.works_until, date(2027, 4, 9), "the whole building alone")
        right.with_user(self.worker).line = "links"
        self.assertEqual(right.works_until, date(2027, 4, 30), "what is entered comes first")
        self.assertEqual((self.works.works_start, self.works.announce_latest), (date(2027, 4, 1), date(2026, 12, 31)))
        self.assertFalse(self.works.announce_late)
        self.works.announced_on = "2027-01-01"
        self.assertTrue(self.works.announce_late)

    def test_phases_belong_to_works_that_go_on(self):
        phase = self.works.phase_ids[0]
        for values in ({"date_end": "2027-03-01"}, {"date_start": "2027-05-01"}):
            self._refused_by_the_database(lambda values=values: phase.write(values))
        elsewhere = self.building.copy({"house_number": "99", "quarter_id": self.quarter.copy({"name": "Süd"}).id})
        with self.assertRaisesRegex(ValidationError, "is none of"):
            phase.building_id = elsewhere
        campaign = self.works.create({"name": "x", "company_id": self.company.id, "quarter_id": self.quarter.id})
        values = {"building_id": self.building.id, "name": "x", "date_start": "2027-04-01", "date_end": "2027-04-09"}
        with self.assertRaisesRegex(UserError, "no schedule to change"):
            phase.create({**values, "outreach_id": campaign.id})
        with self.assertRaisesRegex(UserError, "does not move"):
            phase.outreach_id = campaign
        self.works.action_done()
        for change in (lambda: phase.write({"name": "y"}), phase.unlink, lambda: phase.create({**values, "outreach_id": self.works.id})):
            with self.assertRaisesRegex(UserError, "no schedule to change"):
                change()

    @freeze_time("2026-12-03 10:00:00")
    def test_the_period_ends_with_the_next_month(self):
        sheet = self._sheet()
        self.assertFalse(sheet.objection_until)
        sheet.announced_on = "2026-12-01"
        self.assertEqual((sheet.objection_until, sheet.counts_until), (date(2027, 1, 31), date(2027, 2, 1)))
        self.assertEqual(sheet.days_left, 59)
        self.assertEqual(sheet.earliest_start, date(2027, 3, 2))
        self.assertFalse(sheet.announced_late)
        self._as(self.works, self.lead).hardship_told = False
        sheet = self._sheet()
        self.assertFalse(sheet.objection_until, "without the hint no period runs")
        sheet.objected_on = "2026-12-03"
        self.assertEqual(sheet.in_time, "no_period")

    def test_late_objections(self):
        with freeze_time("2027-04-20 10:00:00"):
            sheet = self._sheet()
            sheet.write({"announced_on": "2026-12-01", "objection_about": "rent"})
            for day, verdict in (("2027-02-01", "in_time"), ("2027-02-02", "excuse"), ("2027-04-02", "too_late")):
                sheet.objected_on = day
                self.assertEqual(sheet.in_time, verdict)
            sheet.objection_about = "both"
            self.assertEqual(sheet.in_time, "excuse")
            sheet.announced_on = "2027-01-04"
            self.assertTrue(sheet.announced_late)

    def test_who_decided_is_noted_by_itself(self):
        sheet = self._sheet()
        self._refused_by_the_database(lambda: sheet.write({"decision": "granted"}))
        sheet.objected_on = self._today()
        sheet.decision = "partly"
        self.assertEqual((sheet.decided_by_id, sheet.decided_on), (self.worker, self._today()))
        sheet.decision = False
        self.assertFalse(sheet.decided_by_id or sheet.decided_on)
        for values in ({"decided_by_id": self.lead.id}, {"visit_id": self.works.visit_ids[0].id}, {"objection_until": "2030-01-01"}):
            with self.assertRaisesRegex(UserError, "made by the outreach"):
                sheet.write(values)
        with self.assertRaisesRegex(ValidationError, "still to come"):
            sheet.announced_on = "2099-01-01"

    @freeze_time("2026-12-03 10:00:00")
    def test_the_responsible_is_reminded_once_and_told_of_no_dwelling(self):
        self._sheet().announced_on = "2026-12-01"
        tasks = self.works.sudo().activity_ids
        self.assertEqual((tasks.user_id, tasks.date_deadline), (self.worker, date(2027, 1, 31)))
        self.assertNotIn(self.dwelling.number, f"{tasks.summary} {tasks.note} {tasks.res_name}")
        sheets = self._as(self.env["sozial.works.sheet"].search([("outreach_id", "=", self.works.id)]), self.worker)
        sheets.write({"announced_on": "2026-12-02"})
        self.assertEqual(len(self.works.sudo().activity_ids), 1)
        sheets.write({"announced_on": "2026-06-02"})
        self.assertEqual(len(self.works.sudo().activity_ids), 1, "a period that is over needs no task")
        self._as(self.works, self.lead).user_id = self.colleague
        self.assertEqual(self.works.sudo().activity_ids.user_id, self.colleague)

    def test_needs_are_for_those_who_work_along(self):
        sheet = self._sheet()
        sheet.write({"need_power": True, "need_note": "Kennwort-Sauerstoff"})
        for user in (self.colleague, self.lead, self.frontdesk, self.config, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._sheet(user).read(["need_note"])
        visit = self._as(self.works.visit_ids[0], self.colleague)
        with self.assertRaises(AccessError):
            visit.action_open_sheet()
        self.assertFalse(self.env["sozial.works.sheet"].with_user(self.lead).search([("need_power", "=", True)]))
        self.assertFalse(self.env["sozial.outreach.visit"].with_user(self.lead)._fields.keys() & {"sheet_ids", "need_note"})
        self.env.cr.flush()  # who is let in is tracked from here on
        self._as(self.works, self.lead).team_ids = self.colleague
        self.env.cr.flush()
        self.assertEqual(self._sheet(self.colleague).need_note, "Kennwort-Sauerstoff")
        self.assertIn(self.colleague.name, str(self.works.sudo().message_ids.tracking_value_ids.mapped("new_value_char")))
        found = self.env["sozial.works.sheet"].with_user(self.worker).search([("has_needs", "=", True)])
        self.assertEqual(found, sheet)

    def test_somebody_answers_for_it(self):
        nobody = self.works.copy({"user_id": False})
        with self.assertRaisesRegex(UserError, "who answers"):
            nobody.action_begin()
        self.assertEqual(self.works.create({"name": "x", "company_id": self.company.id, "quarter_id": self.quarter.id}).user_id, self.lead)

    def test_after_the_end_nothing_is_entered_and_needs_go(self):
        sheet = self._sheet()
        sheet.write({"need_power": True, "hotel": "Umsetzwohnung", "objected_on": self._today()})
        self.works.action_done()
        with self.assertRaisesRegex(UserError, "does not run"):
            sheet.write({"need_toilet": True})
        self.env["sozial.outreach"]._gc_needs()
        self.assertTrue(sheet.need_power)
        self.works._write_guarded({"ended_on": "2026-01-01"})
        self.env["sozial.outreach"]._gc_needs()
        self.assertFalse(sheet.has_needs)
        self.assertTrue(sheet.objected_on, "claims may come from it")
        with self.assertRaisesRegex(UserError, "not set directly"):
            self.works.ended_on = "2020-01-01"

    def test_a_file_of_a_sheet_is_never_public(self):
        with self.assertRaisesRegex(UserError, "not published"):
            self.env["ir.attachment"].create(
                {"name": "x", "raw": b"x", "res_model": "sozial.works.sheet", "res_id": self._sheet().id, "public": True}
            )

    def test_the_printed_schedule_names_nobody(self):
        report = self.env["ir.actions.report"].with_user(self.colleague).with_context(force_report_rendering=True)
        pdf, _kind = report._render_qweb_pdf("sozial_management.works_schedule_form", self.works.ids)
        text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
        for part in ("Gerüst", "links", "Kein Wasser", self.building.name, "§ 555d"):
            self.assertIn(part, text)
        self.assertNotIn(self.tenant.name, text)
        with self.assertRaises(AccessError):
            report.with_user(self.frontdesk)._render_qweb_pdf("sozial_management.works_schedule_form", self.works.ids)
