from odoo.tests import Form, TransactionCase, tagged

from .offer_common import OfferFixtures


@tagged("post_install", "-at_install")
class TestOfferFitting(OfferFixtures, TransactionCase):
    """The rule itself is tested in `pure/test_fitting.py`; here: what reaches it, what comes out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls.make_user("worker")
        cls.frontdesk = cls.make_user("frontdesk")

    def fitting(self, **situation):
        return self.env["sozial.offer"].with_user(self.worker)._fitting(**situation)

    def test_only_visible_offers_of_the_own_company_are_proposed(self):
        self.assertEqual([offer for offer, _score, _reasons in self.fitting()], list(self.visible))

    def test_reasons_say_why(self):
        (offer, score, reasons), = self.fitting(topics=self.debt, languages=self.arabic)
        self.assertEqual(offer, self.offer_debt)
        self.assertEqual(score, 12)
        self.assertEqual(reasons, ["helps with: Rent debt", "speaks: Arabic"])
        (offer, _score, reasons), = self.fitting(topics=self.lonely, target_groups=self.older, quarter=self.north)
        self.assertEqual(offer, self.offer_breakfast)
        self.assertEqual(reasons, ["helps with: Loneliness", "made for: Older people", "in the own quarter"])
        (_offer, _score, reasons), = self.fitting(quarter=self.south)
        self.assertEqual(reasons, ["open to everybody"])

    def test_another_quarter_leaves_the_offer_out(self):
        self.assertEqual(self.fitting(topics=self.lonely, quarter=self.south), [])

    def test_limit(self):
        self.assertEqual(len(self.fitting(limit=1)), 1)

    def test_a_large_catalogue_costs_the_same(self):
        for number in range(40):
            self.make_offer(f"Offer {number}", target_group_ids=self.older.ids, quarter_ids=self.north.ids)
        self.env.flush_all()
        self.env.invalidate_all()
        self.fitting(topics=self.debt)  # rights and rules into the cache
        self.env.invalidate_all()
        with self.assertQueryCount(FITTING_QUERIES):
            found = self.fitting(topics=self.debt, quarter=self.north, limit=50)
        self.assertEqual(len(found), 41)

    def test_the_dialog_proposes_while_typing_and_stores_nothing(self):
        Finder = self.env["sozial.offer.finder"].with_user(self.frontdesk)
        before = Finder.sudo().search_count([])
        form = Form(Finder)
        form.topic_ids.add(self.lonely)
        self.assertEqual([line["offer_id"] for line in form.line_ids._records], self.offer_breakfast.ids)
        self.assertFalse(form.is_empty)
        form.quarter_id = self.south
        self.assertTrue(form.is_empty)
        self.assertEqual(Finder.sudo().search_count([]), before)

    def test_a_tenants_button_knows_quarter_and_languages(self):
        tenant = self.env["res.partner"].create({"name": "T. Enant", "company_id": self.company.id,
                                                 "language_ids": self.arabic.ids})
        building = self.env["sozial.building"].create({
            "street": "Test Street", "house_number": "1", "zip": "38226", "city": "Testtown",
            "quarter_id": self.north.id, "company_id": self.company.id,
        })
        dwelling = self.env["sozial.dwelling"].create({"number": "1", "building_id": building.id})
        tenancy = self.env["sozial.tenancy"].create({
            "external_ref": "T-1", "dwelling_id": dwelling.id, "partner_id": tenant.id,
            "date_start": "2020-01-01", "company_id": self.company.id,
        })
        for record in (tenancy, tenant):
            with self.subTest(record._name):
                action = record.with_user(self.worker).action_fitting_offers()
                self.assertEqual(action["res_model"], "sozial.offer.finder")
                self.assertEqual(action["context"]["default_quarter_id"], self.north.id)
                self.assertEqual(action["context"]["default_language_ids"], self.arabic.ids)


# the offers with all their links, and the names in the reasons
FITTING_QUERIES = 14
