from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .offer_common import OfferFixtures


@tagged("post_install", "-at_install")
class TestOffer(OfferFixtures, TransactionCase):

    def visible_now(self):
        offers = self.env["sozial.offer"].with_context(active_test=False)
        return offers.search(offers._visible_domain() & fields.Domain("company_id", "=", self.company.id))

    def test_visible_is_published_active_and_within_dates(self):
        self.assertEqual(self.visible_now(), self.visible)
        everything = self.env["sozial.offer"].with_context(active_test=False).search(
            [("company_id", "=", self.company.id)])
        self.assertEqual(everything.filtered("is_visible"), self.visible, "the field says what the domain says")
        self.assertEqual(
            self.env["sozial.offer"].search([("is_visible", "=", True), ("company_id", "=", self.company.id)]),
            self.visible)

    def test_first_and_last_day_are_included(self):
        today = self.env["sozial.offer"]._public_today()
        self.offer_debt.write({"valid_from": today, "valid_until": today})
        self.assertIn(self.offer_debt, self.visible_now())
        self.offer_debt.write({"valid_from": today - timedelta(days=2), "valid_until": today - timedelta(days=1)})
        self.assertNotIn(self.offer_debt, self.visible_now())

    def test_publish_and_withdraw(self):
        self.offer_draft.action_publish()
        self.assertTrue(self.offer_draft.is_visible)
        self.offer_draft.action_withdraw()
        self.assertFalse(self.offer_draft.is_visible)

    def test_a_copy_is_a_draft_with_its_hours(self):
        copy = self.offer_debt.copy()
        self.assertFalse(copy.is_published)
        self.assertEqual(copy.hour_ids.mapped("weekday"), ["0"])

    def test_publishing_needs_text_topic_and_a_way_to_ask(self):
        for values, field in (
            ({"summary": False}, "Short Text"),
            ({"topic_ids": [(5,)]}, "Topics"),
            ({"contact_phone": False, "contact_email": False, "allow_callback": False}, "Public Phone"),
        ):
            with self.subTest(field), self.assertRaisesRegex(ValidationError, field), self.cr.savepoint():
                draft = self.make_offer("Half an offer", is_published=False, **values)
                draft.action_publish()

    def test_dates_in_wrong_order_are_refused_by_name(self):
        with self.assertRaisesRegex(ValidationError, "Valid from"):
            self.offer_debt.write({"valid_from": "2026-02-01", "valid_until": "2026-01-01"})
            self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_what_must_never_be(self):
        for query in (
            "UPDATE sozial_offer SET valid_from = '2026-02-01', valid_until = '2026-01-01' WHERE id = %s",
            "UPDATE sozial_offer_hour SET hour_to = 25 WHERE offer_id = %s",
            "UPDATE sozial_offer_hour SET hour_to = hour_from WHERE offer_id = %s",
        ):
            with self.subTest(query), self.assertRaises(IntegrityError):
                self.cr.execute(query, [self.offer_debt.id])

    @mute_logger("odoo.sql_db")
    def test_names_of_topics_groups_and_headings_are_unique(self):
        for record in (self.debt, self.older, self.category_home):
            with self.subTest(record._name), self.assertRaises(IntegrityError):
                record.create({"name": record.with_context(lang="en_US").name})
                self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_a_wrong_hour_is_refused_with_offer_and_day(self):
        ranges = ((12, 9), (9, 9), (-1, 9), (20, 25))
        for start, end in ranges:
            # a new row meets the constraint of the database first
            with self.subTest(f"create {start}-{end}"), self.assertRaises(IntegrityError):
                self.env["sozial.offer.hour"].create(
                    {"offer_id": self.offer_debt.id, "weekday": "0", "hour_from": start, "hour_to": end})
        for start, end in ranges:
            with self.subTest(f"write {start}-{end}"), self.assertRaisesRegex(
                ValidationError, "Rent-debt counselling.*Monday",
            ):
                self.offer_debt.hour_ids.write({"hour_from": start, "hour_to": end})
            self.env.cr.clear()

    def test_hours_read_in_the_order_of_the_week(self):
        self.offer_debt.write({"hour_ids": [
            (5,),
            (0, 0, {"weekday": "3", "hour_from": 14, "hour_to": 17.5}),
            (0, 0, {"weekday": "0", "hour_from": 9, "hour_to": 12, "note": "upstairs"}),
        ]})
        self.assertEqual(
            self.offer_debt.hours_text,
            "Monday 09:00–12:00 (upstairs), Thursday 14:00–17:30, and by appointment")

    def test_the_contact_name_follows_the_colleague_but_no_private_number(self):
        colleague = self.make_user("worker")
        colleague.partner_id.write({"phone": "0170 private"})
        self.offer_draft.write({"contact_phone": False, "contact_user_id": colleague.id})
        self.assertEqual(self.offer_draft.contact_name, colleague.name)
        self.assertFalse(self.offer_draft.contact_phone)
        self.offer_draft.contact_name = "The team"
        self.assertEqual(self.offer_draft.contact_name, "The team")

    def test_the_description_is_sanitized(self):
        self.offer_debt.description = '<p onclick="x()">Hi<script>alert(1)</script></p>'
        self.assertNotIn("script", self.offer_debt.description)
        self.assertNotIn("onclick", self.offer_debt.description)

    def test_no_link_across_companies(self):
        foreign = self.env["sozial.quarter"].create({"name": "Elsewhere", "company_id": self.other_company.id})
        with self.assertRaises(UserError):
            self.offer_debt.quarter_ids = foreign

    def test_the_list_costs_the_same_for_many_offers(self):
        many = self.env["sozial.offer"].union(*(
            self.make_offer(f"Offer {number}", target_group_ids=self.older.ids, quarter_ids=self.north.ids,
                            hour_ids=[(0, 0, {"weekday": "1", "hour_from": 9, "hour_to": 10})])
            for number in range(40)))
        specification = {
            "name": {}, "category_id": {"fields": {"display_name": {}}}, "contact_name": {}, "hours_text": {},
            "topic_ids": {"fields": {"display_name": {}}}, "quarter_ids": {"fields": {"display_name": {}}},
            "is_published": {}, "is_visible": {},
        }
        domain = [("id", "in", many.ids)]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(LIST_QUERIES):
            found = self.env["sozial.offer"].web_search_read(domain, specification, limit=80)
        self.assertEqual(len(found["records"]), 40)


# the offers, then for each kind of link its rows and its names; whatever the number of offers
LIST_QUERIES = 15
