from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .fund_common import FundCommon


@tagged("post_install", "-at_install")
class TestFundSafeguards(FundCommon):
    """Nothing is taken out of a fund from behind, and nobody who pays learns more than a payment needs."""

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time("2026-08-20"))
        super().setUpClass()

    def _carried_on(self):
        """70 of 120 approved in the third calendar quarter come from the unused line of the second."""
        fund = self._fund("Übertrag", (False, "rent", 100, "2"), (False, "rent", 50, "3"))
        self._approved(120, fund_id=fund.id, purpose="rent")
        return fund.plan_ids.sorted("calendar_quarter")

    def test_a_line_that_another_one_used_up_stays(self):
        unused = self._carried_on()[0]
        self.assertFalse(self.env["sozial.fund.entry"].sudo().search([("plan_id", "=", unused.id)]), "the control")
        other = self._fund("Anderer")
        place = {"quarter_id": self.quarter.id}
        for values in ({"calendar_quarter": "4"}, {"purpose": "energy"}, place, {"fund_id": other.id}, {"planned": 10}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "more was approved"), self.cr.savepoint():
                unused.write(values)
            self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "more was approved"), self.cr.savepoint():
            unused.unlink()
        self.env.invalidate_all()
        fresh = self._fund("Frei", (False, "rent", 50), (False, "energy", 50))
        fresh.plan_ids[0].purpose = "travel"
        fresh.plan_ids[0].unlink()
        self.assertEqual(len(fresh.plan_ids), 1)

    def test_each_company_numbers_for_itself(self):
        def number(request):
            return int(request.name.rsplit("-", 1)[1])

        fund, case = self.env["sozial.fund"], self.env["sozial.case"]
        ours = self._draft()
        there = {"company_id": self.other_company.id}
        other = self.env["sozial.fund.request"].create(
            {
                "case_id": case.create({"type_id": self.case.type_id.id, **there}).id, "amount": 5,
                "fund_id": fund.create({"name": "Dort", **there}).id,
            }
        )  # fmt: skip
        self.assertEqual(number(other), 1, "it tells nothing of the requests of others")
        self.assertEqual(number(self._draft()), number(ours) + 1)
        self.env["ir.sequence"].search([("code", "=", "sozial.fund.request"), ("company_id", "=", self.company.id)]).unlink()
        self.assertEqual(number(self._draft()), number(ours) + 2, "it goes on where numbers were given in another way")

    def test_a_fund_stays_with_its_company(self):
        there = {"company_id": self.other_company.id}
        planned, requested, empty = self._fund("A", (False, False, 5)), self._fund("B"), self._fund("C")
        self._draft(fund_id=requested.id)
        for fund in (planned, requested):
            with self.subTest(fund=fund.name), self.assertRaisesRegex(UserError, "Enter another fund"):
                fund.sudo().write(there)
            fund.sudo().write({"company_id": self.company.id})
        empty.sudo().write(there)
        self.assertEqual(empty.sudo().company_id, self.other_company)

    def test_whoever_pays_is_not_told_the_client_of_a_closed_case(self):
        self.case._grant(self.lead, "co", "x")
        asked = self._asked(pay_to="client", payee="Erika Sorgenfrei")
        lockout = self.case.lockout_ids.browse(self.case.action_lock_out(self.colleague.id, "Nachbar"))
        draft = self._draft(pay_to="client", payee="Erika Sorgenfrei")
        for shut in (True, False):
            if not shut:
                lockout.sudo().action_lift()
                self.case.level = "strict"
            for step in (draft.action_ask, asked.with_user(self.lead).action_approve):
                with self.subTest(shut=shut), self.assertRaisesRegex(UserError, "whoever pays would read"):
                    step()
        draft.pay_to = "worker"
        draft.action_ask()
        self.case.level = "confidential"
        asked.with_user(self.lead).action_approve()
        self.assertEqual(asked.sudo().entry_id.payee, "Erika Sorgenfrei")

    def test_who_was_paid_stands_on_the_request_alone(self):
        paid, cancelled = self._paid(reference="Kunde 7"), self._approved(reference="Kunde 7")
        cancelled.action_cancel()
        for request in (paid, cancelled):
            entry = request.sudo().entry_id
            self.assertFalse(entry.payee or entry.account or entry.reference, entry.state)
            self.assertEqual((request.payee, request.account[:2], request.reference), ("Stadtwerke", "DE", "Kunde 7"))

    def test_planned_once_also_where_place_and_purpose_are_open(self):
        for place, purpose in ((False, False), (self.quarter.id, False), (False, "rent"), (self.quarter.id, "rent")):
            with self.subTest(place=place, purpose=purpose):
                self._refused_by_the_database(
                    lambda place=place, purpose=purpose: self._fund("D", (place, purpose, 5), (place, purpose, 6))
                )

    def test_nothing_newer_than_the_oldest_supported_database(self):
        """PostgreSQL 13 knows neither of these."""
        newer = ("NULLS NOT " + "DISTINCT", "MERGE " + "INTO", "any_" + "value(", "JSON_" + "TABLE")
        root = Path(__file__).parent.parent
        for path in (*root.glob("models/**/*.py"), *root.glob("report/**/*.py"), *root.glob("migrations/**/*.py")):
            text = path.read_text(encoding="utf-8").lower()
            for word in newer:
                self.assertFalse(word.lower() in text, f"{path.name}: {word}")
