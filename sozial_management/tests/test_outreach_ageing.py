import base64
import io
from datetime import date

from PIL import Image
from psycopg2 import IntegrityError
from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import CaseworkCommon


def _picture():
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    return base64.b64encode(file.getvalue())


@tagged("post_install", "-at_install")
class TestOutreachAgeing(CaseworkCommon):
    """Visits at home: a checklist with pictures, adaptations and who pays; for those who work along alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._let(cls.other_dwelling)
        cls.visits = cls.env["sozial.outreach"].with_user(cls.lead).create(
            {
                "name": "Gut wohnen im Alter", "kind": "ageing", "company_id": cls.company.id, "quarter_id": cls.quarter.id,
                "date": "2026-11-22", "user_id": cls.worker.id,
            }
        )  # fmt: skip
        cls.visits.action_begin()
        cls.visit = cls.visits.visit_ids.filtered(lambda one: one.dwelling_id == cls.dwelling)
        cls.bath = cls.env.ref("sozial_management.home_item_bath")
        cls.care = cls.env.ref("sozial_management.home_funding_care")

    def _check(self):
        opened = self._as(self.visit, self.worker).action_open_check()
        return self.env["sozial.home.check"].with_user(self.worker).browse(opened["res_id"])

    def test_a_checklist_begins_with_all_points_and_is_made_once(self):
        check = self._check()
        self.assertEqual(check.line_ids.item_id, self.env["sozial.home.item"].search([], limit=None))
        self.assertEqual(check.open_points, len(check.line_ids))
        self.assertEqual(self._check(), check)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            check.create({"visit_id": self.visit.id})
        check.line_ids[0].action_fine()
        check.line_ids[1].action_hard()
        check.line_ids[2].action_barrier()
        self.assertEqual((check.open_points, check.barriers), (len(check.line_ids) - 3, 2))

    def test_only_those_who_work_along_read_it(self):
        check = self._check()
        check.measure_ids.create({"check_id": check.id, "name": "Haltegriff"})
        for row in (check, check.line_ids[0], check.measure_ids[0]):
            for user in (self.colleague, self.lead, self.frontdesk, self.config):
                with self.subTest(row=row._name, user=user.login), self.assertRaises(AccessError):
                    self._as(row, user).read(["display_name"])
        for visit in (self.visit, self.visits.visit_ids - self.visit):
            with self.assertRaises(AccessError):
                self._as(visit, self.colleague).action_open_check()
        for call in (
            lambda: self.env["sozial.home.check"].with_user(self.colleague).create({"visit_id": self.visit.id}),
            lambda: self.env["sozial.home.line"].with_user(self.colleague).create({"check_id": check.id, "item_id": self.bath.id}),
        ):
            with self.assertRaises(AccessError, msg="refused before the database tells that it is there"):
                call()
        self._as(self.visits, self.lead).team_ids = self.colleague
        self.assertEqual(self._as(check, self.colleague).display_name, self.dwelling.name)

    def test_a_photograph_is_as_private_as_its_point(self):
        line = self._check().line_ids[0]
        self.assertFalse(line.has_photo)
        line.photo = _picture()
        line.invalidate_recordset()
        self.assertTrue(line.has_photo)
        file = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", line._name), ("res_id", "=", line.id), ("res_field", "=", "photo")]
        )
        self.assertEqual(len(file), 1)
        self.assertFalse(file.public)
        self._as(file, self.worker).read(["datas"])
        for user in (self.colleague, self.lead, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(file, user).read(["datas"])
        with self.assertRaisesRegex(UserError, "not published"):
            file.public = True
        with self.assertRaises(AccessError):
            self._as(line.check_id, self.colleague).unlink()
        line.check_id.unlink()
        self.assertFalse(file.exists())

    def test_a_photograph_goes_when_the_database_deletes_its_point(self):
        here, there = self._check().line_ids[:2]
        here.photo = there.photo = _picture()
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM sozial_home_line WHERE id = %s", [here.id])
        self.env.invalidate_all()
        self.env["sozial.home.line"]._gc_photos()
        photos = [("res_model", "=", "sozial.home.line"), ("res_field", "=", "photo"), ("res_id", "in", (here.id, there.id))]
        self.assertEqual(self.env["ir.attachment"].sudo().search(photos).res_id, there.id)

    def test_funding_stands_in_rows_with_their_source(self):
        check = self._check()
        measure = check.measure_ids.create(
            {"check_id": check.id, "name": "Dusche", "funding_id": self.care.id, "asked_on": "2026-11-22", "amount_asked": 4180}
        )
        self.assertFalse(measure.above or measure.outdated)
        measure.amount_asked = 4180.01
        self.assertTrue(measure.above)
        measure.asked_on = date(2024, 12, 31)
        self.assertTrue(measure.outdated)
        measure.funding_id = self.env.ref("sozial_management.home_funding_care_2024")
        self.assertFalse(measure.outdated)
        measure.asked_on = date(2025, 1, 1)
        self.assertTrue(measure.outdated)
        for values in ({"cost": -1}, {"amount_asked": -1}, {"amount_granted": -1}):
            self._refused_by_the_database(lambda values=values: measure.write(values))
        self._refused_by_the_database(lambda: self.care.write({"valid_until": "2024-01-01"}))
        self._refused_by_the_database(lambda: self.care.write({"amount_max": -1}))
        self.assertIn("2025", self.care.with_context(lang="en_US").display_name)

    def test_what_was_noted_stays_with_its_dwelling(self):
        check, other = self._check(), self.visits.visit_ids - self.visit
        elsewhere = self.env["sozial.home.check"].with_user(self.worker).create({"visit_id": other.id, "line_ids": []})
        with self.assertRaisesRegex(UserError, "does not move"):
            check.visit_id = other
        with self.assertRaisesRegex(UserError, "does not move"):
            check.line_ids[0].check_id = elsewhere
        with self.assertRaisesRegex(UserError, "does not move"):
            check.line_ids[0].outreach_id = self.visits
        campaign = self.visits.copy({"kind": "benefit_check"})
        self.quarter.mietenstufe = "4"
        campaign.action_begin()
        with self.assertRaisesRegex(UserError, "not about ageing"):
            check.create({"visit_id": campaign.visit_ids[0].id})

    def test_after_the_end_nothing_is_entered_and_all_goes(self):
        check = self._check()
        line = check.line_ids[0]
        self.visits.action_done()
        for change in (
            lambda: check.write({"wish": "x"}), line.action_fine, lambda: check.measure_ids.create({"check_id": check.id, "name": "x"}),
            lambda: check.create({"visit_id": (self.visits.visit_ids - self.visit).id}),
        ):  # fmt: skip
            with self.assertRaisesRegex(UserError, "does not run"):
                change()
        self.env["sozial.outreach"]._gc_needs()
        self.assertTrue(check.exists())
        self.visits._write_guarded({"ended_on": "2026-01-01"})
        self.env["sozial.outreach"]._gc_needs()
        self.assertFalse(check.exists() or line.exists())

    def test_the_printed_checklist(self):
        check = self._check()
        check.wish = "Allein duschen"
        check.line_ids.filtered(lambda one: one.item_id == self.bath).write({"finding": "barrier", "remark": "Wanne zu hoch"})
        check.measure_ids = [Command.create({"name": "Haltegriff", "funding_id": self.care.id})]
        report = self.env["ir.actions.report"].with_user(self.worker).with_context(force_report_rendering=True)
        pdf, _kind = report._render_qweb_pdf("sozial_management.home_check_form", check.ids)
        text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
        for part in ("Allein duschen", "Wanne zu hoch", "Haltegriff", "§ 40 (4) SGB XI", self.tenant.name):
            self.assertIn(part, text)
        self.assertRegex(text, "4.180.00")
        with self.assertRaises(AccessError):
            report.with_user(self.lead)._render_qweb_pdf("sozial_management.home_check_form", check.ids)
