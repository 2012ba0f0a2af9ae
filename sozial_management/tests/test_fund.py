from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .fund_common import FundCommon


@tagged("post_install", "-at_install")
class TestFundRequest(FundCommon):
    def test_what_is_missing_is_named_at_once(self):
        request = self._draft(reason=False, other_help=" ", payee=False)
        with self.assertRaisesRegex(UserError, "(?s)Reason:.*Other help.*Paid to:"):
            request.action_ask()
        request.write({"reason": "x", "other_help": "x", "pay_to": "worker"})
        request.action_ask()
        self.assertEqual((request.state, request.asked_by_id), ("requested", self.worker))
        with self.assertRaisesRegex(ValidationError, "IBAN"):
            self._draft(account="DE00120300000000202051")
        for values in ({"amount": 0}, {"own_contribution": -1}):
            self._refused_by_the_database(lambda values=values: self._draft(**values))

    def test_a_second_person_decides(self):
        request = self._asked()
        self.assertRegex(request.name, r"^HF-\d{4}-\d{5}$")
        self.company.sozial_fund_colleague_limit = 1000
        for step in (request.action_approve, request.action_refuse):
            with self.assertRaisesRegex(UserError, "second person"):
                step()
        self._refused_by_the_database(
            lambda: request._write_guarded({"approved_by_id": self.worker.id, "approved_on": self.today}),
        )
        request.with_user(self.lead).action_approve()
        self.assertEqual((request.state, request.approved_by_id), ("approved", self.lead))

    def test_limits_of_the_company(self):
        self.case._grant(self.colleague, "co", "x")
        self.company.sozial_fund_colleague_limit = 100
        small, large = self._asked(100), self._asked(100.01)
        self._as(small, self.colleague).action_approve()
        self.assertEqual(small.state, "approved")
        for step in ("action_approve", "action_refuse"):
            with self.assertRaisesRegex(UserError, "by the head"):
                getattr(self._as(large, self.colleague), step)()
        self.company.sozial_fund_head_limit = 100
        first = self._as(large, self.lead)
        first.action_approve()
        self.assertEqual((first.state, first.approved_by_id), ("requested", self.lead))
        with self.assertRaisesRegex(UserError, "second person"):
            first.action_approve()
        other = self._user("t_second_lead", "lead")
        self.case._grant(other, "co", "x")
        self._as(large, other).action_approve()
        self.assertEqual((large.state, large.second_by_id), ("approved", other))

    def test_asked_and_approved_stays_as_it_is(self):
        request = self._asked()
        for values in ({"amount": 500}, {"account": False}, {"fund_id": self.fund.copy({"name": "B"}).id}, {"returned": 1}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "stays as it is"):
                request.write(values)
        for values in ({"state": "approved"}, {"asked_by_id": self.lead.id}, {"entry_id": 1}, {"name": "x"}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "not set directly|are not allowed"):
                request.write(values)
            with self.subTest(create=values), self.assertRaisesRegex(UserError, "not set directly|are not allowed"):
                self._draft(**values)
        for values in ({"receipt": "eA=="}, {"decision_note": "x"}, {"paid_on": self.today}, {"returned": 5}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "not before"):
                self._draft(**values)
            with self.subTest(write=values), self.assertRaisesRegex(UserError, "not before"):
                self._draft().write(values)
        with self.assertRaisesRegex(UserError, "is not deleted"):
            request.unlink()
        request.action_take_back()
        request.amount = 80
        request.action_ask()
        request.with_user(self.lead).action_approve()
        with self.assertRaisesRegex(UserError, "does not fit"):
            request.action_take_back()
        self._draft().unlink()

    def test_a_first_approval_falls_with_other_amounts(self):
        self.company.sozial_fund_head_limit = 100
        request = self._asked()
        request.with_user(self.lead).action_approve()
        request.action_take_back()
        self.assertFalse(request.approved_by_id)

    def test_from_request_to_receipt(self):
        request = self._asked()
        with self.assertRaisesRegex(UserError, "does not fit"):
            request.action_pay()
        request.with_user(self.lead).action_approve()
        request.write({"paid_on": self.today, "paid_way": "card", "paid_reference": "B-7"})
        request.action_pay()
        entry = request.sudo().entry_id
        self.assertEqual((request.state, entry.state, entry.paid_way, entry.paid_reference), ("paid", "paid", "card", "B-7"))
        self.assertEqual(request.deadline_id.due, self.today + timedelta(days=30))
        self.assertEqual(request.deadline_id.user_id, self.worker)
        with self.assertRaisesRegex(UserError, "upload it first"):
            request.action_settle()
        request.write({"receipt": "eA==", "receipt_name": "x.txt"})
        request.action_settle()
        self.assertEqual((request.state, request.deadline_id.state), ("settled", "kept"))
        with self.assertRaisesRegex(UserError, "stays as it is"):
            request.receipt = False

    def test_a_refusal_says_why_and_becomes_a_letter(self):
        self.tenant.write({"street": "Hof 1", "zip": "99734", "city": "Nordhausen"})
        self.company.phone = "03631 1"
        request = self._asked()
        with self.assertRaisesRegex(UserError, "Why so"):
            request.with_user(self.lead).action_refuse()
        request.with_user(self.lead).decision_note = "Zuerst ist das Jobcenter zuständig."
        request.with_user(self.lead).action_refuse()
        self.assertEqual(request.state, "refused")
        letter = self.env["sozial.letter"].with_user(self.worker).browse(request.action_letter()["res_id"])
        self.assertIn("Zuerst ist das Jobcenter zuständig.", letter.body)
        self.assertIn("120,00", letter.body)
        self.assertIn("Zuerst ist das Jobcenter", self._pdf("sozial_management.report_letter", letter))
        self.assertFalse(letter._problems())
        approved = self._approved()
        letter = self.env["sozial.letter"].with_user(self.worker).browse(approved.action_letter()["res_id"])
        self.assertIn("nicht zurückzahlen", letter.body)
        with self.assertRaisesRegex(UserError, "does not fit"):
            self._asked().action_letter()

    def test_what_comes_back_is_in_the_fund_again(self):
        request = self._paid(500)
        request.write({"returned": 100, "returned_on": self.today})
        self.env.invalidate_all()
        self.assertEqual((self.fund.spent, self.fund.left), (400, 600))
        with self.assertRaisesRegex(UserError, "does not become less"):
            request.returned = 50
        with self.assertRaisesRegex(ValidationError, "still to come"):
            request.write({"returned": 200, "returned_on": self.today + timedelta(days=2)})
        self._refused_by_the_database(lambda: request.write({"returned": 501, "returned_on": self.today}))
        request.write({"returned": 500, "returned_on": self.today})
        self.assertEqual((request.state, request.deadline_id.state), ("settled", "kept"))

    def test_cancelled_goes_back_into_the_fund(self):
        request = self._approved(500)
        request.action_cancel()
        self.env.invalidate_all()
        self.assertEqual((request.state, self.fund.approved), ("cancelled", 0))
        with self.assertRaisesRegex(UserError, "does not fit"):
            self._paid().action_cancel()

    def test_an_ended_case_asks_for_nothing(self):
        draft = self._draft()
        asked = self._asked()
        self.case._write_guarded({"state": "declined"})
        for step in (
            self._draft, draft.action_ask, lambda: draft.write({"amount": 5}), self._as(asked, self.lead).action_approve,
        ):  # fmt: skip
            with self.assertRaisesRegex(UserError, "is closed"):
                step()


