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
        self._as(proof, self.procurement).action_repaid()
        self.env.flush_all()
        self.assertIn("alert-success mt-2 mb-0 o_repayment", self.url_open(f"/my/funds/{proof.token}").text)
