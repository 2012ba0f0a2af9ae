"""The browser and the PDF tool, on which the other tests rely, do work here."""

import io

import pypdf

from odoo.tests import tagged

from sozial_support.browser import BrowserCase


@tagged("post_install", "-at_install")
class TestMachine(BrowserCase):
    def test_browser_shows_the_login_page_in_german(self):
        png = self.picture("/web/login", "login.png", ready="!!document.querySelector('form.oe_login_form')", size=(400, 700))
        self.assertEqual(png[:4], b"\x89PNG")
        self.assertEqual((int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")), (400, 700))

    def test_back_end_opens_without_a_console_error(self):
        self.picture("/odoo/apps", "apps.png", login="admin")

    def test_pdf_is_printed_with_umlauts(self):
        pages = ["<html><head><meta charset='utf-8'/></head><body><p>Grüße aus dem Quartier</p></body></html>"]
        pdf = self.env["ir.actions.report"]._run_wkhtmltopdf(pages)
        text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
        self.assertEqual(" ".join(text.split()), "Grüße aus dem Quartier")
