from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .subject_common import PdfMixin, SubjectCommon


@tagged("post_install", "-at_install")
class TestAccessReceipt(PdfMixin, SubjectCommon, HttpCase):
    """Who has seen my data? In plain words, and nobody is named unless the company wants it."""

    def _receipt(self, user=None, **values):
        return self.env["sozial.access.receipt"].with_user(user or self.worker).with_context(
            allowed_company_ids=self.company.ids
        ).create({"case_id": self.case.id, **values})

    def _open_case_as(self, user):
        self._as(self.case, user).web_read({"concern": {}})
        self.env["sozial.access.log"]._write_book()

    def _row(self, receipt, word):
        return next(row for row in receipt._receipt()["readers"] if word in row["who"])

    def test_kinds_functions_and_counts(self):
        self.worker.partner_id.function = "Beratung Nord"
        for _time in range(3):
            self._open_case_as(self.worker)
        self._open_case_as(self.lead)
        receipt = self._receipt(language="en")
        before = self._row(receipt, "In charge")
        self.assertEqual((before["read"], before["who"]), (3, "In charge · Beratung Nord"))
        self.assertEqual(self._row(receipt, "Head")["read"], 1)
        self.assertTrue(before["spans"][0].startswith("since"))
        self._open_case_as(self.worker)
        self.assertEqual(self._row(receipt, "In charge")["read"], 4)

    def test_names_only_where_the_company_wants_them(self):
        receipt = self._receipt()
        self.assertNotIn(self.worker.name, str(receipt._receipt()["readers"]))
        self.company.sozial_receipt_names = True
        self.assertIn(self.worker.name, str(receipt._receipt()["readers"]))

    def test_a_grant_that_ended_says_until_when(self):
        self.case.action_grant_access(self.colleague.id, "standin", "Urlaub", fields.Datetime.now() + timedelta(days=1))
        self.case.access_ids.filtered(lambda one: one.kind == "standin").action_revoke()
        self.assertRegex(self._row(self._receipt(language="en"), "Stand-in")["spans"][0], "^from .* to ")

    def test_emergencies_exports_and_what_was_shared(self):
        receipt = self._receipt(language="en")
        self.assertEqual((receipt._receipt()["emergencies"], receipt._receipt()["shared"]), ([], []))
        self.env["sozial.emergency"].with_user(self.colleague).action_open("Hilferufe aus der Wohnung gehört", partner_id=self.tenant.id)
        self._given()
        self.env["sozial.access.log"].with_user(self.worker)._log_cases("print", self.case.ids)
        self.env["sozial.access.log"]._write_book()
        values = receipt._receipt()
        self.assertEqual(len(values["emergencies"]), 1)
        self.assertEqual([row["whom"] for row in values["shared"]], ["Caritas"])
        self.assertEqual(self._row(receipt, "In charge")["taken"], 1)

    def test_signals_to_rent_collection(self):
        self._signal_consent()
        self.case.action_set_signal("counselling")
        values = self._receipt(language="en")._receipt()
        self.assertEqual(len(values["signals"]), 1)
        self.assertIn("Rent collection", values["shared"][0]["whom"])

    def test_only_what_happened_since_the_day(self):
        self._open_case_as(self.worker)
        receipt = self._receipt(date_from=self._today() + timedelta(days=1))
        self.assertEqual({row["read"] for row in receipt._receipt()["readers"]}, {0})

    def test_only_a_client_gets_one(self):
        self._join_husband()
        for partner in (self.husband, self.other_tenant):
            with self.subTest(partner=partner.name), self.assertRaisesRegex(UserError, "client of this case"):
                self._receipt(partner_id=partner.id)._receipt()

    def test_nobody_without_a_grant(self):
        receipt = self._receipt()
        for user in (self.colleague, self.privacy, self.system, self.frontdesk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._receipt(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(receipt, user)._receipt()
        self.assertTrue(self._receipt(self.lead)._receipt()["readers"])

    def test_an_unsaved_form_does_not_tell_the_client_of_a_foreign_case(self):
        foreign = self._open_case(user=self.colleague, level="strict")
        receipts = self.env["sozial.access.receipt"].with_user(self.worker)
        for call in (
            lambda: receipts.onchange({"case_id": foreign.id}, ["case_id"], {"partner_id": {"fields": {"name": {}}}, "case_id": {}}),
            lambda: receipts.create({"case_id": foreign.id}),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_on_paper_in_german_and_english(self):
        if "de_DE" not in dict(self.env["res.lang"].get_installed()):
            self.fail("The receipt is German: install the language German in the test database.")
        text = self._pdf_text("report_access_receipt", self._receipt(), self.worker)
        for wanted in (
            "Wer hat meine Daten gesehen?", "Wohnungsgesellschaft Musterstadt", "Fallverantwortung", "Nein. Niemand", self.case.name,
        ):  # fmt: skip
            self.assertIn(wanted, text)
        text = self._pdf_text("report_access_receipt", self._receipt(language="en"), self.worker)
        for wanted in ("Who has seen my data?", "In charge", "No. Nobody opened your case"):
            self.assertIn(wanted, text)

    def test_the_printing_is_in_the_log(self):
        self.env["report.sozial_management.access_receipt"].with_user(self.worker)._get_report_values(self._receipt().ids)
        self.env["sozial.access.log"]._write_book()
        rows = self.env["sozial.access.log"].sudo().search([("case_id", "=", self.case.id), ("kind", "=", "print")])
        self.assertEqual(rows.user_id, self.worker)
