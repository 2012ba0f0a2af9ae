"""A company with a small catalogue of its own, and one user per role."""
from odoo.tests import new_test_user

ROLES = ("frontdesk", "worker", "lead", "privacy", "report", "config")


class OfferFixtures:
    """Mixed into test cases; everything stands in a company that the demo data does not know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # whatever languages the database has: the tests read the source language
        english = cls.env["res.lang"]._activate_lang("en_US")
        if "website" in cls.env:  # a website has languages of its own
            cls.env["website"].search([], limit=10).language_ids |= english
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US", "tracking_disable": True})
        cls.company = cls.env["res.company"].create({"name": "Test Cooperative"})
        cls.other_company = cls.env["res.company"].create({"name": "Other Cooperative"})
        cls.category_home = cls.env.ref("sozial_management.offer_category_safe_home")
        cls.category_health = cls.env.ref("sozial_management.offer_category_health")
        cls.debt = cls.env.ref("sozial_management.topic_rent_debt")
        cls.lonely = cls.env.ref("sozial_management.topic_loneliness")
        cls.older = cls.env.ref("sozial_management.target_group_older")
        cls.arabic = cls.env.ref("sozial_management.language_ar")
        Quarter = cls.env["sozial.quarter"]
        cls.north = Quarter.create({"name": "Test North", "company_id": cls.company.id})
        cls.south = Quarter.create({"name": "Test South", "company_id": cls.company.id})
        cls.provider = cls.env["res.partner"].create({"name": "Helping Hands", "is_company": True})
        cls.offer_debt = cls.make_offer(
            "Rent-debt counselling", topic_ids=cls.debt.ids, language_ids=cls.arabic.ids,
            place="Office Street 1", contact_name="Ada Contact", contact_email="ada@example.org",
            description="<p>Bring your <b>letters</b>.</p>",
            hour_ids=[(0, 0, {"weekday": "0", "hour_from": 9, "hour_to": 12.5, "note": "first floor"})],
            hours_note="and by appointment",
        )
        cls.offer_breakfast = cls.make_offer(
            "Breakfast", category_id=cls.category_health.id, topic_ids=cls.lonely.ids,
            target_group_ids=cls.older.ids, quarter_ids=cls.north.ids, provider_id=cls.provider.id,
        )
        cls.offer_draft = cls.make_offer("Secret draft", is_published=False)
        cls.offer_expired = cls.make_offer("Last summer", valid_until="2020-01-01")
        cls.offer_future = cls.make_offer("Next century", valid_from="2199-01-01")
        cls.offer_archived = cls.make_offer("Archived thing", active=False)
        cls.offer_foreign = cls.make_offer("Foreign offer", company_id=cls.other_company.id)
        cls.visible = cls.offer_debt | cls.offer_breakfast

    @classmethod
    def make_offer(cls, name, **values):
        return cls.env["sozial.offer"].create({
            "name": name,
            "company_id": cls.company.id,
            "category_id": cls.category_home.id,
            "summary": f"{name}: what you get.",
            "topic_ids": cls.debt.ids,
            "contact_phone": "0531 0000-1",
            "is_published": True,
            **values,
        })

    @classmethod
    def make_user(cls, role):
        return new_test_user(
            cls.env, f"offer_{role}", groups=f"base.group_user,sozial_management.group_sozial_{role}",
            company_id=cls.company.id, company_ids=[(6, 0, cls.company.ids)],
        )
