import io
from datetime import timedelta

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_outreach_log import SECRET, PrivateCommon


@tagged("post_install", "-at_install")
class TestPrivateCopy(PrivateCommon):
    """Art. 15 and 17 GDPR: who accompanies an outreach answers, and data protection does not learn whether there was something."""

    def _ask(self, partner=None, start=True):
        request = self.env["sozial.subject.request"].with_user(self.privacy).create(
            {"name": "x", "partner_id": (partner or self.tenant).id, "identified": "known"}
        )
        if start:
            request.action_start()
        self.env.flush_all()
        return request

    def _tasks(self, outreach=None):
        kind = self.env.ref("sozial_management.activity_type_outreach_copy")
        return (outreach or self.works).sudo().activity_ids.filtered(lambda one: one.activity_type_id == kind)

    def _print(self, name, row, user=None):
        report = self.env["ir.actions.report"].with_user(user or self.worker).with_context(force_report_rendering=True)
        pdf, kind = report._render_qweb_pdf(f"sozial_management.{name}", row.ids)
        self.assertEqual(kind, "pdf")
        return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())

    def test_those_who_accompany_are_asked_and_nobody_is_named(self):
        request = self._ask()
        for outreach in (self.works, self.check.outreach_id):
            task = self._tasks(outreach)
            self.assertEqual((len(task), task.user_id, task.create_uid), (1, self.worker, self.env.ref("base.user_root")))
            self.assertEqual(task.date_deadline, request.due_on - timedelta(days=10))
            for secret in (self.tenant.name, self.dwelling.number, self.dwelling.position):
                self.assertNotIn(secret, f"{task.summary} {task.note} {task.res_name}")
        kind = self.env.ref("sozial_management.activity_type_outreach_copy")
        self.assertEqual(task.summary, kind.with_context(lang=self.worker.lang).name)
        self._ask(self._let(self.env["sozial.dwelling"].create({"building_id": self.building.id, "number": "1009"})).partner_id)
        self.assertEqual(len(self._tasks()), 1, "a dwelling that the works do not reach")

    def test_whether_something_was_noted_is_not_told(self):
        """The neighbour has an empty sheet and no checklist: the same tasks."""
        neighbour = self.other_dwelling.tenancy_ids.partner_id
        self._ask(neighbour)
        self.assertEqual([len(self._tasks(one)) for one in (self.works, self.check.outreach_id)], [1, 1])
        self._ask()
        self.assertEqual(len(self._tasks()), 1, "one task a day, whoever asked")

    def test_the_rows_of_who_asked_are_found(self):
        sheets = self.env["sozial.works.sheet"].with_user(self.worker)
        self.assertFalse(sheets.search([("copy_asked", "=", True)]))
        request = self._ask(start=False)
        self.assertFalse(self._as(self.sheet, self.worker).copy_asked, "data protection has not begun")
        request.action_start()
        sheet = self._as(self.sheet, self.worker)
        self.assertEqual((sheet.copy_asked, sheet.copy_due_on), (True, request.due_on))
        self.assertEqual(sheets.search([("copy_asked", "=", True)]), sheet)
        self.assertNotIn(sheet, sheets.search([("copy_asked", "=", False)]))
        self.assertIn(sheet, sheets.search([("copy_asked", "in", (True, False))]))
        self.assertEqual(self.env["sozial.home.check"].with_user(self.worker).search([("copy_asked", "=", True)]), self.check)
        self.assertFalse(self.env["sozial.works.sheet"].with_user(self.lead).search([("copy_asked", "=", True)]))
        request.action_ready()
        request.action_delivered_by_letter()
        self.assertFalse(self._as(self.sheet, self.worker).copy_asked)

    def test_the_letter_of_a_sheet(self):
        self.sheet.write({"announced_on": self._today(), "objected_on": self._today(), "objection_about": "rent"})
        text = self._print("works_sheet_copy", self.sheet)
        for part in (SECRET, self.tenant.name, self.works.name):
            self.assertIn(part, text)
        with self.assertRaises(AccessError):
            self._print("works_sheet_copy", self.sheet, self.lead)
        with self.assertRaises(AccessError):
            self.sheet.with_user(self.privacy)._answer()

    def test_the_letter_of_a_checklist(self):
        self.line.remark = "Wanne zu hoch"
        text = self._print("home_check_copy", self.check)
        for part in (SECRET, "Wanne zu hoch", self.tenant.name):
            self.assertIn(part, text)
        self.assertEqual(text.count(SECRET), 2, "the wish and the adaptation")
        answer = self.check._answer()
        points = next(section for section in answer["sections"] if section["key"] == "points")
        self.assertEqual(len(points["entries"]), 1, "what was not looked at is left out")
        self.assertTrue(points["note"], "photographs lie beside the letter")
        with self.assertRaises(AccessError):
            self._print("home_check_copy", self.check, self.colleague)

    def test_a_letter_is_on_record(self):
        report = self.env["ir.actions.report"].with_user(self.worker).with_context(force_report_rendering=True)
        report._render_qweb_pdf("sozial_management.report_works_sheet_copy", self.sheet.ids)
        logged = self._logged()
        self.assertEqual((logged.kind, logged.record_id, logged.res_model), ("print", self.sheet.id, "sozial.works.sheet"))

    def test_needs_are_erased_when_the_tenant_wants_it(self):
        file = self.env["ir.attachment"].create({"name": "x", "raw": b"x", "res_model": self.sheet._name, "res_id": self.sheet.id})
        self.sheet.objected_on = self._today()
        for user in (self.colleague, self.lead, self.frontdesk, self.privacy):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(self.sheet, user).action_forget_needs()
        self.works.action_done()
        self.tenancy.date_end = fields.Date.subtract(self._today(), days=1)
        self._as(self.sheet, self.worker).action_forget_needs()
        self.env.invalidate_all()
        self.assertFalse(self.sheet.has_needs or self.sheet.need_note or file.exists())
        self.assertTrue(self.sheet.objected_on)
        check = self._as(self.check, self.worker)
        check.unlink()
        self.assertFalse(self.line.exists() or self.measure.exists())
