import io
import unittest

import psycopg2
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..consent_wording import problems
from .consent_common import ConsentCommon


@tagged("post_install", "-at_install")
class TestConsentText(ConsentCommon):
    """A text in force is fixed; a change is a new version."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = cls.env.ref("sozial_management.consent_text_release_de").with_user(cls.config)

    def test_the_shipped_texts_are_in_force_and_wait_for_review(self):
        texts = self.env["sozial.consent.text"].search([("state", "=", "in_force"), ("version", "=", 1)], limit=100)
        self.assertGreaterEqual(len(texts), 40)
        self.assertFalse(any(problems(text.body) for text in texts))
        self.text.action_reviewed()
        self.assertTrue(self.text.reviewed_on)
        other = self.text.with_user(self.env.user).with_company(self.other_company)
        self.assertFalse(other.reviewed_on, "each company reviews for itself")

    def test_in_force_nothing_changes(self):
        body = self.text.body
        for record in (self.text, self.text.sudo()):
            for values in ({"body": body + "\nMehr Text hier."}, {"kind": "photo"}, {"state": "draft"}, {"plain": True}):
                with self.subTest(values=values), self.assertRaisesRegex(UserError, "does not change"):
                    record.write(values)
            with self.assertRaisesRegex(UserError, "was in force"):
                record.unlink()
        self.assertEqual(self.text.body, body)

    def test_a_change_is_a_new_version(self):
        given = self._given()
        new = self.text.browse(self.text.action_new_version()["res_id"])
        self.assertEqual((new.version, new.state), (2, "draft"))
        with self.assertRaisesRegex(UserError, "does not change"):
            new.write({"state": "in_force"})
        new.write({"body": new.body.replace("Ausfertigung", "Abschrift")})
        new.action_put_in_force()
        self.assertEqual((new.state, self.text.state), ("in_force", "retired"))
        self.assertEqual(given.text_id, self.text.with_env(given.env), "given consents keep their version")
        self.assertEqual(self._draft().text_id.id, new.id)
        self.assertEqual(given.copy().text_id.id, new.id, "a copy takes the version in force")
        with self.assertRaisesRegex(UserError, "Only a draft"):
            self.text.action_put_in_force()

    def test_an_incomplete_text_is_not_put_in_force(self):
        new = self.text.copy({"body": self.text.body.replace("[voluntary]", "[frei]")})
        with self.assertRaisesRegex(UserError, "voluntary"):
            new.action_put_in_force()
        with self.assertRaisesRegex(UserError, "left open"):
            self.text.create(
                {
                    "kind": "release", "language_id": self.env.ref("sozial_management.language_ro").id, "state": "in_force",
                    "body": self.text.body.replace("Gründe", "X" * 3),
                }
            )  # fmt: skip
        new.unlink()

    def test_one_version_in_force(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self.text.copy()._write_state("in_force")
            self.env.flush_all()

    def test_workers_read_only(self):
        with self.assertRaises(AccessError):
            self.text.with_user(self.worker).action_retire()
        with self.assertRaises(AccessError):
            self.text.with_user(self.worker).action_reviewed()
        self.assertTrue(self.text.with_user(self.privacy).action_reviewed())

    def test_html_in_a_text_is_shown_not_run(self):
        new = self.text.copy({"body": self.text.body.replace("Gründe", "&lt;Gründe")})
        self.assertNotIn("<Gründe", new.preview)
        client = self.tenant
        client.sudo().name = "<script>alert(1)</script>"
        self.assertNotIn("<script>", self._draft().preview)


@tagged("post_install", "-at_install")
class TestConsentPaper(ConsentCommon, HttpCase):
    """Reads the text of the printed PDF. A PDF tool that does not work is a failure, not a skip."""

    def _pdf_text(self, report, records, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.worker).with_context(
            force_report_rendering=True, allowed_company_ids=self.company.ids
        )
        if reports.get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            self.fail(f"wkhtmltopdf does not work: {reports.get_wkhtmltopdf_state()}")
        try:
            pdf, kind = reports._render_qweb_pdf(f"sozial_management.{report}", records.ids)
        except unittest.SkipTest as skipped:  # Odoo's way to let a broken PDF tool look green
            self.fail(f"wkhtmltopdf failed: {skipped}")
        self.assertEqual(kind, "pdf")
        return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())

    def test_another_language_with_german_beside_it(self):
        self.tenant.language_ids = self.env.ref("sozial_management.language_tr")
        text = self._pdf_text("report_consent", self._given())
        for part in (
            "Wohnungsgesellschaft Musterstadt", "Entbindung von der Schweigepflicht", "Caritas", "Erika Sorgenfrei",
            "Gelir, borçlar ve ev bütçesi", "Einkommen, Schulden und Haushaltsplan", "Gönüllülük", "Freiwillig", "İmza", "Unterschrift",
        ):  # fmt: skip
            self.assertIn(part, text)

    def test_german_stands_alone(self):
        text = self._pdf_text("report_consent", self._given())
        self.assertEqual(text.count("Freiwillig"), 1)
        self.assertIn("§ 203 Strafgesetzbuch", text)

    def test_arabic_is_printed_from_right_to_left(self):
        self.tenant.language_ids = self.env.ref("sozial_management.language_ar")
        consent = self._given()
        values = self.env["report.sozial_management.consent_form"].with_user(self.worker)._get_report_values(consent.ids)
        self.assertEqual([column["dir"] for column in values["docs"][0]["columns"]], ["rtl", "ltr"])
        text = self._pdf_text("report_consent", consent)
        self.assertRegex(text, "[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]{3}")
        self.assertIn("Freiwillig", text)

    def test_an_empty_form_of_each_language(self):
        texts = self.env["sozial.consent.text"].search([("kind", "=", "release"), ("state", "=", "in_force")], limit=20)
        self.assertGreaterEqual(len(texts), 8)
        text = self._pdf_text("report_consent_text", texts, self.config)
        for text_version in texts.filtered(lambda one: one.language_id.code != "ar"):
            self.assertIn(" ".join(text_version.title.split()[:2]), text)
        for part in ("geboren am:", "Gegenüber:", "Doğum tarihi:".lower(), "Wobec:", "Unterschrift"):
            self.assertIn(part, text)

    def test_who_may_not_open_the_case_prints_nothing(self):
        consent = self._given()
        values = self.env["report.sozial_management.consent_form"]
        self.assertTrue(values.with_user(self.worker)._get_report_values(consent.ids)["docs"])
        for user in (self.colleague, self.frontdesk, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                values.with_user(user)._get_report_values(consent.ids)
