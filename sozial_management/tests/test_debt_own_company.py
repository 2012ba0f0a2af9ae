from datetime import date, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .debt_common import DebtCommon


@tagged("post_install", "-at_install")
class TestOwnCompany(DebtCommon):
    """The own company is a creditor like the others, whichever way a plan is made."""

    def setUp(self):
        super().setUp()
        self._budget()

    def _plan(self, *shares):
        """Shares of (claim, what it gets in all, a month, after how many months)."""
        return self._instalments(
            share_ids=[
                Command.create({"claim_id": claim.id, "total": total, "monthly": monthly, "after": after})
                for claim, total, monthly, after in shares
            ]
        )

    def test_who_is_the_own_company(self):
        self.assertTrue(self.rent_claim.is_own)
        branch = self.env["res.partner"].create({"name": "Mietenbuchhaltung", "parent_id": self.company.partner_id.id})
        self.assertTrue(self._claim(branch, 5, kind="other").is_own, "a department is the company")
        for values in ({"is_own": True}, {"is_own": True, "kind": "rent"}):
            self.assertFalse(self._claim(self.energy, 5, **values).is_own, "nobody enters it")
        self.rent_claim.write({"is_own": False})
        self.rent_claim.invalidate_recordset()
        self.assertTrue(self.rent_claim.is_own, "and nobody takes it away")

    def test_ways_to_prefer_it(self):
        rent, energy, shop = self.rent_claim, self.energy_claim, self.shop_claim
        for expected, shares in (
            (False, [(rent, 1200, 60, 0), (energy, 600, 30, 0), (shop, 200, 10, 0)]),
            (False, [(rent, 600, 30, 0), (energy, 600, 30, 0), (shop, 200, 10, 0)]),
            (False, [(energy, 600, 30, 0), (shop, 200, 10, 0)]),
            (False, [(rent, 1200, 62, 0), (energy, 600, 28, 0), (shop, 200, 10, 0)]),
            ("alone", [(rent, 1200, 60, 0)]),
            ("alone", [(rent, 1200, 60, 0), (energy, 600, 30, 0)]),
            ("quota", [(rent, 1200, 60, 0), (energy, 300, 30, 0), (shop, 200, 10, 0)]),
            ("earlier", [(rent, 1200, 60, 0), (energy, 600, 60, 3), (shop, 200, 10, 0)]),
            ("sooner", [(rent, 1200, 80, 0), (energy, 600, 15, 0), (shop, 200, 5, 0)]),
        ):
            with self.subTest(expected=expected, shares=len(shares)):
                plan = self._plan(*shares)
                self.assertEqual(plan.own_preferred, expected)
                if expected:
                    with self.assertRaisesRegex(UserError, "Reason"):
                        plan.action_offer()
                    plan.reason = "Sonst droht die Räumung."
                    with self.assertRaisesRegex(UserError, "own company(.|\n)*second person"):
                        plan.action_offer()
                    with self.assertRaisesRegex(UserError, "second person"):
                        plan.action_approve()
                    self._as(plan, self.lead).action_approve()
                plan.action_offer()
                self.assertEqual(plan.state, "offered")
                with self.assertRaisesRegex(UserError, "Only a draft"):
                    self._as(plan, self.lead).action_approve()

    def test_approved_is_what_was_known_then(self):
        plan = self._plan((self.rent_claim, 1200, 60, 0))
        plan.reason = "Sonst droht die Räumung."
        self._as(plan, self.lead).action_approve()
        self.assertFalse(plan.to_approve)
        self._budget(("wages", 1600, "month"), ("rent", 1590, "month"), valid_from=plan.case_id.budget_id.valid_from + timedelta(days=1))
        with freeze_time("2026-11-30"):
            self.env.invalidate_all()
            self.assertTrue(plan.over_free and plan.to_approve)
            with self.assertRaisesRegex(UserError, "more than what is free(.|\n)*second person"):
                plan.action_offer()
            with self.assertRaisesRegex(UserError, "not set directly"):
                plan.approved_causes = "over_free,alone"
            self._as(plan, self.lead).action_approve()
            plan.action_offer()
            self.assertEqual(plan.state, "offered")

    def test_a_settlement_is_no_way_past(self):
        settled = self.env["sozial.settlement"].browse(self.case.action_settle()["res_id"]).with_user(self.worker)
        settled._choose("equal")
        plan = self.env["sozial.instalment.plan"].browse(settled.action_plan()["res_id"])
        self.assertFalse(plan.own_preferred)
        plan.write({"share_ids": [Command.delete(share.id) for share in plan.share_ids if share.claim_id != self.rent_claim]})
        self.assertEqual(plan.own_preferred, "alone")
        with self.assertRaisesRegex(UserError, "another creditor gets nothing"):
            plan.action_offer()

    def test_who_is_paid_by_another_plan_is_not_left_out(self):
        first = self._plan((self.energy_claim, 600, 30, 0), (self.shop_claim, 200, 10, 0))
        first.action_offer()
        first.share_ids.write({"reply": "accepted", "reply_on": "2026-11-20", "reply_how": "letter"})
        first.action_accept()
        self.assertFalse(self._plan((self.rent_claim, 1200, 60, 0)).own_preferred)

    def test_all_running_plans_together_stay_within_what_is_free(self):
        first = self._plan((self.energy_claim, 600, 60, 0))
        first.action_offer()
        first.share_ids.write({"reply": "accepted", "reply_on": "2026-11-20", "reply_how": "letter"})
        first.action_accept()
        second = self._plan((self.shop_claim, 200, 50, 0))
        self.assertEqual((second.monthly, second.monthly_all, second.free, second.over_free), (50, 110, 100, True))
        second.share_ids.monthly = 40
        self.assertFalse(second.over_free)
        later = self._plan((self.shop_claim, 200, 100, 10))
        self.assertEqual((later.monthly_all, later.over_free), (100, False), "the first one is paid by then")
        version = self.env["sozial.instalment.plan"].browse(first.action_new_version()["res_id"])
        self.assertEqual(version.monthly_all, 60, "what it replaces ends")


