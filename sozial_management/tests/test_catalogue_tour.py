from odoo.tests import HttpCase, tagged

from .offer_common import OfferFixtures


@tagged("post_install", "-at_install")
class TestCatalogueTour(OfferFixtures, HttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_visitor_finds_an_offer_on_a_phone_and_asks_for_a_call(self):
        self.env.ref("base.public_user").lang = "en_US"
        self.start_tour(f"/sozial/test-cooperative-{self.company.id}/angebote", "sozial_catalogue_tour")
        request = self.env["sozial.handover"].search([("company_id", "=", self.company.id)])
        self.assertEqual(request.mapped("contact_name"), ["Erna Example"])