@tagged("post_install", "-at_install")
class TestFundPayment(FundCommon):
    def test_whoever_pays_learns_nothing_of_the_case(self):
        self.case._grant(self.lead, "co", "x")
        self.case.level = "strict"
        request = self._approved(reference="Kunde 7")
        payer = self._user("t_payer", "lead")
        entry = self._as(request.sudo().entry_id, payer)
        shown = entry.read()[0]
        self.assertEqual((shown["amount"], shown["payee"], shown["reference"]), (120, "Stadtwerke", "Kunde 7"))
        self.assertNotIn("plan_id", shown)
        telling = {"sozial.case", "sozial.quarter", "sozial.fund.request", "sozial.fund.plan"}
        links = [name for name, field in entry._fields.items() if field.comodel_name in telling and name in entry.fields_get()]
        self.assertFalse(links, "nothing leads to the case")
        with self.assertRaises(AccessError):
            entry.search([("plan_id.quarter_id", "=", self.quarter.id)])
        self.assertFalse(self.env["sozial.fund.request"].with_user(payer).search([]), "the request is the case's")
        entry.write({"paid_on": self.today, "paid_reference": "77"})
        entry.action_pay()
        self.assertEqual((request.state, request.paid_reference), ("paid", "77"))
        with self.assertRaisesRegex(UserError, "paid or cancelled"):
            entry.action_pay()
        for user in (self.worker, self.frontdesk, self.system, self.report, self.privacy):
            with self.assertRaises(AccessError):
                self._as(entry, user).read(["amount"])
            with self.assertRaises(AccessError):
                self._as(entry, user).action_pay()

    def test_payments_come_from_approvals(self):
        entry = self._as(self._approved().sudo().entry_id, self.lead)
        for values in ({"amount": 500}, {"payee": "x"}, {"account": "x"}, {"state": "paid"}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "stays as it is"):
                entry.write(values)
        for step in (lambda: entry.create({"name": "x"}), entry.unlink):
            with self.assertRaises(AccessError):
                step()
        with self.assertRaisesRegex(UserError, "not duplicated"):
            entry.copy()
        for day, message in ((1, "still to come"), (-1, "approved later")):
            wrong = self._as(self._approved(5).sudo().entry_id, self.lead)
            with self.assertRaisesRegex(ValidationError, message):
                wrong.write({"paid_on": self.today + timedelta(days=day)})
        entry.action_pay()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            entry.paid_reference = "x"

    def test_cash_by_the_worker_names_no_client(self):
        request = self._approved(pay_to="worker", payee="Erika Sorgenfrei")
        entry = request.sudo().entry_id
        self.assertEqual((entry.payee, entry.account, entry.paid_way), (self.worker.name, False, "cash"))

    def test_erased_requests_leave_amounts_alone(self):
        for request in (self._approved(), self._paid()):
            entry = request.sudo().entry_id
            entry._write_guarded({"paid_reference": "B-7"})
            self.assertEqual(bool(entry.payee), request.state == "approved", "what is paid tells it on the request alone")
            self.env["sozial.erasure"]._delete_rows(request)
            self.assertEqual((entry.amount, entry.payee, entry.account, entry.paid_reference), (120, False, False, False))