@tagged("post_install", "-at_install")
class TestTableOfTheDay(DebtCommon):
    """§ 850c ZPO: the amounts change each July, under budgets that stand for years."""

    def test_a_standing_budget_goes_by_the_table_of_today(self):
        budget = self._budget(("wages", 2000, "month"), valid_from="2026-03-01").sudo()
        for today, version, amount in (("2026-06-30", "2025-07-01", 311.5), ("2026-07-01", "2026-07-01", 288.82)):
            with freeze_time(today):
                budget.invalidate_recordset()
                self.assertEqual(budget.attachable, amount)
                self.assertIn(version, budget.attachable_text)
        with freeze_time("2027-07-01"):
            budget.invalidate_recordset()
            self.assertEqual(budget.attachable, 0)
            self.assertIn("No attachment table is known for", budget.attachable_text)

    def test_a_replaced_one_by_that_of_its_last_day(self):
        budget = self._budget(("wages", 2000, "month"), valid_from="2026-03-01")
        self._budget(("wages", 2100, "month"), valid_from="2026-07-01")
        budget.invalidate_recordset()
        self.assertIn("2025-07-01", budget.attachable_text)
        future = self._budget(("wages", 2100, "month"), valid_from="2027-07-15")
        self.assertIn("No attachment table", future.attachable_text)


@tagged("post_install", "-at_install")
class TestArrearsHidden(DebtCommon):
    """Where the company does not show arrears in cases, the tenancy does not tell them to social workers either."""

    def test_a_worker_reads_them_by_no_way(self):
        tenancy = self.tenancy.with_user(self.worker)
        for user in (self.worker, self.lead, self.frontdesk, self.config):
            self.assertTrue(self.tenancy.with_user(user).read(["arrears", "arrears_date", "arrears_months"]))
        self.company.sozial_debt_see_arrears = False
        self.env.invalidate_all()
        for call in (
            lambda: tenancy.read(["arrears"]),
            lambda: tenancy.arrears_months,
            lambda: tenancy.search([("arrears", ">", 0)]),
            lambda: tenancy.search([], order="arrears_date"),
            lambda: tenancy._read_group([], ["arrears_date:month"], []),
            lambda: tenancy._read_group([], [], ["arrears:sum"]),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertNotIn("arrears", tenancy.fields_get())
        self.assertNotIn("arrears", tenancy.read()[0])
        self.assertTrue(self.tenancy.with_user(self.frontdesk).read(["arrears"]), "who keeps tenancies keeps seeing them")
        self.assertTrue(self.tenancy.with_user(self.config).read(["arrears"]))

    def test_the_screens_leave_them_out(self):
        tenancies = self.env["sozial.tenancy"]
        views = [(False, name) for name in ("form", "list", "kanban", "search")]
        shown = tenancies.with_user(self.worker).get_views(views)
        self.assertTrue(all("arrears" in view["arch"] for view in shown["views"].values()))
        self.company.sozial_debt_see_arrears = False
        hidden = tenancies.with_user(self.worker).get_views(views)
        for name, view in hidden["views"].items():
            self.assertNotIn("arrears", view["arch"], name)
        self.assertNotIn("arrears", hidden["models"]["sozial.tenancy"]["fields"])
        kept = tenancies.with_user(self.frontdesk).get_views(views)
        self.assertTrue(all("arrears" in view["arch"] for view in kept["views"].values()))

    def test_the_day_of_a_household(self):
        self.assertEqual(self.tenancy._living_on(date(2019, 12, 31)) & self.tenancy.partner_id, self.env["res.partner"])
        occupant = self.tenancy.occupant_ids[:1]
        occupant.write({"date_start": "2026-01-01", "date_end": "2026-06-30"})
        for day, lives in (("2025-12-31", False), ("2026-01-01", True), ("2026-06-30", True), ("2026-07-01", False)):
            with self.subTest(day=day):
                self.assertEqual(occupant.partner_id in self.tenancy._living_on(date.fromisoformat(day)), lives)
