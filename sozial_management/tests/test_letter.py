import io
import re
from datetime import date

from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import SozialCommon

ON_EACH = ("Erika Sorgenfrei", "Stolberger Straße 12", "99734 Nordhausen", "Markt 1", "03631 900-0")
KINDS = ("appointment", "invitation", "not_reached", "release", "report", "closing")
# What stands in each letter beside the address, entered values included.
SAYS = {
    "appointment": ("bestätigen unseren Termin", "Dienstag, 1. Dezember 2026, 10:30 Uhr", "Nachbarschaftstreff, Raum 2", "Schweigepflicht"),
    "invitation": ("Dienstag, 1. Dezember 2026, 10:30 Uhr", "freiwillig", "Hausbesuch"),
    "not_reached": ("nicht erreicht", "15. Dezember 2026"),
    "release": ("Anlage: Schweigepflichtentbindung", "jederzeit widerrufen", "15. Dezember 2026"),
    "report": ("Sehr geehrte Damen und Herren", "auf der Grundlage der Schweigepflichtentbindung vom 1. Oktober 2026"),
    "closing": ("Danke für Ihr Vertrauen",),
}


def text_of(content):
    """The words of a PDF, line breaks as spaces."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return re.sub(r"\s+", " ", " ".join(pages))


class LetterCommon(SozialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.write({"street": "Markt 1", "zip": "99734", "city": "Nordhausen", "phone": "03631 900-0"})
        cls.case = cls._open_case()

    def _template(self, code):
        return self.env.ref(f"sozial_management.letter_{code}")

    def _letter(self, code="closing", user=None, **values):
        letters = self._as(self.env["sozial.letter"], user or self.worker).with_context(force_report_rendering=True)
        return letters.create({"case_id": self.case.id, "template_id": self._template(code).id, **values})

    def _whole(self, code, **values):
        """A letter with everything entered that one may ask for."""
        return self._letter(
            code, appointment="2026-12-01 09:30:00", place="Nachbarschaftstreff, Raum 2", until="2026-12-15", date="2026-11-23",
            ground="der Schweigepflichtentbindung vom 1. Oktober 2026", **values,
        )  # fmt: skip

    def _pdf(self, letter):
        report = self.env["ir.actions.report"].with_user(self.worker).with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf("sozial_management.report_letter", letter.ids)
        self.assertEqual(kind, "pdf")
        return text_of(content)


@tagged("post_install", "-at_install")
class TestLetterText(LetterCommon):
    def test_every_letter_could_be_sent(self):
        """The words on the paper: address, text, who signs; nothing in braces, nothing empty."""
        for code in KINDS:
            letter = self._whole(code)
            text = self._pdf(letter)
            with self.subTest(letter=code):
                self.assertNotRegex(text, r"[{}]|False|None|TODO|\bXX")
                for part in (*ON_EACH, self.worker.name, *SAYS[code]):
                    self.assertIn(part, text)

    def test_every_text_names_only_what_is_known(self):
        texts = self.env["sozial.letter.text"].search([], limit=100)
        self.assertGreaterEqual(len(texts), len(KINDS))
        for code in KINDS:
            with self.subTest(letter=code):
                self.assertIn("de", self._template(code).text_ids.language_id.mapped("code"))
        with self.assertRaisesRegex(ValidationError, "birthday"):
            texts[0].body = "Alles Gute, {birthday}"

    def test_what_is_missing_is_said_at_once_and_nothing_is_stored(self):
        letter = self._letter("invitation")
        of_case = [("res_model", "=", "sozial.case"), ("res_id", "=", self.case.id)]
        files = self.env["ir.attachment"].search_count(of_case)
        with self.assertRaisesRegex(UserError, "(?s)Appointment.*Place"):
            letter.action_finish()
        self.assertEqual(letter.state, "draft")
        self.assertEqual(self.env["ir.attachment"].search_count(of_case), files)

    def test_without_an_address_it_cannot_be_sent(self):
        stranger = self.env["res.partner"].create({"name": "Amt", "company_id": self.company.id})
        letter = self._letter(recipient_id=stranger.id)
        with self.assertRaisesRegex(UserError, "address of Amt"):
            letter.action_finish()
        stranger.write({"street": "Am Ring 3", "zip": "99734", "city": "Nordhausen"})
        letter.action_finish()
        self.assertIn("Am Ring 3", text_of(letter.attachment_id.raw))

    def test_another_language_with_german_beside(self):
        self.tenant.language_ids = [Command.set(self.env.ref("sozial_management.language_en").ids)]
        letter = self._whole("invitation")
        self.assertEqual(letter.language_id.code, "en")
        text = self._pdf(letter)
        for part in ("Invitation to a talk", "Einladung zu einem Gespräch", "Tuesday, 1 December 2026", "Dienstag, 1. Dezember 2026"):
            self.assertIn(part, text)

    def test_words_changed_by_hand_stay(self):
        letter = self._letter("not_reached", until="2026-12-15")
        with Form(letter) as form:
            form.body = "Guten Tag, bitte melden Sie sich bis zum {until}."
        letter.until = date(2026, 12, 20)
        text = self._pdf(letter)
        self.assertIn("melden Sie sich bis zum 20. Dezember 2026", text)

    def test_a_draft_says_so(self):
        letter = self._letter()
        self.assertRegex(self._pdf(letter), "Draft|Entwurf")
        letter.action_finish()
        self.assertNotRegex(text_of(letter.attachment_id.raw), "Draft|Entwurf")


@tagged("post_install", "-at_install")
class TestLetterRules(LetterCommon):
    def test_the_pdf_is_a_document_of_the_case(self):
        letter = self._letter()
        letter.action_finish()
        file = letter.attachment_id
        self.assertEqual((file.res_model, file.res_id), ("sozial.case", self.case.id))
        self.assertTrue(self._as(file, self.worker).has_access("read"))
        for user in (self.colleague, self.system, self.frontdesk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(file, user).read(["raw"])

    def test_a_finished_one_stays(self):
        letter = self._letter()
        letter.action_finish()
        for change in (lambda: letter.write({"body": "x"}), letter.unlink, letter.action_finish):
            with self.assertRaisesRegex(UserError, "stays as it was sent"):
                change()
        with self.assertRaisesRegex(UserError, "not set directly"):
            self._letter().write({"state": "final"})
        with self.assertRaisesRegex(UserError, "not set directly"):
            self._letter(state="final")

    def test_not_in_a_closed_case_and_not_to_oneself(self):
        with self.assertRaisesRegex(ValidationError, "somebody else"):
            self._letter(recipient_id=self.worker.partner_id.id)
        self.case.write({"close_reason": "solved"})
        self.case.action_decline()
        with self.assertRaisesRegex(UserError, "is closed"):
            self._letter()

    def test_printing_is_logged(self):
        letter = self._letter()
        self.env.cr.flush()
        log = self.env["sozial.access.log"].sudo()
        domain = [("case_id", "=", self.case.id), ("kind", "=", "print"), ("user_id", "=", self.worker.id)]
        self.assertFalse(log.search_count(domain))
        letter.action_finish()
        self.env.cr.flush()
        self.assertEqual(log.search_count(domain), 1)

    def test_nobody_else_prints_it(self):
        letter = self._letter()
        for user in (self.colleague, self.frontdesk, self.system, self.privacy):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["ir.actions.report"].with_user(user)._render_qweb_html("sozial_management.report_letter", letter.ids)
        with self.assertRaises(AccessError):
            self._as(letter, self.colleague).action_preview()
