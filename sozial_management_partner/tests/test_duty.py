import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .duty_common import DutyCommon


@tagged("post_install", "-at_install")
class TestReport(DutyCommon):
    def test_the_schedule_makes_each_period_once(self):
        report = self._report()
        month = fields.Date.start_of(self.today, "month")
        self.assertEqual((report.period_start, report.state), (self.plan.date_start, "due"))
        self.assertEqual(report.period_end, fields.Date.end_of(self.today, "month"))
        self.assertEqual((report.due_date - report.period_end).days, self.plan.report_days)
        for _turn in range(2):
            self._report()
        self.assertEqual(len(self._duties()), 1)
        self._cron((fields.Date.add(month, months=2) - self.today).days)
        self.assertEqual(len(self._duties()), 2)
        self.assertEqual(self._duties()[1].period_start, fields.Date.add(month, months=1))

    def test_a_schedule_that_changes_asks_for_no_day_twice(self):
        self._report()
        self.plan._write_guarded({"report_interval": "year"})
        self._cron(430)
        first, second = self._duties()[:2]
        self.assertEqual(second.period_start, fields.Date.add(first.period_end, days=1))

    def test_one_that_fails_stops_no_other(self):
        broken = self._active(title="Kaputt", days=500, offer=self._offer("Kaputt"), report_interval="month")
        reports = type(self.env["sozial.agreement.report"])
        real = reports._prefilled

        def fail(report, agreement, period):
            if agreement == broken:
                raise ValueError("planted")
            return real(report, agreement, period)

        with patch.object(reports, "_prefilled", fail), mute_logger("odoo.addons.sozial_management_partner.models.duty.agreement"):
            self._cron(35)
        self.assertTrue(self._duties())
        self.assertFalse(self.env["sozial.agreement.report"].search([("agreement_id", "=", broken.id)]))

    def test_reminders_come_once_before_and_once_after(self):
        told, report = [], self._report()
        due = (report.due_date - self.today).days
        reports = type(self.env["sozial.agreement.report"])
        with patch.object(reports, "_tell_partner", lambda one, what: told.append(what) if one == report else None):
            for days, expected in ((-8, []), (-3, ["soon"]), (-2, ["soon"]), (0, ["soon"]), (1, ["soon", "late"]), (2, ["soon", "late"])):
                self._cron(due + days)
                self.assertEqual(told, expected, days)
        summaries = self.plan.activity_ids.mapped("summary")
        self.assertEqual(summaries.count(report._late_summary(self.plan.user_id.with_context(lang=self.plan.user_id.lang).env)), 1)

    def test_handing_in_returning_accepting(self):
        report = self._report()
        own = self._own(report)
        for args, word in (
            (("", "", "1", "1"), "What was done"), (("x", "", "viele", "1"), "Hours held"), (("x", "", "-1", "1"), "Hours held"),
            (("x", "", "1", None), "tick"),
        ):  # fmt: skip
            with self.subTest(word=word), self.assertRaisesRegex(UserError, word):
                own._portal_confirm(*args)
        self._hand_in_report(report)
        self.assertEqual((report.state, report.version, report.hours_held), ("submitted", 1, 10.5))
        self.assertEqual(report.submitted_by_id, self.bidder)
        with self.assertRaisesRegex(UserError, "does not wait"):
            own._portal_save("später", "", "1")
        company = self._as(report, self.procurement)
        with self.assertRaisesRegex(UserError, "What is missing"):
            company.action_return()
        company.decision = "Bitte die Zahl der Treffen nennen."
        company.action_return()
        self.assertEqual((report.state, report.decision), ("returned", False))
        self.assertEqual(own.return_reason, "Bitte die Zahl der Treffen nennen.")
        own._portal_confirm("Acht Treffen.", "Einen größeren Raum", "9", "1")
        report.invalidate_recordset()
        self.assertEqual(company.version_ids.mapped("version"), [2, 1])
        self.assertIn("Zwei Gruppen haben begonnen.", company.version_ids[1].content)
        self.assertEqual(company.version_ids[1].return_reason, "Bitte die Zahl der Treffen nennen.")
        company.action_accept()
        self.assertEqual((report.state, report.accepted_by_id), ("accepted", self.procurement))

    def test_after_the_acceptance_nothing_changes(self):
        report = self._report()
        self._hand_in_report(report)
        company = self._as(report, self.procurement)
        company.action_accept()
        with self.assertRaisesRegex(UserError, "accepted"):
            company.decision = "doch nicht"
        for step in (company.action_accept, company.action_return):
            with self.assertRaisesRegex(UserError, "not possible now"):
                step()
        with self.assertRaisesRegex(UserError, "does not wait"):
            self._own(report)._portal_confirm("x", "", "1", "1")

    def test_nobody_goes_around_the_steps(self):
        report = self._report()
        company = self._as(report, self.procurement)
        for name, value in (("state", "accepted"), ("figures", []), ("achieved", "x"), ("due_date", "2030-01-01"), ("version", 9)):
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "Use the buttons"):
                company.write({name: value})
        with self.assertRaises(AccessError):
            company.create({"agreement_id": self.plan.id})
        with self.assertRaises(AccessError):
            company.copy()
        with self.assertRaisesRegex(UserError, "stay"):
            report.unlink()

    def test_who_reads(self):
        report = self._report()
        proof = self._proof()
        self._receipt(proof)
        self._hand_in_report(report)
        version = self.env["sozial.agreement.duty.version"].search([("res_id", "=", report.id), ("model", "=", report._name)])
        rows = (report, proof, proof.line_ids, proof.line_ids.receipt_ids)
        for record in (*rows, version, self.plan.position_ids):
            with self.subTest(model=record._name):
                self.assertTrue(self._as(record, self.procurement).search([("id", "in", record.ids)]), "the positive control")
                self.assertFalse(self._as(record, self.stranger).search([("id", "in", record.ids)]))
        for record in rows:
            with self.subTest(model=record._name):
                self.assertTrue(self._as(record, self.bidder).search([("id", "in", record.ids)]), "the positive control")
                self.assertFalse(self._as(record, self.other_bidder).search([("id", "in", record.ids)]))
                with self.assertRaises(AccessError):
                    self._as(record, self.other_bidder).read(["display_name"])
        for name in ("decision", "submitted_by_id", "agreement_id", "version_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self._own(report).read([name])
        self.caritas.sudo().with_context(active_test=False).write({"active": False})
        for record in rows:
            self.assertFalse(self._as(record, self.bidder).search([("id", "in", record.ids)]), record._name)

    def test_the_next_version_takes_over(self):
        report = self._report()
        second = self.env["sozial.agreement"].browse(self._as(self.plan, self.procurement).action_new_version()["res_id"])
        own = self._as(second, self.procurement)
        own.action_offer()
        own.action_sign()
        self._sign_partner(own)
        self.assertEqual(report.agreement_id, second)

    def test_mails_say_nothing(self):
        with patch.object(type(self.env["mail.mail"]), "unlink", lambda _mail: True):
            report = self._report()
        mails = self.env["mail.mail"].search([("body_html", "ilike", report.token)])
        self.assertTrue(mails)
        self.assertNotIn("Berichtspflichtig", " ".join([*mails.mapped("body_html"), *mails.mapped("subject")]))


@tagged("post_install", "-at_install")
class TestReportPortal(DutyCommon, HttpCase):
    def _csrf(self, page):
        return page.text.split('name="csrf_token" value="')[1].split('"')[0]

    def test_a_report_in_the_portal(self):
        report = self._report()
        url = f"/my/reports/{report.token}"
        self.authenticate("t_verein", "t_verein")
        csrf = self._csrf(self.url_open("/my/evidence"))
        for path, form in (("", None), ("/pdf", None), ("/confirm", {"csrf_token": csrf, "achieved": "x", "agreed": "1", "hours": "1"})):
            self.assertTrue(self.url_open(url + path, data=form).url.endswith("/my/reports"), path)
        self.assertEqual(report.state, "due")
        self.authenticate("t_caritas", "t_caritas")
        self.assertIn(report.token, self.url_open("/my/reports").text)
        page = self.url_open(url)
        form = {"csrf_token": self._csrf(page), "achieved": "Zwei Gruppen.", "needed": "", "hours": "7"}
        self.assertEqual(self.url_open(url + "/pdf").status_code, 200)
        self.assertIn("alert-success", self.url_open(url + "/save", data=form).text)
        self.assertIn("alert-danger", self.url_open(url + "/confirm", data=form).text)
        self.assertIn("alert-success", self.url_open(url + "/confirm", data={**form, "agreed": "1"}).text)
        report.invalidate_recordset()
        self.assertEqual((report.state, report.achieved), ("submitted", "Zwei Gruppen."))
        for path in ("/confirm", "/save"):
            self.assertEqual(self.url_open(url + path).status_code, 405, "no change on GET")

    def test_the_pdf_holds_what_was_written(self):
        report = self._report()
        self._hand_in_report(report)
        self.authenticate("t_caritas", "t_caritas")
        content = self._pdf(report, "report_agreement_report")
        self.assertIn("Zwei Gruppen haben begonnen.", content)
        self.assertIn(self.caritas.name, content)

    def _pdf(self, record, name):
        printer = self.env.ref(f"sozial_management_partner.{name}")
        content, kind = printer.with_context(force_report_rendering=True)._render_qweb_pdf(printer, record.ids)
        self.assertEqual(kind, "pdf")
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\t", " ")
