from odoo.tests import HttpCase, tagged

from .debt_common import DebtCommon


@tagged("post_install", "-at_install")
class TestDebtTour(DebtCommon, HttpCase):
    """A family with three creditors gets from the case to an accepted instalment plan, in a real browser."""

    def test_from_the_case_to_the_accepted_plan(self):
        self.env["res.partner"].create([{"name": "Stadtwerke Tour"}, {"name": "Versandhaus Tour"}])
        self.env["sozial.budget.category"].create([{"name": "Tour Lohn", "kind": "income"}, {"name": "Tour Miete", "kind": "expense"}])
        case = self._open_case(type_id=self.env.ref("sozial_management.case_type_rent_debt").id)
        self.start_tour(f"/odoo/cases/{case.id}", "sozial_debt_tour", login="t_worker", timeout=180)
        self.assertEqual(sorted(case.claim_ids.mapped("total")), [300, 600, 900])
        plan = case.instalment_plan_ids
        self.assertEqual((plan.state, plan.monthly, plan.total), ("accepted", 120, 1800))
        self.assertEqual(plan.share_ids.mapped("monthly"), [60, 40, 20])
        for report, record, words in (
            ("debt_letter_offer", plan, "Stadtwerke Tour"),
            ("debt_overview", case, "Versandhaus Tour"),
            ("debt_takeover_jobcenter", case, "SGB II"),
        ):
            with self.subTest(report=report):
                self.assertIn(words, self._pdf(f"sozial_management.{report}", record))
