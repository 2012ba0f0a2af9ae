import base64
import io

from lxml import html
from PIL import Image

from odoo.tests import HttpCase, tagged

from .html_select import select
from .offer_common import OfferFixtures

HIDDEN = ("Secret draft", "Last summer", "Next century", "Archived thing", "Foreign offer")


@tagged("post_install", "-at_install")
class TestCataloguePage(OfferFixtures, HttpCase):
    """The public pages as a visitor without an account gets them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.base = f"/sozial/test-cooperative-{cls.company.id}/angebote"

    def page(self, path="", **kwargs):
        """The parsed page; the visitor reads English unless said otherwise."""
        headers = {"Accept-Language": kwargs.pop("language", "en-US")}
        response = self.url_open(f"{self.base}{path}", headers=headers, **kwargs)
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.text)

    def names(self, page):
        return [" ".join(node.text_content().split()) for node in select(page, ".o_sozial_offer h3")]

    def address(self, offer):
        return f"/{self.env['ir.http']._slug((offer.id, offer.name))}"

    def json(self, query=""):
        response = self.url_open(f"{self.base}.json{query}", headers={"Accept-Language": "en-US"})
        self.assertEqual(response.status_code, 200)
        return response.json()

    def json_names(self, query=""):
        return [offer["name"] for heading in self.json(query)["headings"] for offer in heading["offers"]]

    # -- what is shown -------------------------------------------------------------------------

    def test_published_offers_under_their_headings(self):
        page = self.page()
        self.assertEqual([node.text for node in select(page, "section h2")], ["Safe at home", "Health and company"])
        self.assertEqual(self.names(page), ["Rent-debt counselling", "Breakfast"])

    def test_what_is_not_public_is_nowhere(self):
        for path in ("", ".json", "/fragment"):
            with self.subTest(path):
                text = self.url_open(f"{self.base}{path}").text
                self.assertIn("Breakfast", text, "positive control")
                for name in HIDDEN:
                    self.assertNotIn(name, text)

    def test_one_offer(self):
        page = self.page(self.address(self.offer_debt))
        text = " ".join(page.text_content().split())
        for part in ("Rent-debt counselling", "Monday 09:00–12:30 (first floor)", "and by appointment",
                     "Office Street 1", "Ada Contact", "Bring your letters.", "free of charge", "Test Cooperative"):
            self.assertIn(part, text)
        self.assertTrue([a for a in select(page, "a[href]") if a.get("href") == "tel:0531 0000-1"])
        self.assertEqual(select(page, "h1")[0].text, "Rent-debt counselling")

    def test_hidden_offers_have_no_page_no_form_and_no_picture(self):
        hidden = (self.offer_draft | self.offer_expired | self.offer_future | self.offer_archived | self.offer_foreign)
        for offer in hidden:
            for tail in ("", "/rueckruf", "/bild"):
                with self.subTest(offer=offer.name, tail=tail):
                    self.assertEqual(self.url_open(f"{self.base}{self.address(offer)}{tail}").status_code, 404)
        for path in ("/nothing-0", "/x", f"/{'9' * 30}", "/-1"):
            with self.subTest(path):
                self.assertEqual(self.url_open(f"{self.base}{path}").status_code, 404)

    def test_only_the_listed_values_leave(self):
        colleague = self.make_user("worker")
        colleague.partner_id.write({"phone": "0170 1112223", "email": "private@example.org"})
        self.offer_debt.write({"contact_user_id": colleague.id, "contact_name": "Ada Contact"})
        self.provider.write({"phone": "0170 4445556", "email": "inside@example.org"})
        offer = self.json()["headings"][0]["offers"][0]
        self.assertEqual(set(offer), {
            "id", "name", "url", "image_url", "heading", "summary", "description", "topics", "target_groups",
            "quarters", "languages", "place", "hours", "hours_note", "contact_name", "contact_phone",
            "contact_email", "provider", "cost", "accessibility", "valid_until", "callback",
        })
        for path in ("", ".json", "/fragment", self.address(self.offer_debt), self.address(self.offer_breakfast)):
            text = self.url_open(f"{self.base}{path}").text
            for private in ("0170", "private@example.org", "inside@example.org", colleague.login):
                self.assertNotIn(private, text)

    def test_a_picture_of_a_published_offer(self):
        self.assertEqual(self.url_open(f"{self.base}{self.address(self.offer_debt)}/bild").status_code, 404)
        stream = io.BytesIO()
        Image.new("RGB", (600, 400), "red").save(stream, "PNG")
        self.offer_debt.image_1920 = base64.b64encode(stream.getvalue())
        source, = select(self.page(self.address(self.offer_debt)), "img.o_sozial_image")
        response = self.url_open(source.get("src"))
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.headers["Content-Type"].startswith("image/"))

    # -- whose catalogue -----------------------------------------------------------------------

    def test_every_company_has_its_own_address(self):
        base = f"/sozial/x-{self.other_company.id}/angebote"
        self.assertIn("Foreign offer", self.url_open(base).text)
        self.assertNotIn("Breakfast", self.url_open(base).text)
        self.assertNotIn("Breakfast", self.url_open("/sozial/angebote").text)

    def test_the_sites_own_company_needs_no_name_in_the_address(self):
        site = self.env.ref("base.public_user").company_id
        self.make_offer("Site offer", company_id=site.id)
        self.assertIn("Site offer", self.url_open("/sozial/angebote").text)
        self.assertIn("Site offer", self.url_open("/sozial/angebote.json").text)
        self.assertIn("Site offer", self.url_open("/sozial/angebote/fragment").text)

    def test_a_company_that_publishes_nothing_looks_like_none(self):
        self.offer_foreign.action_withdraw()
        for company in (f"x-{self.other_company.id}", "x-999999", "x"):
            for tail in ("", ".json", "/fragment"):
                with self.subTest(company=company, tail=tail):
                    self.assertEqual(self.url_open(f"/sozial/{company}/angebote{tail}").status_code, 404)

    def test_an_empty_catalogue_explains_itself(self):
        site = self.env.ref("base.public_user").company_id
        self.env["sozial.offer"].search([("company_id", "=", site.id)]).action_withdraw()
        page = html.fromstring(self.url_open("/sozial/angebote", headers={"Accept-Language": "en-US"}).text)
        self.assertIn("There is nothing to read here yet", page.text_content())
        self.assertFalse(select(page, ".o_sozial_filters"))
        self.assertEqual(self.url_open("/sozial/angebote.json").json()["headings"], [])
        self.assertIn("sozial-angebote", self.url_open("/sozial/angebote/fragment").text)

    # -- filters ---------------------------------------------------------------------------------

    def test_each_filter(self):
        own = ["Rent-debt counselling"]
        breakfast = ["Breakfast"]
        for query, expected in (
            (f"?thema=x-{self.debt.id}", own),
            (f"?thema={self.lonely.id}", breakfast),
            (f"?zielgruppe=x-{self.older.id}", breakfast),
            (f"?sprache=x-{self.arabic.id}", own),
            ("?anbieter=wir", own),
            (f"?anbieter=x-{self.provider.id}", breakfast),
            (f"?quartier=x-{self.north.id}", own + breakfast),
            ("?suche=letters", own),
            ("?suche=RENT%20office", own),
            ("?suche=loneliness", breakfast),
            ("?suche=nothing-like-that", []),
            (f"?thema=x-{self.debt.id}&zielgruppe=x-{self.older.id}", []),
        ):
            with self.subTest(query):
                self.assertEqual(self.json_names(query), expected)

    def test_a_quarter_shows_its_offers_and_those_for_everywhere(self):
        self.make_offer("South only", quarter_ids=self.south.ids)
        names = self.json_names(f"?quartier=x-{self.south.id}")
        self.assertEqual(sorted(names), ["Rent-debt counselling", "South only"])

    def test_the_form_offers_only_what_leads_somewhere_and_keeps_the_choice(self):
        page = self.page(f"?thema=x-{self.debt.id}&suche=letters")
        options = [option.text for option in select(page, "select[name=thema] option")]
        self.assertEqual(options, ["All topics", "Rent debt", "Loneliness"])
        self.assertEqual(select(page, "select[name=thema] option[selected]")[0].text, "Rent debt")
        self.assertEqual(select(page, "input[name=suche]")[0].get("value"), "letters")
        self.assertNotIn("Archived thing", page.text_content())

    def test_a_filter_that_is_not_known_is_left_out_and_said(self):
        page = self.page("?thema=gone-999999&quartier=%27%3B--")
        self.assertEqual(self.names(page), ["Rent-debt counselling", "Breakfast"])
        self.assertIn("One filter in this address is not known", page.text_content())
        self.assertTrue(self.json("?sprache=zz")["filter_ignored"])

    def test_what_a_visitor_types_comes_back_escaped(self):
        text = self.url_open(f"{self.base}?suche=<script>alert(1)</script>").text
        self.assertNotIn("<script>alert(1)", text)

    # -- form and language -----------------------------------------------------------------------

    def test_the_page_can_be_used_without_eyes_and_mouse(self):
        for path in ("", self.address(self.offer_debt), f"{self.address(self.offer_debt)}/rueckruf"):
            with self.subTest(path):
                page = self.page(path)
                self.assertEqual(len(select(page, "h1")), 1)
                self.assertTrue(page.get("lang"))
                self.assertTrue(select(page, "main"))
                fields = [field for tag in ("input", "select", "textarea") for field in select(page, f"#wrap {tag}")]
                for field in fields:
                    if field.get("type") != "hidden":
                        self.assertTrue(select(page, f"label[for={field.get('id')}]"), field.get("name"))
        page = self.page()
        sections = select(page, "#wrap section")
        self.assertEqual(len(sections), 2)
        for section in sections:
            self.assertTrue(select(page, f"#{section.get('aria-labelledby')}"))

    def test_german_for_a_german_browser_and_the_company_for_all_others(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.category_home.with_context(lang="de_DE").name = "Sicheres Wohnen"
        self.assertIn("Sicheres Wohnen", self.page(language="de-DE,de;q=0.9").text_content())
        self.company.partner_id.lang = "de_DE"
        self.opener.cookies.clear()
        self.assertIn("Sicheres Wohnen", self.page(language="tlh").text_content())
        self.opener.cookies.clear()
        self.assertIn("Safe at home", self.page(language="en-US").text_content())
        self.opener.cookies.clear()
        self.assertEqual(self.json("?lang=de")["language"], "de_DE")

    def test_the_fragment_is_plain_html_any_page_may_fetch(self):
        response = self.url_open(f"{self.base}/fragment")
        self.assertEqual(response.headers["Access-Control-Allow-Origin"], "*")
        self.assertNotIn("<html", response.text)
        self.assertNotIn("<script", response.text)
        for link in select(html.fromstring(response.text), "h3 a"):
            self.assertTrue(link.get("href").startswith("http"), "links lead back from the other homepage")
        self.assertEqual(self.url_open(f"{self.base}.json").headers["Access-Control-Allow-Origin"], "*")

    def test_reading_pages_take_no_post(self):
        for path in ("", ".json", "/fragment", self.address(self.offer_debt)):
            with self.subTest(path):
                self.assertEqual(self.url_open(f"{self.base}{path}", data={"x": "y"}).status_code, 405)

    # -- cost ----------------------------------------------------------------------------------------

    def test_pages_cost_the_same_for_many_offers(self):
        for number in range(40):
            self.make_offer(f"Offer {number}", target_group_ids=self.older.ids, quarter_ids=self.north.ids,
                            language_ids=self.arabic.ids,
                            hour_ids=[(0, 0, {"weekday": "1", "hour_from": 9, "hour_to": 10})])
        for path, count in PAGE_QUERIES.items():
            with self.subTest(path):
                self.url_open(f"{self.base}{path}")  # templates, assets and rights into the caches
                self.env.flush_all()
                self.env.invalidate_all()
                with self.assertQueryCount(count):
                    response = self.url_open(f"{self.base}{path}")
                self.assertIn("Offer 39", response.text)


# session, language and layout, then for each kind of link its rows and its names; 42 offers or 2
PAGE_QUERIES = {"": 25, ".json": 22, "/fragment": 22}
