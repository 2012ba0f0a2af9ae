from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from ..models.offer.callback_attempt import PER_HOUR
from .html_select import select
from .offer_common import OfferFixtures

GOOD = {"name": "Erna Example", "phone": "0531 123456", "time": "in the morning", "message": "My rent. Please call."}


@tagged("post_install", "-at_install")
class TestCallback(OfferFixtures, HttpCase):
    """“Please call me back”, as a visitor without an account sends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        slug = cls.env["ir.http"]._slug((cls.offer_debt.id, cls.offer_debt.name))
        cls.url = f"/sozial/test-cooperative-{cls.company.id}/angebote/{slug}/rueckruf"

    def requests(self):
        return self.env["sozial.handover"].search([("company_id", "=", self.company.id)])

    def token(self, url=None):
        page = html.fromstring(self.url_open(url or self.url, headers={"Accept-Language": "en-US"}).text)
        return select(page, "input[name=csrf_token]")[0].get("value")

    def send(self, values, url=None):
        return self.url_open(
            url or self.url, data={"csrf_token": self.token(url), **values}, headers={"Accept-Language": "en-US"})

    def test_a_request_lands_in_the_inbox(self):
        response = self.send(GOOD)
        self.assertTrue(response.url.endswith("/rueckruf/danke"))
        self.assertIn("Thank you", response.text)
        request = self.requests()
        self.assertEqual(len(request), 1)
        self.assertRecordValues(request, [{
            "source": "callback", "state": "new", "offer_id": self.offer_debt.id, "topic_id": self.debt.id,
            "company_id": self.company.id, "contact_name": "Erna Example", "contact_phone": "0531 123456",
            "contact_email": False, "contact_time": "in the morning", "summary": "My rent. Please call.",
            "partner_id": False, "author_id": self.env.ref("base.public_user").id,
        }])
        self.assertIn(request, self.env["sozial.handover"].with_user(self.make_user("worker")).search([("state", "=", "new")]))

    def test_the_site_of_the_own_company(self):
        site = self.env.ref("base.public_user").company_id
        offer = self.make_offer("Site offer", company_id=site.id)
        self.send(GOOD, f"/sozial/angebote/x-{offer.id}/rueckruf")
        self.assertEqual(self.env["sozial.handover"].search([("offer_id", "=", offer.id)]).company_id, site)

    def test_a_tenant_who_is_logged_in_does_not_become_the_author(self):
        new_test_user(self.env, "callback_portal", groups="base.group_portal", company_id=self.company.id,
                      company_ids=[(6, 0, self.company.ids)])
        self.authenticate("callback_portal", "callback_portal")
        self.send(GOOD)
        self.assertEqual(self.requests().author_id, self.env.ref("base.public_user"))

    def test_an_e_mail_address_and_no_message_are_enough(self):
        self.send({"name": "Erna", "email": "erna@example.org"})
        self.assertEqual(self.requests().contact_email, "erna@example.org")
        self.assertIn("Rent-debt counselling", self.requests().summary)

    def test_the_topic_is_one_of_the_offers(self):
        self.offer_debt.topic_ids = self.debt | self.lonely
        self.send({**GOOD, "topic": str(self.lonely.id)})
        self.assertEqual(self.requests().topic_id, self.lonely)
        self.requests().unlink()
        other = self.env.ref("sozial_management.topic_care")
        self.send({**GOOD, "topic": str(other.id)})
        self.assertEqual(self.requests().topic_id, self.debt)

    def test_bad_input_names_the_field_and_keeps_what_was_typed(self):
        for change, field, sentence in (
            ({"name": "  "}, "name", "“Your name”"),
            ({"phone": ""}, "phone", "“Phone”"),
            ({"phone": "call me"}, "phone", "“Phone”"),
            ({"email": "erna-at-home"}, "email", "“E-mail”"),
            ({"email": "erna@@example.org"}, "email", "“E-mail”"),
            ({"message": "x" * 601}, "message", "“What is it about?”: at most 600"),
            ({"name": "x" * 101}, "name", "“Your name”: at most 100"),
            ({"time": "x" * 201}, "time", "“When can we reach you?”: at most 200"),
        ):
            with self.subTest(change=list(change.items())[0][0] + str(change)[:20]):
                response = self.send({**GOOD, **change})
                self.assertEqual(response.status_code, 422)
                page = html.fromstring(response.text)
                self.assertIn(sentence, select(page, "#callback_errors")[0].text_content())
                self.assertEqual(select(page, f"#callback_{field}")[0].get("aria-invalid"), "true")
                self.assertEqual(select(page, "#callback_errors a")[0].get("href"), f"#callback_{field}")
                if "time" not in change:
                    self.assertEqual(select(page, "#callback_time")[0].get("value"), "in the morning")
        self.assertFalse(self.requests(), "nothing is half-written")

    def test_a_second_click_makes_no_second_request(self):
        for _click in range(2):
            self.assertIn("Thank you", self.send(GOOD).text)
        self.assertEqual(len(self.requests()), 1)
        self.send({**GOOD, "message": "Something else."})
        self.assertEqual(len(self.requests()), 2)

    def test_control_characters_are_dropped(self):
        self.assertEqual(self.send({**GOOD, "name": "Erna\x00\x1b Example"}).status_code, 200)
        self.assertEqual(self.requests().contact_name, "Erna Example")

    def test_without_a_valid_token_nothing_happens(self):
        self.assertEqual(self.url_open(self.url, data=GOOD).status_code, 400)
        self.assertEqual(self.url_open(self.url, data={**GOOD, "csrf_token": "x"}).status_code, 400)
        self.assertFalse(self.requests())

    def test_a_script_that_fills_in_everything_is_thanked_and_forgotten(self):
        response = self.send({**GOOD, "website_url": "http://spam.example"})
        self.assertIn("Thank you", response.text)
        self.assertFalse(self.requests())

    def test_too_many_requests_of_one_sender(self):
        for number in range(PER_HOUR):
            self.assertIn("Thank you", self.send({**GOOD, "name": f"Erna {number}"}).text)
        response = self.send(GOOD)
        self.assertEqual(response.status_code, 422)
        self.assertIn("several requests", response.text)
        self.assertEqual(len(self.requests()), PER_HOUR)

    def test_the_counter_knows_no_address_and_forgets_after_an_hour(self):
        Attempt = self.env["sozial.callback.attempt"]
        for _number in range(PER_HOUR):
            self.assertTrue(Attempt._may_send("192.0.2.7"))
        self.assertFalse(Attempt._may_send("192.0.2.7"))
        self.assertTrue(Attempt._may_send("192.0.2.8"), "somebody else is not hindered")
        attempts = Attempt.search([], limit=1000)
        self.assertFalse([sender for sender in attempts.mapped("sender") if "192.0.2" in sender])
        self.cr.execute("UPDATE sozial_callback_attempt SET at = at - interval '61 minutes'")
        attempts.invalidate_recordset()
        self.assertTrue(Attempt._may_send("192.0.2.7"))
        Attempt._gc_attempts()
        self.assertEqual(Attempt.search_count([("is_daily", "=", False)]), 1)
        with self.assertRaises(AccessError):
            Attempt.with_user(self.make_user("config")).search([], limit=1)

    def test_an_offer_that_takes_no_requests_has_no_form(self):
        token = self.token()
        self.offer_debt.allow_callback = False
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertEqual(self.url_open(self.url, data={**GOOD, "csrf_token": token}).status_code, 404)
        self.assertNotIn("/rueckruf", self.url_open(self.url.removesuffix("/rueckruf")).text)
        self.assertFalse(self.requests())

    def test_a_request_for_a_withdrawn_offer_is_not_taken(self):
        token = self.token()
        self.offer_debt.action_withdraw()
        self.assertEqual(self.url_open(self.url, data={**GOOD, "csrf_token": token}).status_code, 404)
        self.assertFalse(self.requests())
