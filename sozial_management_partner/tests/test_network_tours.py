"""The network of partners in a browser: what each role sees and starts from it."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import PartnerCommon


@tagged("post_install", "-at_install")
class TestNetworkTours(PartnerCommon, HttpCase):
    """Homework help is offered, visits are not: referrals for them were declined or stayed without an answer."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.homework, cls.visits = cls.env["sozial.topic"].create([{"name": "Hausaufgabenhilfe"}, {"name": "Besuchsdienst"}])
        cls.env["sozial.topic"].search([("id", "not in", (cls.homework | cls.visits).ids)], limit=500).active = False
        cls.caritas.write({"work_field_ids": [Command.set(cls.homework.ids)], "work_quarter_ids": [Command.set(cls.quarter.ids)]})
        year = next(one["year"] for one in cls._network(cls.procurement).get_periods() if not one["quarter"])
        cls.month = fields.Date.to_date(f"{year}-02-01")
        cls._facts(cls.visits, 8)
        (cls.procurement | cls.lead | cls.worker).lang = "de_DE"

    @classmethod
    def _network(cls, user):
        return cls._as(cls.env["sozial.network"], user)

    @classmethod
    def _facts(cls, topic, number):
        """As many of each of two organisations."""
        cls.env["sozial.referral.fact"].create(
            [
                {"company_id": cls.company.id, "kind": kind, "month": cls.month, "contributor": f"{kind} {place}", "topic_id": topic.id,
                 "quarter_id": cls.quarter.id, "partner_id": partner.id}
                for kind, partner in (("declined", cls.caritas), ("expired", cls.verein))
                for place in range(number)
            ]
        )  # fmt: skip

    def _calls(self):
        return self.env["sozial.call"].search([("company_id", "=", self.company.id)])

    def _tour(self, name, user):
        self.env.flush_all()
        self.start_tour("/odoo/partner-network", f"sozial_network_{name}_tour", login=user.login, timeout=120)
        self.env.invalidate_all()

    def test_a_gap_becomes_the_next_call(self):
        self._tour("prepare", self.procurement)
        call = self._calls()
        self.assertEqual((len(call), call.user_id, call.state), (1, self.procurement, "draft"))
        self.assertIn("16", call.occasion)
        self.assertEqual(call.lot_ids.quarter_id, self.quarter)

    def test_the_head_suggests_and_an_officer_goes_on(self):
        self._tour("suggest", self.lead)
        call = self._calls()
        self.assertEqual((len(call), call.state, call.name), (1, "draft", "Besuchsdienst im Quartier Nord"))
        task = call.activity_ids
        self.assertEqual(task.user_id, call.user_id)
        self.assertTrue(call.user_id.has_group("sozial_management_partner.group_sozial_procurement"))
        self.assertIn(self.lead.name, task.summary)
        with self.assertRaises(AccessError):
            self._as(call, self.lead).name = "Anders"
        self._as(call, call.user_id).summary = "Der Entwurf geht weiter."

    def test_who_works_with_cases_only_looks(self):
        self._tour("look", self.worker)
        self.assertFalse(self._calls())

    def test_a_suggestion_goes_to_who_ran_the_newest_call(self):
        self._call(user=self.second_procurement)
        self._network(self.lead).action_suggest_call(self.visits.id, self.quarter.id, 0, "")
        self.assertEqual(self._calls().sorted("id")[-1:].user_id, self.second_procurement)

    def test_suggesting_is_for_the_head(self):
        for user in (self.worker, self.procurement, self.frontdesk, self.bidder, self.report):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._network(user).action_suggest_call(self.visits.id, self.quarter.id, 0, "")
        away = self.env["sozial.quarter"].create({"name": "Fremd", "company_id": self.other_company.id})
        for topic, quarter in ((0, self.quarter.id), (self.visits.id, away.id)):
            with self.subTest(topic=topic), self.assertRaises(UserError):
                self._network(self.lead).action_suggest_call(topic, quarter, 0, "")
        self.assertFalse(self._calls())

    def test_where_nobody_runs_calls_the_head_is_told(self):
        (self.procurement | self.second_procurement | self.approver).active = False
        with self.assertRaisesRegex(UserError, "Nobody"):
            self._network(self.lead).action_suggest_call(self.visits.id, self.quarter.id, 0, "")
        self.assertFalse(self._calls())
