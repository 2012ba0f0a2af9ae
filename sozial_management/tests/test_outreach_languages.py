import io

from pypdf import PdfReader

from odoo.fields import Command
from odoo.tests import tagged

from .letter_texts import LANGUAGES, problems
from .test_outreach import OutreachCommon


@tagged("post_install", "-at_install")
class TestOutreachLanguages(OutreachCommon):
    """Tenants are invited in the own language, German beside it."""

    def test_the_welcome_letter_speaks_the_languages_of_the_tenants(self):
        self.assertEqual(problems(self.env.ref("sozial_management.letter_welcome")), [])

    def test_the_invitation_to_a_benefit_check_speaks_them_too(self):
        self.assertEqual(problems(self.env.ref("sozial_management.letter_benefit_invitation")), [])

    def test_what_is_not_translated_is_found(self):
        letter = self.env.ref("sozial_management.letter_welcome")
        texts = {text.language_id.code: text for text in letter.text_ids}
        whole = texts["pl"].body
        for body, words in (
            (texts["de"].body, "stands in de"),
            (whole.replace("{place}", "Treff"), "other names"),
            (whole.replace("Zapraszamy", "[?]"), "left open"),
            (whole.replace("\n\n{company}", ""), "other sections"),
        ):
            texts["pl"].body = body
            self.assertIn(words, " ".join(problems(letter)))
        texts["pl"].unlink()
        self.assertIn("pl: is missing", problems(letter))

    def test_each_language_is_printed_beside_german(self):
        self.campaign.write({"kind": "welcome", "template_id": self.env.ref("sozial_management.letter_welcome").id})
        self.campaign.building_ids = [Command.set(self.building.ids)]
        codes = sorted(LANGUAGES - {"de"})
        tenancies = self._tenants(len(codes))
        for tenancy, code in zip(tenancies, codes, strict=True):
            tenancy.partner_id.language_ids = self.env.ref(f"sozial_management.language_{code}")
        self.campaign.action_begin()
        for visit in self.campaign.visit_ids.filtered(lambda visit: visit.dwelling_id in tenancies.dwelling_id):
            letter = self.campaign._letter(visit, visit.tenant_id)
            self.assertEqual([column["lang"] for column in letter["columns"]][-1], "de")
            self.assertEqual(len(letter["columns"]), 2)
            for column in letter["columns"]:
                self.assertNotRegex(" ".join(column["paragraphs"]), r"[{}]")
                self.assertEqual(column["dir"], "rtl" if column["lang"] in ("ar", "fa") else "ltr")
        self._print()
        pages = PdfReader(io.BytesIO(self.campaign.letters_id.raw)).pages
        text = " ".join(" ".join(page.extract_text().split()) for page in pages)
        for word in ("Вітаємо", "Здравствуйте", "Merhaba", "Dzień dobry", "Bună ziua", "Guten Tag"):
            self.assertIn(word, text)
