from datetime import date
from decimal import Decimal

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.fund import pots
from .fund_common import FundCommon


@tagged("post_install", "-at_install")
class TestPots(FundCommon):
    def test_left_with_and_without_carry_over(self):
        planned = {("a", 1): Decimal(100), ("a", 2): Decimal("100.10"), ("b", 3): Decimal(7)}
        used = {("a", 1): Decimal("40.05")}
        for carry, wanted in ((True, ("59.95", "160.05", "160.05")), (False, ("59.95", "100.10", "0"))):
            found = pots.left(planned, used, carry)
            self.assertEqual([found["a", number] for number in (1, 2, 4)], [Decimal(amount) for amount in wanted])
        self.assertEqual(pots.left(planned, used, True)["b", 2], 0)

    def test_few_requests_are_hidden_and_not_derived(self):
        self.assertEqual(pots.hidden({1: 9, 2: 0, 3: 5}), set())
        self.assertEqual(pots.hidden({1: 9, 2: 1, 3: 6}), {2, 3}, "one alone is what the total leaves")
        self.assertEqual(pots.hidden({1: 9, 2: 1, 3: 1}), {1, 2, 3}, "two together are few still")
        self.assertEqual(pots.hidden({1: 9, 2: 3, 3: 3}), {2, 3})
        self.assertEqual(pots.hidden({1: 2}), {1})


