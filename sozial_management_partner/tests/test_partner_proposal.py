"""Partners are proposed while the referral is written: in the list from which one is chosen anyway."""

from odoo import Command
from odoo.tests import tagged

from .referral_common import ReferralCommon


@tagged("post_install", "-at_install")
class TestPartnerProposal(ReferralCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.far = cls._partner("Awo Fern", "t_awo")
        cls.full = cls._partner("Drk Voll", "t_drk")
        cls.caritas.work_quarter_ids = cls.quarter
        cls.case.topic_ids = cls.topic
        rows = cls.env["sozial.capacity"]
        cls._as(rows, cls.bidder)._portal_tell("", "green", "")
        cls.env["sozial.capacity"].create({"partner_id": cls.full.id, "company_id": cls.company.id, "light": "red"})

    @classmethod
    def _partner(cls, name, login):
        organisation = cls._organisation(name)
        user = cls._bidder(organisation, login)
        agreement = cls._agreement(partner_id=organisation.id, offer=cls._offer(name, provider_id=organisation.id))
        agreement.action_offer()
        agreement.action_sign()
        cls._sign_partner(agreement, user)
        return organisation

    def _listed(self, user=None, limit=8, name="", **context):
        values = {"sozial_referral_case": self.case.id, "sozial_referral_subject": self.tenant.id, **context}
        partners = self._as(self.env["res.partner"], user or self.worker).with_context(**values)
        ids = (self.caritas | self.far | self.full).ids
        return partners.web_name_search(name, {"display_name": {}}, [("id", "in", ids)], limit=limit)

    def test_sorted_with_reasons(self):
        listed = self._listed()
        self.assertEqual([row["id"] for row in listed], (self.caritas | self.far | self.full).ids)
        self.assertEqual(listed[0]["display_name"], self.caritas.name, "the name stays the name")
        for row, words in zip(listed, (("field", "quarter", "free places"), ("field",), ("field", "no places")), strict=True):
            for word in words:
                self.assertIn(word, row["__formatted_display_name"])
        self.assertEqual([row["id"] for row in self._listed(limit=1)], self.caritas.ids)
        self.assertEqual([row["id"] for row in self._listed(name="Awo")], self.far.ids)

    def test_who_has_no_agreement_any_more_comes_last_and_shows_no_places(self):
        self.agreement._end("ended")
        listed = self._listed()
        self.assertEqual(listed[-1]["id"], self.caritas.id)
        words = listed[-1]["__formatted_display_name"]
        self.assertIn("no agreement at present", words)
        self.assertNotIn("free places", words)

    def test_languages_and_the_offer(self):
        language = self.env["sozial.language"].search([], limit=1)
        self.tenant.language_ids = language
        self.far.work_language_ids = language
        self.assertIn("language", self._listed()[1]["__formatted_display_name"])
        other = self.env["sozial.topic"].search([("id", "!=", self.topic.id)], limit=1)
        offer = self._offer("Anderes", topic_ids=[Command.set(other.ids)])
        self.assertNotIn("field", self._listed(sozial_referral_offer=offer.id)[0]["__formatted_display_name"])

    def test_whoever_may_not_read_the_case_learns_nothing_of_it(self):
        listed = self._listed(user=self.colleague)
        self.assertNotIn("field", str(listed))
        self.assertNotIn("in the quarter", str(listed))
        for number in (True, "x", [1], None, 0, 99999999):
            self.assertEqual(len(self._listed(sozial_referral_case=number)), 3)

    def test_queries_stay_flat(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._listed()
            return self.env.cr.sql_log_count - before

        count()
        found = count()
        self.assertLessEqual(found, 25)
        for number in range(4):
            self.env["sozial.capacity"].create(
                {"partner_id": self.caritas.id, "company_id": self.company.id, "offer_id": self._offer(f"Neu {number}").id, "light": "red"}
            )
        self.assertEqual(count(), found)
