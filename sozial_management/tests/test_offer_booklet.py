import io
import unittest

from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .offer_common import OfferFixtures


@tagged("post_install", "-at_install")
class TestOfferBooklet(OfferFixtures, HttpCase):
    """Reads the text of the printed PDF. A PDF tool that does not work is a failure, not a skip."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls.make_user("worker")

    def booklet_text(self):
        report = self.env["ir.actions.report"].with_user(self.worker).with_context(force_report_rendering=True)
        if report.get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            self.fail(f"wkhtmltopdf does not work: {report.get_wkhtmltopdf_state()}")
        try:
            pdf, kind = report._render_qweb_pdf("sozial_management.report_offer_booklet", self.company.ids)
        except unittest.SkipTest as skipped:  # Odoo's way to let a broken PDF tool look green
            self.fail(f"wkhtmltopdf failed: {skipped}")
        self.assertEqual(kind, "pdf")
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
        return " ".join(text.split())

    def test_published_offers_under_their_headings_with_contact_and_hours(self):
        self.company.partner_id.write({"street": "Letterhead Road 7", "city": "Testtown"})
        text = self.booklet_text()
        places = [text.index(part) for part in (
            "Test Cooperative", "Our offers", "Safe at home", "Rent-debt counselling", "Monday 09:00–12:30",
            "Ada Contact", "0531 0000-1", "Health and company", "Breakfast", "Helping Hands", "Letterhead Road 7",
        )]
        self.assertEqual(places, sorted(places), "letterhead first, headings in their order, address last")
        for hidden in ("Secret draft", "Last summer", "Next century", "Archived thing", "Foreign offer"):
            self.assertNotIn(hidden, text)

    def test_an_empty_catalogue_says_so(self):
        self.visible.action_withdraw()
        text = self.booklet_text()
        self.assertIn("No offer is published at the moment", text)
        self.assertNotIn("Safe at home", text)

    def test_who_may_not_read_offers_prints_none(self):
        values = self.env["report.sozial_management.offer_booklet"]
        with self.assertRaises(AccessError):
            values.with_user(self.make_user("report"))._get_report_values(self.company.ids)
        self.assertTrue(values.with_user(self.worker)._get_report_values(self.company.ids)["docs"][0]["headings"])

    def test_the_menu_prints_the_own_company(self):
        action = self.env["sozial.offer"].with_user(self.worker).action_print_booklet()
        self.assertEqual(action["report_name"], "sozial_management.offer_booklet")
        self.assertEqual(action["context"]["active_ids"], self.company.ids)
