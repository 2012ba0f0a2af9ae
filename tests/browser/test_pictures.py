"""The README's pictures, taken from the demo data in German."""

from odoo.tests import tagged

from sozial_support.browser import BrowserCase


@tagged("post_install", "-at_install")
class TestPictures(BrowserCase):
    def test_my_day(self):
        self.picture(
            "/odoo/my-day",
            "docs/images/my_day.png",
            login="sozialarbeit",
            ready="document.querySelectorAll('.o_sozial_my_day .list-group-item').length > 3",
            size=(1280, 860),
        )

    def test_catalogue(self):
        self.picture(
            "/sozial/angebote",
            "docs/images/catalogue.png",
            ready="document.querySelectorAll('.o_sozial_offer').length > 3",
            size=(1280, 860),
        )
