from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .debt_common import DebtCommon


@tagged("post_install", "-at_install")
class TestSettlement(DebtCommon):
    def setUp(self):
        super().setUp()
        self._budget()
        self.settlement = self.settlement_of(self.case)

    def settlement_of(self, case):
        return self.env["sozial.settlement"].browse(case.action_settle()["res_id"]).with_user(self.worker)

    def _lines(self, kind):
        return {
            line.claim_id.creditor_id.name or "authority": (line.total, line.monthly, line.months, line.after, line.taken_over)
            for line in self.settlement.line_ids
            if line.kind == kind
        }

    def test_three_ways_side_by_side(self):
        self.assertEqual(self.settlement.monthly, 100, "proposed is what is free")
        own, energy, shop = self.company.partner_id.name, self.energy.name, self.shop.name
        self.assertEqual(self._lines("equal"), {own: (1200, 60, 20, 0, 0), energy: (600, 30, 20, 0, 0), shop: (200, 10, 20, 0, 0)})
        self.assertEqual(self._lines("own_first"), {own: (1200, 100, 12, 0, 0), energy: (600, 75, 8, 12, 0), shop: (200, 25, 8, 12, 0)})
        self.settlement.loan_rate = 50
        self.assertEqual(
            self._lines("takeover"),
            {"authority": (1200, 50, 24, 0, 0), own: (0, 0, 0, 0, 1200), energy: (600, 37.5, 16, 0, 0), shop: (200, 12.5, 16, 0, 0)},
        )
        for words in (own, energy, "All get the same quota", "Own company first", "takes over", "20 ×", "after 12 months", "at once"):
            self.assertIn(words, self.settlement.comparison)

    def test_a_term_leaves_a_quota(self):
        self.settlement.months = 10
        self.assertEqual({line.quota for line in self.settlement.line_ids if line.kind == "equal"}, {50.0})

    def test_disputed_claims_are_left_out_and_payments_count(self):
        self.shop_claim.state = "disputed"
        self.settlement.action_compute()
        self.assertEqual(set(self._lines("equal")), {self.company.partner_id.name, self.energy.name})
        self.rent_claim.write({"kind": "other"})
        self.settlement.action_compute()
        self.assertEqual(set(self.settlement.line_ids.mapped("kind")), {"equal"})
        self.assertFalse(self.settlement.has_own)

    def test_what_does_not_fit_is_said(self):
        with self.assertRaisesRegex(UserError, "Instalment to the authority"):
            self.settlement.loan_rate = 100
        with self.assertRaisesRegex(UserError, "50 years"):
            self.settlement.monthly = 1
        with self.assertRaisesRegex(UserError, "too little"):
            self.settlement.monthly = 0.02
        self._refused_by_the_database(lambda: self.settlement.write({"months": -1, "monthly": 0}))
        self.settlement.monthly = 0
        self.assertFalse(self.settlement.line_ids or self.settlement.comparison)
        with self.assertRaisesRegex(UserError, "Chosen way"):
            self.settlement._choose("equal")

    def test_the_chosen_one_becomes_a_plan(self):
        with self.assertRaisesRegex(UserError, "Choose"):
            self.settlement.action_plan()
        self.settlement.with_context(sozial_way="equal").action_choose()
        plan = self.env["sozial.instalment.plan"].browse(self.settlement.action_plan()["res_id"])
        self.assertEqual([(share.total, share.monthly) for share in plan.share_ids], [(1200, 60), (600, 30), (200, 10)])
        self.assertEqual((plan.total, plan.monthly, plan.settlement_id), (2000, 100, self.settlement))
        for call in (
            lambda: self.settlement.write({"monthly": 200}),
            lambda: self.settlement.write({"reason": "x"}),
            lambda: self.settlement.action_compute(),
            lambda: self.settlement._choose("takeover"),
            lambda: self.settlement.unlink(),
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                call()
        self.assertNotEqual(self.case.action_settle()["res_id"], self.settlement.id, "the next one is new")

    def test_own_company_first_needs_a_reason_and_a_second_person(self):
        with self.assertRaisesRegex(UserError, "Reason"):
            self.settlement._choose("own_first")
        with self.assertRaisesRegex(UserError, "Choose one of the ways"):
            self._as(self.settlement, self.lead).action_approve()
        self.settlement.reason = "Sonst droht die Räumung."
        self.assertEqual(self.settlement.asked_by_id, self.worker)
        self.settlement._choose("own_first")
        with self.assertRaisesRegex(UserError, "second person"):
            self.settlement.action_plan()
        with self.assertRaisesRegex(UserError, "second person"):
            self.settlement.action_approve()
        with self.assertRaises(AccessError):
            self._as(self.settlement, self.colleague).action_approve()
        self._as(self.settlement, self.lead).action_approve()
        self.assertEqual(self.settlement.approved_by_id, self.lead)
        plan = self.env["sozial.instalment.plan"].browse(self.settlement.action_plan()["res_id"])
        self.assertEqual([(share.monthly, share.after) for share in plan.share_ids], [(100, 0), (75, 12), (25, 12)])
        self.assertEqual(plan.monthly, 100)
        self.assertEqual((plan.own_preferred, plan.approved_by_id, plan.reason), ("earlier", self.lead, self.settlement.reason))
        plan.share_ids[0].monthly = 99
        self.assertFalse(plan.approved_by_id, "approved were other amounts")
        with self.assertRaisesRegex(UserError, "second person"):
            plan.action_offer()
        self._as(plan, self.lead).action_approve()
        plan.action_offer()

    def test_nothing_is_approved_before_the_choice_or_without_need(self):
        self.settlement.reason = "Sonst droht die Räumung."
        for way, words in (("", "Choose one of the ways"), ("equal", "Only »Own company first«")):
            if way:
                self.settlement._choose(way)
            with self.assertRaisesRegex(UserError, words):
                self._as(self.settlement, self.lead).action_approve()
        self.assertFalse(self.settlement.approved_by_id)
        plan = self.env["sozial.instalment.plan"].browse(self.settlement.action_plan()["res_id"])
        with self.assertRaisesRegex(UserError, "needs no second person"):
            self._as(plan, self.lead).action_approve()

    def test_the_approval_of_a_settlement_is_none_for_more_than_is_free(self):
        self.settlement.write({"monthly": 150, "reason": "Sonst droht die Räumung."})
        self.settlement._choose("own_first")
        self._as(self.settlement, self.lead).action_approve()
        plan = self.env["sozial.instalment.plan"].browse(self.settlement.action_plan()["res_id"])
        self.assertTrue(plan.over_free and not plan.approved_by_id)

    def test_a_legal_hold_lets_the_sums_be_computed_anew(self):
        self._as(self.case, self.lead).action_set_hold("Lawsuit 12 C 34/26", "2099-01-01")
        self._as(self.settlement, self.worker).action_compute()
        self.assertTrue(self.settlement.line_ids)

    def test_choice_and_approval_are_not_written(self):
        settlements = self.env["sozial.settlement"].with_user(self.worker)
        lead = self.lead.id
        for values in ({"chosen": "own_first"}, {"approved_by_id": lead}, {"approved_on": "2026-01-01"}, {"asked_by_id": lead}):
            with self.subTest(values=values):
                with self.assertRaises(UserError):
                    self.settlement.write(values)
                with self.assertRaises(UserError):
                    settlements.create({"case_id": self.case.id, **values})
        made = settlements.with_context(default_chosen="own_first", default_approved_by_id=lead).create({"case_id": self.case.id})
        self.assertFalse(made.chosen or made.approved_by_id)
        with self.assertRaises(AccessError):
            self.settlement.line_ids[0].with_user(self.worker).write({"total": 1})
        self._refused_by_the_database(
            lambda: self.settlement._write_guarded({"asked_by_id": lead, "approved_by_id": lead, "approved_on": "2026-01-01"})
        )
        self._refused_by_the_database(lambda: self.settlement.line_ids[0].sudo().write({"total": 9999}))

    def test_takeover_leaves_the_rest_to_the_client(self):
        self.settlement._choose("takeover")
        plan = self.env["sozial.instalment.plan"].browse(self.settlement.action_plan()["res_id"])
        self.assertEqual(plan.share_ids.claim_id, self.energy_claim | self.shop_claim)
        alone = self._open_case(participant_ids=[Command.create({"partner_id": self.tenant.id, "role": "client"})])
        self.env["sozial.debt.claim"].with_user(self.worker).create(
            {"case_id": alone.id, "creditor_id": self.company.partner_id.id, "principal": 5, "kind": "rent", "is_own": True}
        )
        only = self.settlement_of(alone)
        only.monthly = 5
        only._choose("takeover")
        with self.assertRaisesRegex(UserError, "nobody gets"):
            only.action_plan()
