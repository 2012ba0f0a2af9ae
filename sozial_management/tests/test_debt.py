from datetime import date

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .debt_common import DebtCommon


@tagged("post_install", "-at_install")
class TestClaim(DebtCommon):
    def test_totals_of_a_case(self):
        self.assertEqual(self.energy_claim.total, 600)
        self.assertEqual((self.case.debt_total, self.case.debt_primary, self.case.creditor_count), (2000, 1800, 3))
        self.shop_claim.state = "disputed"
        self.energy_claim.state = "paid"
        self.assertEqual((self.case.debt_total, self.case.debt_primary, self.case.creditor_count), (1400, 1200, 2))

    def test_every_balance_stays_in_the_history(self):
        claim = self._claim(self.energy, 500, as_of="2026-09-01")
        claim.write({"principal": 450, "costs": 25.5, "as_of": "2026-10-01"})
        claim.write({"principal": 440, "as_of": "2026-10-01"})
        claim.reference = "no amount"
        self.assertEqual(
            [(one.day, one.principal, one.total) for one in claim.balance_ids],
            [(date(2026, 10, 1), 440, 465.5), (date(2026, 9, 1), 500, 500)],
        )
        with self.assertRaises(AccessError):
            claim.balance_ids[0].with_user(self.worker).principal = 1

    def test_bad_amounts_and_days_are_named(self):
        for values, words in (
            ({"principal": 0}, "Principal"),
            ({"as_of": "2099-01-01"}, "As of"),
            ({"title_on": "2099-01-01", "titled": True}, "Title of"),
        ):
            with self.subTest(values=values), self.assertRaisesRegex(ValidationError, words):
                self._claim(self.energy, **{"principal": 5, **values})
        self._refused_by_the_database(lambda: self._claim(self.energy, 20, costs=-1))
        self._refused_by_the_database(lambda: self._claim(self.energy, 20, title_on="2026-01-01"))

    def test_arrears_come_from_the_tenancy_once(self):
        self.rent_claim.unlink()
        before = self.tenancy.sudo().read()[0]
        self.case.action_take_arrears()
        own = self.case.claim_ids.filtered("is_own")
        self.assertEqual((own.creditor_id, own.total, own.as_of), (self.company.partner_id, 900, date(2026, 11, 1)))
        self.tenancy.write({"arrears": 700, "arrears_date": "2026-11-15"})
        self.case.action_take_arrears()
        self.assertEqual(self.case.claim_ids.filtered("is_own"), own)
        self.assertEqual((own.total, own.balance_ids.mapped("total")), (700, [700, 900]))
        self.tenancy.write({"arrears": before["arrears"], "arrears_date": before["arrears_date"]})
        self.tenancy.invalidate_recordset()
        after = self.tenancy.sudo().read()[0]
        changing = {"write_date", "__last_update"}
        self.assertEqual(
            {key: value for key, value in before.items() if key not in changing},
            {key: value for key, value in after.items() if key not in changing},
            "nothing of the case shows on the tenancy",
        )

    def test_the_company_decides_whether_arrears_are_shown(self):
        self.assertEqual(self.case.tenancy_arrears, 900)
        self.company.sozial_debt_see_arrears = False
        self.assertFalse(self.case.tenancy_arrears or self.case.tenancy_arrears_date)
        for call in (self.case.action_take_arrears, self.case.action_spread_arrears):
            with self.assertRaisesRegex(UserError, "does not show arrears"):
                call()

    def test_without_arrears_it_says_so(self):
        self.tenancy.arrears = 0
        with self.assertRaisesRegex(UserError, "no arrears"):
            self.case.action_take_arrears()
        self.case.tenancy_id = False
        with self.assertRaisesRegex(UserError, "Tenancy"):
            self.case.action_take_arrears()

    def test_a_colleague_without_access_gets_nothing(self):
        for record in (self.rent_claim, self.rent_claim.balance_ids, self._budget(), self._due("2026-11-04", 600, 600)):
            self.assertTrue(record.with_user(self.worker).search([("id", "in", record.ids)]))
            for user in (self.colleague, self.system):
                with self.subTest(model=record._name, user=user.login), self.assertRaises(AccessError):
                    self._as(record, user).read(["case_id"])
            self.assertFalse(self._as(record, self.colleague).search([("id", "in", record.ids)]))
        with self.assertRaises(AccessError):
            self._as(self.case, self.colleague).action_take_arrears()

    def _due(self, day, rent, open_part):
        return self.env["sozial.rent.due"].with_user(self.worker).create(
            {"case_id": self.case.id, "day": day, "rent": rent, "open": open_part}
        )

    def test_an_ended_case_stays_as_it_was(self):
        budget, due = self._budget(), self._due("2026-11-04", 600, 600)
        self.case._write_guarded({"state": "declined"})
        for call in (
            lambda: self._claim(self.energy, 5),
            lambda: self.shop_claim.write({"principal": 5}),
            lambda: self.shop_claim.unlink(),
            lambda: budget.write({"note": "x"}),
            lambda: budget.line_ids[0].write({"amount": 1}),
            lambda: due.unlink(),
            lambda: self.case.write({"termination_on": "2026-11-01"}),
        ):
            with self.assertRaisesRegex(UserError, "closed"):
                call()

    def test_names_are_the_case_number(self):
        self.assertEqual(self.energy_claim.display_name, self.case.name)
        self.assertEqual(self.energy_claim.with_context(sozial_creditor_name=True).display_name, "Stadtwerke Musterstadt")


