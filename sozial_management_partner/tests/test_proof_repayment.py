"""What was planned and not spent is paid back, and somebody looks that it is."""

from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .duty_common import DutyCommon


@tagged("post_install", "-at_install")
class TestProofRepayment(DutyCommon, HttpCase):
    def _accepted(self, **values):
        proof = self._proof()
        self._receipt(proof)
        self._hand_in_proof(proof)
        company = self._as(proof, self.procurement)
        if values:
            company.write(values)
        company.action_check()
        self._as(proof, self.second_procurement).action_accept()
        return proof

    def test_the_acceptance_says_until_when(self):
        proof = self._accepted()
        self.assertGreater(proof.unused, 0)
        self.assertEqual(proof.repay_until, fields.Date.context_today(proof) + timedelta(days=30))
        self.assertEqual((proof.repayment, proof.repaid_on), ("open", False))

    def test_another_day_is_entered_before(self):
        day = self.today + timedelta(days=1000)
        self.assertEqual(self._accepted(repay_until=day).repay_until, day)
        with self.assertRaisesRegex(UserError, "does not change"):
            self._as(self._duties("sozial.agreement.proof")[:1], self.procurement).repay_until = self.today

    def test_not_a_day_that_is_over(self):
        with self.assertRaisesRegex(UserError, "Repay by"):
            self._accepted(repay_until="2001-01-01")

    def test_repaid_is_noted_once_by_who_may(self):
        proof = self._accepted()
        with self.assertRaises(AccessError):
            self._as(proof, self.lead).action_repaid()
        with self.assertRaises(AccessError):
            self._own(proof).action_repaid()
        for name, value in (("repaid_on", self.today), ("repaid_by_id", self.procurement.id), ("repay_reminded_at", "2020-01-01 10:00:00")):
            with self.subTest(field=name), self.assertRaises(UserError):
                self._as(proof, self.procurement).write({name: value})
        company = self._as(proof, self.procurement)
        company.action_repaid()
        self.assertEqual((proof.repayment, proof.repaid_by_id), ("done", self.procurement))
        with self.assertRaisesRegex(UserError, "no repayment"):
            company.action_repaid()

    def _dialog(self, proof, user=None, **values):
        own = self._as(proof, user or self.procurement)
        dialog = own.env["sozial.agreement.proof.repayment"].browse(own.action_open_repayment()["res_id"])
        dialog.write(values)
        return dialog

    def test_it_comes_back_in_parts(self):
        proof = self._accepted()
        owed = proof.still_owed
        self.assertEqual(owed, proof.unused)
        dialog = self._dialog(proof, amount=100.5)
        self.assertEqual((dialog.still_owed, dialog.day), (owed, self.today))
        dialog.action_confirm()
        self.assertEqual((proof.repaid, proof.repayment, proof.repaid_on), (100.5, "open", False))
        self.assertAlmostEqual(proof.still_owed, owed - 100.5, 2)
        self.assertIn(self.procurement.name, proof.repaid_text)
        told = []
        with patch.object(type(proof), "_tell_partner", lambda one, what: told.append(what) if one == proof else None):
            self._cron((proof.repay_until - self.today).days + 1)
        self.assertEqual(told, ["repay"], "a part is not the whole")
        self._dialog(proof, self.second_procurement).action_confirm()
        self.assertEqual((proof.repayment, proof.repaid_by_id, proof.still_owed), ("done", self.second_procurement, 0))
        self.assertEqual((proof.repaid, len(proof.repaid_parts)), (proof.unused, 2))

    def test_a_part_that_cannot_be(self):
        proof = self._accepted()
        tomorrow = self.today + timedelta(days=400)
        for values, word in (
            ({"amount": 0}, "Amount"), ({"amount": -5}, "Amount"), ({"amount": proof.unused + 1}, "Amount"), ({"amount": 0.001}, "Amount"),
            ({"day": tomorrow}, "Came in on"), ({"day": "1999-01-01"}, "Came in on"),
        ):  # fmt: skip
            with self.subTest(values=values), self.assertRaisesRegex(UserError, word):
                self._dialog(proof, **values).action_confirm()
        self.assertEqual((proof.repaid, proof.repaid_parts), (0, False))
        for name, value in (("repaid", 5), ("repaid_parts", [{}])):
            with self.subTest(field=name), self.assertRaises(UserError):
                self._as(proof, self.procurement).write({name: value})
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            proof._write_guarded({"repaid": proof.unused + 1})
            proof.flush_recordset()

    def test_the_dialog_is_no_way_round(self):
        proof = self._accepted()
        for user in (self.lead, self.bidder):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(proof, user).action_open_repayment()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(proof, user)._note_repayment(1, self.today)
        away = self._as(self.env["sozial.agreement.proof.repayment"], self.stranger).create({"proof_id": proof.id, "amount": 1})
        with self.assertRaises(AccessError):
            away.action_confirm()

    def test_nothing_is_repaid_before_the_acceptance(self):
        proof = self._proof()
        with self.assertRaisesRegex(UserError, "no repayment"):
            self._as(proof, self.procurement).action_repaid()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            proof._write_guarded({"repaid_on": self.today, "repaid_by_id": self.procurement.id})
            proof.flush_recordset()

    def test_a_late_one_is_reminded_of_once(self):
        proof, told = self._accepted(), []
        days = (proof.repay_until - self.today).days
        with patch.object(type(proof), "_tell_partner", lambda one, what: told.append(what) if one == proof else None):
            for later, expected in ((0, []), (1, ["repay"]), (2, ["repay"])):
                self._cron(days + later)
                self.assertEqual(told, expected, later)
        summary = proof._late_repayment_summary(self.plan.user_id.with_context(lang=self.plan.user_id.lang).env)
        self.assertEqual(self.plan.activity_ids.mapped("summary").count(summary), 1)

    def test_a_repaid_one_is_not_reminded_of(self):
        proof, told = self._accepted(), []
        self._as(proof, self.procurement).action_repaid()
        with patch.object(type(proof), "_tell_partner", lambda one, what: told.append(what) if one == proof else None):
            self._cron((proof.repay_until - self.today).days + 2)
        self.assertEqual(told, [])

    def test_the_portal_says_what_is_open_and_what_is_done(self):
        proof = self._accepted()
        self.authenticate("t_caritas", "t_caritas")
        page = self.url_open(f"/my/funds/{proof.token}").text
        self.assertIn("alert-warning mt-2 mb-0 o_repayment", page)
        self.assertIn(f"{proof.repay_until:%d.%m.%Y}", page)
        waiting = self.make_jsonrpc_request("/my/counters", {"counters": ["sozial_funds_count"]})
        self.assertEqual(waiting["sozial_funds_count"], 1)
        self._as(proof, self.procurement).action_repaid()
        self.env.flush_all()
        self.assertIn("alert-success mt-2 mb-0 o_repayment", self.url_open(f"/my/funds/{proof.token}").text)