@tagged("post_install", "-at_install")
class TestFundBudget(FundCommon):
    def test_planned_approved_spent(self):
        self._paid(200)
        self._approved(50.10)
        self._asked(900)
        self.env.invalidate_all()
        fund = self.fund
        self.assertEqual((fund.planned, fund.approved, fund.spent, fund.left, fund.level), (1000, 50.10, 200, 749.90, "enough"))
        self._approved(449.90, purpose="rent")
        self._approved(150)
        self.env.invalidate_all()
        self.assertEqual((fund.left, fund.level), (150, "little"))

    def test_the_closest_line_pays_that_holds_enough(self):
        place = self.fund.plan_ids.filtered("quarter_id")
        rest = self.fund.plan_ids - place
        self.assertEqual(self._approved(400).sudo().entry_id.plan_id, place)
        self.assertEqual(self._approved(200).sudo().entry_id.plan_id, rest)
        self.assertEqual(self._approved(100).sudo().entry_id.plan_id, place)

    def test_more_than_is_left_is_refused(self):
        self._approved(500)
        request = self._asked(500.01)
        with self.assertRaisesRegex(UserError, "does not hold as much"):
            request.with_user(self.lead).action_approve()
        self.assertFalse(request.sudo().entry_id)
        self.company.sozial_fund_over = "warn"
        with self.assertRaisesRegex(UserError, "more than what is planned"):
            request.with_user(self.lead).action_approve()
        request.with_user(self.lead).decision_note = "Winter, Strom abgestellt"
        request.with_user(self.lead).action_approve()
        self.env.invalidate_all()
        self.assertLess(self.fund.left, 0)
        self.assertEqual(self.fund.level, "none")

    def test_nothing_planned_or_another_year_is_refused(self):
        empty = self._fund("Leer", (False, "travel", 500))
        with self.assertRaisesRegex(UserError, "nothing is planned"):
            self._asked(fund_id=empty.id).with_user(self.lead).action_approve()
        old = self._fund("Alt", (False, False, 500), year=self.today.year - 1)
        with self.assertRaisesRegex(UserError, "not the fund of this year"):
            self._asked(fund_id=old.id).with_user(self.lead).action_approve()

    def test_unused_money_lapses_or_moves_on(self):
        self.patch(fields.Date, "context_today", lambda record, timestamp=None: date(2026, 8, 10))
        lines = [(False, False, 100, "2"), (False, False, 50, "3"), (False, False, 900, "4")]
        strict, kind = self._fund("Ohne", *lines, year=2026, carry=False), self._fund("Mit", *lines, year=2026)
        with self.assertRaisesRegex(UserError, "does not hold"):
            self._asked(fund_id=strict.id).with_user(self.lead).action_approve()
        self.assertEqual(self._approved(fund_id=kind.id).state, "approved")
        with self.assertRaisesRegex(UserError, "more was approved already"):
            kind.carry = False

    def test_a_plan_does_not_fall_below_what_is_approved(self):
        line = self._approved(400).sudo().entry_id.plan_id.with_user(self.lead)
        with self.assertRaisesRegex(UserError, "more was approved already"):
            line.planned = 399
        line.planned = 400
        for values in ({"purpose": "rent"}, {"calendar_quarter": "1" if self.now != "1" else "2"}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "approved from this line"):
                line.write(values)
        with self.assertRaisesRegex(UserError, "approved from this line"):
            line.unlink()
        with self.assertRaisesRegex(UserError, "something was approved"):
            self.fund.year += 1
        for values in ({"turn": 5}, {"carried_to_id": self.fund.id}):
            with self.assertRaises(UserError):
                self.fund.write(values)
        with self.assertRaisesRegex(UserError, "not set directly"):
            line.carried = 50
        with self.assertRaisesRegex(UserError, "not set directly"):
            self._fund("Neu", carried_to_id=self.fund.id)

    def test_what_is_left_goes_into_the_next_year_once(self):
        self._approved(100)
        action = self.fund.action_carry_over()
        following = self.env["sozial.fund"].browse(action["res_id"])
        self.assertEqual((following.year, following.name), (self.today.year + 1, self.fund.name))
        first = following.plan_ids.filtered(lambda line: line.calendar_quarter == "1")
        self.assertEqual({(line.quarter_id, line.carried) for line in first}, {(self.quarter, 400), (self.env["sozial.quarter"], 500)})
        self.assertEqual(sum(following.plan_ids.mapped("planned")), 1000)
        with self.assertRaisesRegex(UserError, "already"):
            self.fund.action_carry_over()
        with self.assertRaisesRegex(UserError, "not the fund of this year"):
            self._approved()
        carried = following.plan_ids.filtered("carried")[:1]
        with self.assertRaisesRegex(UserError, "carried over"):
            carried.unlink()

    def test_sums_of_few_requests_are_not_shown(self):
        place = self.fund.plan_ids.filtered("quarter_id")
        self._approved(60)
        self.env.invalidate_all()
        self.assertTrue(place.hidden)
        self.assertEqual((place.approved, place.spent, place.left), (0, 0, 0))
        for _number in range(5):
            self._approved(10)
        self.env.invalidate_all()
        self.assertFalse(place.hidden)
        self.assertEqual((place.approved, place.left), (110, 390))

    def test_others_learn_only_whether_there_is_enough(self):
        self._approved(60)
        fund, line = self._as(self.fund, self.colleague), self._as(self.fund.plan_ids[:1], self.colleague)
        self.assertEqual((fund.level, fund.planned), ("enough", 1000))
        for record in (fund, line):
            for name in ("approved", "spent", "left"):
                with self.subTest(model=record._name, name=name), self.assertRaises(AccessError):
                    record.read([name])
        with self.assertRaises(AccessError):
            line.write({"planned": 1})
        for user in (self.frontdesk, self.system, self.report):
            with self.assertRaises(AccessError):
                self._as(self.fund, user).read(["planned"])

    def test_what_comes_back_after_the_turn_of_the_year_goes_where_the_rest_went(self):
        request = self._paid(100)
        following = self.env["sozial.fund"].browse(self.fund.action_carry_over()["res_id"])
        carried = {(line.quarter_id, line.carried) for line in following.plan_ids.filtered("carried")}
        self.assertEqual(carried, {(self.quarter, 400), (self.env["sozial.quarter"], 500)})
        later = self.env["sozial.fund"].browse(following.action_carry_over()["res_id"])
        last = sum(later.plan_ids.mapped("carried"))
        request.write({"returned": 30, "returned_on": self.today})
        self.env.invalidate_all()
        self.assertEqual(following.plan_ids.filtered(lambda line: line.carried and line.quarter_id).carried, 430)
        self.assertEqual(sum(later.plan_ids.mapped("carried")), last + 30)
        request.write({"returned": 100})
        self.env.invalidate_all()
        self.assertEqual(following.plan_ids.filtered(lambda line: line.carried and line.quarter_id).carried, 500)