@tagged("post_install", "-at_install")
class TestTermination(DebtCommon):
    def _dues(self, *rows):
        self.case.rent_due_ids.unlink()
        self.case.write({"rent_due_ids": [Command.create({"day": day, "rent": 704, "open": part}) for day, part in rows]})
        return self.case

    def test_two_due_dates_in_a_row(self):
        case = self._dues(("2026-10-05", 135.41), ("2026-11-04", 704))
        self.assertEqual(case.termination, "3a")
        for words in ("839[.,]41", "704[.,]00", r"569 \(3\) no. 1", "573 BGB", "two months after the eviction suit"):
            self.assertRegex(case.termination_text, words)

    def test_below_the_threshold_it_says_what_is_missing(self):
        case = self._dues(("2026-10-05", 0), ("2026-11-04", 704))
        self.assertEqual(case.termination, "none")
        self.assertRegex(case.termination_text, "704[.,]00.{0,10}are missing")
        self.assertNotIn("eviction suit", case.termination_text)

    def test_two_rents_over_a_longer_time(self):
        case = self._dues(("2026-07-03", 704), ("2026-08-05", 0), ("2026-09-03", 704), ("2026-10-05", 0))
        self.assertEqual(case.termination, "3b")

    def test_a_cure_within_two_years_bars_the_next(self):
        case = self._dues(("2026-10-05", 704), ("2026-11-04", 704))
        case.write({"termination_on": "2026-11-10", "termination_cured_on": "2025-01-10"})
        self.assertIn("not cured by payment", case.termination_text)
        case.termination_cured_on = "2024-01-10"
        self.assertIn("no obstacle", case.termination_text)

    def test_proposal_from_the_arrears(self):
        self.case.action_spread_arrears()
        self.assertEqual(
            [(one.day, one.rent, one.open) for one in self.case.rent_due_ids],
            [(date(2026, 11, 1), 600, 600), (date(2026, 10, 1), 600, 300)],
        )
        self.assertEqual(self.case.termination, "3a")
        self.tenancy.arrears = 600 * 40
        with self.assertRaisesRegex(UserError, "three years"):
            self.case.action_spread_arrears()
        self.tenancy.write({"rent_net": 0, "rent_utilities": 0, "rent_heating": 0})
        with self.assertRaisesRegex(UserError, "Gross rent"):
            self.case.action_spread_arrears()

    def test_a_due_date_makes_sense(self):
        self._refused_by_the_database(lambda: self._dues(("2026-10-05", 705)))
        self._dues(("2026-10-05", 5))
        again = Command.create({"day": "2026-10-05", "rent": 1, "open": 1})
        self._refused_by_the_database(lambda: self.case.write({"rent_due_ids": [again]}))
        self._refused_by_the_database(lambda: self.case.rent_due_ids.write({"open": -1}))


