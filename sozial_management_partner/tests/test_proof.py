from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .duty_common import PDF, DutyCommon


@tagged("post_install", "-at_install")
class TestProof(DutyCommon):
    def test_positions_stand_in_the_signed_text(self):
        self.assertIn("Personal: 600,00", self.plan.text)
        self.assertIn("weist die Verwendung nach", self.plan.text)
        position = self._as(self.plan.position_ids[:1], self.procurement)
        with self.assertRaisesRegex(UserError, "fixed"):
            position.amount_month = 1
        with self.assertRaisesRegex(UserError, "fixed"):
            position.create({"agreement_id": self.plan.id, "name": "Neu", "amount_month": 1})
        draft = self._agreement(offer=self._offer("Entwurf"), position_ids=[(0, 0, {"name": "Sache", "amount_month": 5})])
        with self.assertRaisesRegex(UserError, "fixed"):
            draft.position_ids.agreement_id = self.plan
        draft.position_ids.unlink()
        draft.proof_days = 30
        with self.assertRaisesRegex(UserError, "Positions"):
            draft.action_offer()
        with self.assertRaisesRegex(UserError, "fixed"):
            position.unlink()

    def test_planned_comes_from_the_positions(self):
        proof = self._proof()
        self.assertEqual(proof.line_ids.mapped("name"), ["Personal", "Miete"])
        days = (proof.period_end - proof.period_start).days
        self.assertTrue(0 < proof.line_ids[0].planned <= 600 * (days // 28 + 1))
        self.assertEqual((proof.spent, proof.unused), (0, proof.planned))

    def test_receipts_are_checked(self):
        proof = self._proof()
        good = {"line": proof.line_ids[:1], "amount": "1.012,50"}
        for values, word in (
            ({"name": " "}, "Paid for"), ({"amount": "0"}, "Amount"), ({"amount": "1,234"}, "Amount"), ({"amount": "NaN"}, "Amount"),
            ({"paid_on": "1999-01-01"}, "Paid on"), ({"paid_on": "gestern"}, "Paid on"), ({"data": b"MZ"}, "does not fit"),
            ({"file_name": "x.exe"}, "kind of file"), ({"data": b""}, "empty"),
        ):  # fmt: skip
            with self.subTest(values=values), self.assertRaisesRegex(UserError, word):
                self._receipt(proof, **{**good, **values})
        self.assertFalse(proof.line_ids.receipt_ids)
        self._receipt(proof, **good)
        with self.assertRaisesRegex(UserError, "already"):
            self._receipt(proof, **good)
        with self.assertRaisesRegex(UserError, "Position"):
            self._own(proof)._portal_add_receipt("0", "x", "x", "1", "x.pdf", PDF)
        self.assertEqual((proof.spent, proof.line_ids[0].spent), (1012.5, 1012.5))
        self._own(proof)._portal_remove_receipt(proof.line_ids.receipt_ids.id)
        self.assertFalse(proof.line_ids.receipt_ids)

    def test_thousands_are_written_with_a_point(self):
        proof = self._proof()
        self._receipt(proof, amount="1.500")
        self.assertEqual(proof.spent, 1500)
        self.assertEqual(self.env["sozial.agreement.report"]._hours_of("1.500"), 1500)

    def test_more_than_planned_is_said_and_the_rest_is_repaid(self):
        proof = self._proof()
        self._receipt(proof, amount=f"{proof.line_ids[0].planned * 1.3:.2f}")
        self.assertEqual(proof.deviation_text, "Personal")
        self.assertAlmostEqual(proof.unused, max(proof.planned - proof.spent, 0), 2)

    def test_two_persons(self):
        proof = self._proof()
        self._receipt(proof)
        for args, word in ((("", "Vorstand", "1"), "Factual report"), (("x", "", "1"), "Function"), (("x", "Vorstand", None), "tick")):
            with self.subTest(word=word), self.assertRaisesRegex(UserError, word):
                self._own(proof)._portal_confirm(*args)
        self._hand_in_proof(proof)
        first, second = self._as(proof, self.procurement), self._as(proof, self.second_procurement)
        with self.assertRaisesRegex(UserError, "not possible now"):
            second.action_accept()
        first.action_check()
        with self.assertRaisesRegex(UserError, "Another person"):
            first.action_accept()
        second.action_accept()
        self.assertEqual((proof.state, proof.checked_by_id, proof.accepted_by_id), ("accepted", self.procurement, self.second_procurement))
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            self.env.cr.execute("UPDATE sozial_agreement_proof SET accepted_by_id = checked_by_id WHERE id = %s", [proof.id])

    def test_a_return_takes_the_check_back(self):
        proof = self._proof()
        self._hand_in_proof(proof)
        company = self._as(proof, self.procurement)
        company.action_check()
        company.decision = "Beleg fehlt"
        company.action_return()
        self.assertEqual((proof.state, proof.checked_by_id.id), ("returned", False))
        self._receipt(proof)
        self._hand_in_proof(proof)
        self.assertIn("Beleg 0", company.version_ids[0].content)

    def test_what_is_handed_in_is_fixed(self):
        proof, other = self._proof(), self.env["sozial.agreement.proof"]
        self._receipt(proof)
        receipt = proof.line_ids.receipt_ids
        other = other.create(
            {"agreement_id": self.plan.id, "period_start": "2020-01-01", "period_end": "2020-12-31", "due_date": "2021-01-31",
             "line_ids": [(0, 0, {"name": "Alt", "planned": 5})]}
        )  # fmt: skip
        moving = receipt.create(
            {"line_id": other.line_ids.id, "name": "x", "paid_on": "2020-02-02", "amount": 1, "file": "eA==", "file_name": "x.txt",
             "sha256": "x"}
        )  # fmt: skip
        self._hand_in_proof(proof)
        for change in (
            lambda: receipt.write({"amount": 1}), receipt.unlink, lambda: receipt.copy({"sha256": "y"}),
            lambda: moving.write({"line_id": proof.line_ids[0].id}),
        ):  # fmt: skip
            with self.assertRaisesRegex(UserError, "fixed"), self.cr.savepoint():
                change()
        with self.assertRaises(AccessError):
            self._as(receipt, self.procurement).amount = 2
        with self.assertRaises(AccessError):
            self._own(receipt).amount = 2
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            moving.amount = -1
            moving.flush_recordset()


@tagged("post_install", "-at_install")
class TestProofPortal(DutyCommon, HttpCase):
    def test_a_proof_in_the_portal(self):
        proof = self._proof()
        url = f"/my/funds/{proof.token}"
        self.authenticate("t_caritas", "t_caritas")
        self.assertIn(proof.token, self.url_open("/my/funds").text)
        page = self.url_open(url)
        csrf = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"csrf_token": csrf, "line": proof.line_ids[0].id, "name": "Honorar", "paid_on": str(proof.period_start), "amount": "40"}
        printed = self.url_open(url + "/pdf")
        self.assertEqual(printed.status_code, 200)
        answer = self.url_open(url + "/receipt", data=form, files={"file": ("h.pdf", PDF, "application/pdf")})
        self.assertIn("alert-success", answer.text)
        receipt = proof.line_ids.receipt_ids
        self.assertEqual(self.url_open(f"{url}/file/{receipt.id}").content, PDF)
        self.assertIn("alert-danger", self.url_open(url + "/receipt", data=form).text, "without a file")
        self.authenticate("t_verein", "t_verein")
        self.assertTrue(self.url_open(f"{url}/file/{receipt.id}").url.endswith("/my/funds"))
        self.assertTrue(self.url_open(url).url.endswith("/my/funds"))
        self.assertEqual(self.url_open(f"/web/content/sozial.agreement.proof.receipt/{receipt.id}/file").status_code, 404)
        self.authenticate("t_caritas", "t_caritas")
        csrf = self.url_open(url).text.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"csrf_token": csrf, "report_text": "Wie geplant.", "function": "Vorstand", "agreed": "1"}
        self.assertIn("alert-success", self.url_open(url + "/confirm", data=form).text)
        proof.invalidate_recordset()
        self.assertEqual((proof.state, proof.spent), ("submitted", 40))
