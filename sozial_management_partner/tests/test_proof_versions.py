"""What is planned where an agreement gets another version: each plans for its own days."""

from datetime import date

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install")
class TestProofVersions(AgreementCommon):
    def _on(self, month, day, year=0):
        self._cron((date(self.year + year, month, day) - self.today).days)

    def _versions(self, until=(12, 31), **second):
        """500 € a month from January, another version from July on; the first one has begun."""
        self.year = self.today.year + 1
        first = self._active(
            date_start=date(self.year, 1, 1), date_end=date(self.year, *until), proof_days=60,
            position_ids=[Command.create({"name": "Personal", "amount_month": 500})],
        )  # fmt: skip
        self._on(1, 1)
        new = self.env["sozial.agreement"].browse(first.action_new_version()["res_id"]).with_env(first.env)
        new.write({"date_start": date(self.year, 7, 1), "date_end": date(self.year, 12, 31), **second})
        new.position_ids.amount_month = 1000
        new.action_offer()
        new.action_sign()
        self._sign_partner(new)
        return first, new

    def _planned(self, agreement):
        proofs = self.env["sozial.agreement.proof"].search([("agreement_number", "=", agreement.number)], order="period_start")
        return [(one.period_start.month, one.period_end.month, one.planned) for one in proofs]

    def test_each_version_plans_for_its_own_days(self):
        first, second = self._versions()
        self._on(7, 1)
        self.assertEqual((first.state, second.state), ("replaced", "active"))
        self._on(1, 1, year=1)
        self.assertEqual(self._planned(first), [(1, 12, 9000)])
        line = self.env["sozial.agreement.proof"].search([("agreement_number", "=", first.number)]).line_ids
        self.assertEqual(line.mapped("name"), ["Personal"])

    def test_what_a_replaced_version_asked_stays_owed(self):
        first, second = self._versions(proof_days=0)
        for _turn in range(2):
            self._on(7, 2)
        self.assertEqual(self._planned(first), [(1, 6, 3000)])
        proof = self.env["sozial.agreement.proof"].search([("agreement_number", "=", first.number)])
        self.assertEqual(proof.agreement_id, second)
        self._on(1, 1, year=1)
        self.assertEqual(self._planned(first), [(1, 6, 3000)])

    def test_a_gap_between_versions_is_not_planned(self):
        first, _second = self._versions(until=(3, 31))
        for month, day, year in ((4, 1, 0), (7, 1, 0), (1, 1, 1)):
            self._on(month, day, year)
        self.assertEqual(self._planned(first), [(1, 3, 1500), (7, 12, 6000)])

    def test_a_later_version_is_with_the_same_partner(self):
        first = self._active()
        new = self.env["sozial.agreement"].browse(first.action_new_version()["res_id"]).with_env(first.env)
        with self.assertRaisesRegex(ValidationError, "same one"):
            new.partner_id = self.verein
        new.title = "Weiter"
        with self.assertRaises(UserError):
            first.partner_id = self.verein