@tagged("post_install", "-at_install")
class TestBudget(DebtCommon):
    def test_yearly_items_count_a_twelfth(self):
        budget = self._budget()
        self.assertEqual((budget.income, budget.expenses, budget.free), (1600, 1500, 100))
        self.assertEqual(self.case.budget_id, budget)
        self.assertEqual(self.case.free_amount, 100)

    def test_attachable_part_of_the_own_income(self):
        budget = self._budget(("wages", 2345, "month"), ("child", 518, "month"), valid_from="2026-11-22", dependants=1)
        self.assertEqual(budget.attachable, 77.59, "2340 - 1587.40 - 597.42, half of it")
        self.assertIn("attachment/2026-07-01", budget.attachable_text)
        budget.valid_from = "2020-01-01"
        self.assertEqual(budget.attachable, 77.59, "it still stands: the table of today counts")

    def test_a_form_shows_sums_before_it_is_saved(self):
        new = self.env["sozial.budget"].with_user(self.worker).new(
            {
                "case_id": self.case.id,
                "income_ids": [Command.create({"category_id": self._heading("wages"), "amount": 1000, "period": "month"})],
                "expense_ids": [Command.create({"category_id": self._heading("rent"), "amount": 400, "period": "month"})],
            }
        )
        self.assertEqual((new.income, new.expenses, new.free), (1000, 400, 600))

    def test_versions(self):
        old = self._budget(valid_from="2026-01-01")
        new = old.browse(old.action_new_version()["res_id"])
        self.assertEqual((new.free, new.valid_from, len(new.line_ids)), (100, fields.Date.context_today(new), 4))
        new.line_ids.filtered(lambda line: line.kind == "income").amount = 1700
        self.assertEqual((old.free, new.free, self.case.budget_id), (100, 200, new))
        for call in (
            lambda: old.write({"dependants": 2}),
            lambda: old.line_ids[0].write({"amount": 3}),
            lambda: old.line_ids[0].unlink(),
            lambda: old.line_ids.create({"budget_id": old.id, "category_id": self._heading("rent"), "amount": 1}),
            lambda: old.unlink(),
            lambda: old.action_new_version(),
            lambda: new.action_new_version(),
        ):
            with self.assertRaises(UserError):
                call()
        old.note = "Das Krankengeld lief aus."
        self.assertEqual(self.case.action_budget()["res_id"], new.id)

    def test_bad_items_are_refused(self):
        budget = self._budget()
        self._refused_by_the_database(lambda: budget.line_ids[0].write({"amount": -1}))
        self._refused_by_the_database(lambda: budget.write({"dependants": -1}))
        self._refused_by_the_database(lambda: self._budget())
        with self.assertRaisesRegex(ValidationError, "Valid from"):
            budget.valid_from = "2099-01-01"

    def test_print(self):
        self.tenant.lang = "en_US"  # the page is in the language of the client
        budget = self._budget(note="Ab Januar mehr Kindergeld.")
        text = self._pdf("sozial_management.budget_form", budget)
        for words in (self.tenant.name, "Household budget", "1[.,]600[.,]00", "1[.,]200[.,]00", "a year", r"\b100[.,]00", "Ab Januar mehr"):
            self.assertRegex(text, words)
        self._not_for_others("sozial_management.budget_form", budget)
