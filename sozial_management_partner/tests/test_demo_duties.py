"""The demo's referrals, reports and proof of use: run by the methods that people use."""

from odoo.tests import TransactionCase, tagged

MODULE = "sozial_management_partner"


@tagged("post_install", "-at_install")
class TestDemoDuties(TransactionCase):
    def _of(self, name):
        found = self.env.ref(f"{MODULE}.{name}", raise_if_not_found=False)
        if not found:
            raise AssertionError("The demo data is missing: install the addon with demo data.")
        return found

    def test_referrals_in_every_state(self):
        referrals = self.env["sozial.referral"]
        names = [state for state, _label in referrals._fields["state"]._description_selection(self.env)]
        for state in names:
            with self.subTest(state=state):
                self.assertEqual(self._of(f"demo_referral_{state}").state, state)
        self.assertFalse(self._of("demo_referral_revoked").share_id.line_ids)

    def test_reports_and_a_proof(self):
        numbers = [self._of(f"demo_agreement_{name}").number for name in ("visits", "sozialberatung", "halle")]
        reports = self.env["sozial.agreement.report"].search([("agreement_number", "in", numbers)])
        self.assertEqual(set(reports.mapped("state")), {"due", "returned", "accepted"})
        self.assertTrue(any(report.figures for report in reports))
        proof = self.env["sozial.agreement.proof"].search([("agreement_number", "in", numbers)], order="period_start", limit=1)
        self.assertIn(proof.state, ("checked", "accepted"))
        self.assertEqual(len(proof.line_ids.receipt_ids), 3)
        self.assertGreater(proof.unused, 0)
        self.assertEqual((proof.state, proof.repayment, proof.repaid), ("accepted", "open", 500))
        partners = {self._of(f"demo_agreement_{name}").partner_id for name in ("visits", "sozialberatung", "halle")}
        self.assertEqual(len(partners), 3)

    def test_frozen_figures_speak_german(self):
        """Words are frozen with the figures: taken before the translations were loaded they would stay English for good."""
        german = self.env(context={"lang": "de_DE"})
        kinds = german["sozial.referral.fact"]._fields["kind"]._description_selection(german)
        number = self._of("demo_agreement_sozialberatung").number
        reports = self.env["sozial.agreement.report"].search([("agreement_number", "=", number)]).filtered("figures")
        self.assertTrue(reports)
        for report in reports:
            table = report.figures[0]
            self.assertEqual([row["label"] for row in table["rows"]][: len(kinds)], [label for _kind, label in kinds])
            self.assertNotIn("What happened", table["title"])
