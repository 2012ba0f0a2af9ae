import io

from pypdf import PdfReader

from odoo.tests import tagged

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install")
class TestAgreementPaper(AgreementCommon):
    """The agreement on paper says what was signed, by whom, and whether it holds."""

    def _printed(self, agreement):
        report = self.env["ir.actions.report"].with_user(self.procurement).with_context(force_report_rendering=True, lang="de_DE")
        pdf = report._render_qweb_pdf("sozial_management_partner.report_agreement", res_ids=agreement.ids)[0]
        return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())

    def test_from_draft_to_the_end(self):
        agreement = self._agreement()
        page = self._printed(agreement)
        self.assertIn("Entwurf", page)
        self.assertIn("Mieterberatung", page)
        agreement.action_offer()
        page = self._printed(agreement)
        self.assertNotIn("Entwurf", page)
        self.assertIn("Noch nicht von beiden Seiten unterschrieben", page)
        agreement.action_sign()
        self._sign_partner(agreement)
        page = self._printed(agreement)
        for words in (self.procurement.name, agreement.partner_signed_name, agreement.partner_signed_function, self.caritas.name):
            with self.subTest(words=words):
                self.assertIn(words, page)
        self.assertIn(agreement.sha256, page.replace(" ", ""))
        self.assertNotIn("Noch nicht", page)
        printed = page.replace(" ", "")
        for part in agreement.text.split("\n\n"):
            with self.subTest(part=part):
                self.assertIn("".join(part.split()), printed)
        agreement.end_reason = "Beide Seiten wünschen es."
        agreement.action_terminate()
        self.assertIn("Nicht mehr in Kraft", self._printed(agreement))
