from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .consent_common import ConsentCommon
from .debt_common import DebtCommon

REPLY = {"reply": "accepted", "reply_on": "2026-11-20", "reply_how": "phone"}


@tagged("post_install", "-at_install")
class TestInstalmentPlan(DebtCommon):
    def test_schedule_of_a_draft_follows_it(self):
        plan = self._instalments()
        self.assertEqual((plan.version, plan.total, plan.monthly, plan.last_due), (1, 2000, 100, date(2028, 7, 1)))
        self.assertEqual(plan.share_ids.mapped("months"), [20, 20, 20])
        plan.share_ids[0].monthly = 500
        rent = plan.instalment_ids.filtered(lambda one: one.claim_id == self.rent_claim)
        self.assertEqual([(one.due, one.amount) for one in rent],
                         [(date(2026, 12, 1), 500), (date(2027, 1, 1), 500), (date(2027, 2, 1), 200)])  # fmt: skip
        plan.write({"day": 31, "start": "2027-01-31"})
        self.assertEqual(plan.instalment_ids[:4].mapped("due")[-1], date(2027, 2, 28))
        plan.share_ids[0].unlink()
        self.assertEqual((plan.total, plan.monthly), (800, 40))

    def test_offering_lists_what_is_missing(self):
        empty = self.env["sozial.instalment.plan"].with_user(self.worker).create({"case_id": self.case.id})
        with self.assertRaisesRegex(UserError, "Creditors"):
            empty.action_offer()
        self._budget()
        plan = self._instalments()
        self.shop_claim.state = "disputed"
        self.energy_claim.write({"principal": 10, "interest": 0, "costs": 0})
        with self.assertRaises(UserError) as caught:
            plan.action_offer()
        self.assertIn("Versandhaus Nord: this claim is not open", str(caught.exception))
        self.assertIn("Stadtwerke Musterstadt: the plan pays more", str(caught.exception))

    def test_more_than_is_free_needs_a_reason_and_a_second_person(self):
        plan = self._instalments()
        self.assertTrue(plan.over_free, "no budget: nothing is known to be free")
        self._budget()
        self.assertFalse(plan.over_free)
        plan.share_ids[0].monthly = 60.01
        self.assertTrue(plan.over_free)
        with self.assertRaisesRegex(UserError, "Reason"):
            plan.action_offer()
        plan.reason = "Die Tochter gibt 50 Euro dazu."
        with self.assertRaisesRegex(UserError, "second person"):
            plan.action_offer()
        with self.assertRaisesRegex(UserError, "second person"):
            plan.action_approve()
        self._as(plan, self.lead).action_approve()
        plan.share_ids[0].monthly = 80
        self.assertFalse(plan.approved_by_id, "approved were other amounts")
        self._as(plan, self.lead).action_approve()
        plan.action_offer()
        self.assertEqual(plan.state, "offered")

    def test_accepted_by_each_creditor(self):
        self._budget()
        plan = self._instalments()
        with self.assertRaisesRegex(UserError, "while the plan is offered"):
            plan.share_ids.write(REPLY)
        plan.action_offer()
        plan.share_ids[:2].write(REPLY)
        with self.assertRaisesRegex(UserError, "Versandhaus Nord"):
            plan.action_accept()
        self._refused_by_the_database(lambda: plan.share_ids[2].write({"reply": "accepted"}))
        with self.assertRaisesRegex(ValidationError, "Reply of"):
            plan.share_ids[2].write({**REPLY, "reply_on": "2099-01-01"})
        plan.share_ids[2].write({**REPLY, "reply": "declined"})
        with self.assertRaisesRegex(UserError, "Versandhaus Nord"):
            plan.action_accept()
        plan.action_take_back()
        self.assertFalse(any(plan.share_ids.mapped("reply")), "the changed offer is replied to anew")
        plan.action_offer()
        plan.write({"share_ids": [Command.update(share.id, REPLY) for share in plan.share_ids[:2]]})
        plan.share_ids[2].action_accepted()
        self.assertEqual((plan.share_ids[2].reply, plan.share_ids[2].reply_how), ("accepted", "letter"))
        plan.share_ids[2].reply_on = "2026-11-20"
        plan.action_accept()
        self.assertEqual((plan.state, plan.accepted_on), ("accepted", date(2026, 11, 20)))

    def test_accepted_stays_as_it_is(self):
        plan = self._accepted()
        share, one = plan.share_ids[0], plan.instalment_ids[0]
        for user in (self.worker, self.env.user):
            for number, call in enumerate(
                (
                    lambda plan: plan.write({"day": 5}),
                    lambda plan: plan.write({"reason": "x"}),
                    lambda plan: plan.write({"share_ids": [Command.delete(share.id)]}),
                    lambda plan: plan.write({"share_ids": [Command.update(share.id, {"monthly": 1})]}),
                    lambda plan: plan.write({"instalment_ids": [Command.delete(one.id)]}),
                    lambda plan: plan.write({"instalment_ids": [Command.update(one.id, {"amount": 1})]}),
                    lambda plan: plan.with_context(force=True).write({"state": "draft"}),
                    lambda plan: plan.unlink(),
                    lambda plan: plan.copy(),
                    lambda plan: plan.share_ids[0].write({"total": 1}),
                    lambda plan: plan.share_ids[0].write({"reply": "declined"}),
                    lambda plan: plan.share_ids[0].write({"plan_id": 1}),
                    lambda plan: plan.share_ids[0].unlink(),
                    lambda plan: plan.share_ids.create({"plan_id": plan.id, "claim_id": self.shop_claim.id, "monthly": 1}),
                    lambda plan: plan.instalment_ids[0].write({"due": "2026-01-01"}),
                    lambda plan: plan.action_offer(),
                    lambda plan: plan.action_accept(),
                    lambda plan: plan.action_take_back(),
                )
            ):
                with self.subTest(user=user.login, number=number), self.assertRaises(UserError):
                    call(plan.with_user(user))

    def test_instalments_are_made_by_the_plan_alone(self):
        plan = self._accepted()
        one = plan.instalment_ids[0].with_user(self.worker)
        with self.assertRaises(AccessError):
            one.create({"plan_id": plan.id, "share_id": one.share_id.id, "due": "2026-01-01", "amount": 1})
        with self.assertRaises(AccessError):
            one.unlink()

    def test_state_is_not_given_at_creation(self):
        plans = self.env["sozial.instalment.plan"].with_user(self.worker)
        for values in ({"state": "accepted"}, {"accepted_on": "2026-01-01"}, {"version": 7}, {"approved_by_id": self.lead.id}):
            with self.subTest(values=values), self.assertRaises(UserError):
                plans.create({"case_id": self.case.id, **values})
        made = plans.with_context(default_state="accepted", default_reply="accepted").create(
            {"case_id": self.case.id, "share_ids": [Command.create({"claim_id": self.shop_claim.id, "monthly": 5, **REPLY})]}
        )
        self.assertEqual((made.state, made.share_ids.reply), ("draft", False))

    def test_senseless_values_are_refused(self):
        plan = self._instalments()
        for values in ({"day": 0}, {"day": 32}, {"break_after": 0}):
            with self.subTest(values=values), self.assertRaises(Exception):  # noqa: B017 the arithmetic or the database
                with self.env.cr.savepoint():
                    plan.write(values)
                    plan.flush_recordset()
        for values in ({"monthly": 0}, {"total": -1}, {"after": -1}):
            with self.subTest(values=values):
                self._refused_by_the_database(lambda values=values: plan.share_ids[0].write(values))
        self._refused_by_the_database(
            lambda: plan.share_ids.create({"plan_id": plan.id, "claim_id": self.shop_claim.id, "monthly": 1})
        )
        with self.assertRaisesRegex(UserError, "50 years"):
            plan.share_ids[0].monthly = 0.01
        foreign = self._open_case()
        with self.assertRaisesRegex(ValidationError, "Claim"):
            self.env["sozial.instalment.plan"].with_user(self.worker).create(
                {"case_id": foreign.id, "share_ids": [Command.create({"claim_id": self.shop_claim.id, "monthly": 5})]}
            )

    def test_a_creditor_is_paid_by_one_plan(self):
        self._accepted()
        second = self._instalments(reason="Beide werden verglichen.")
        self._as(second, self.lead).action_approve()
        second.action_offer()
        second.share_ids.write(REPLY)
        with self.assertRaisesRegex(UserError, "Another accepted plan"):
            second.action_accept()

    def test_other_people_get_nothing(self):
        plan = self._accepted()
        for record in (plan, plan.share_ids[0], plan.instalment_ids[0]):
            self.assertTrue(record.with_user(self.worker).search([("id", "in", record.ids)]))
            for user in (self.colleague, self.frontdesk, self.system):
                with self.subTest(model=record._name, user=user.login), self.assertRaises(AccessError):
                    self._as(record, user).read(["case_id"])
        for step in ("action_approve", "action_break", "action_end", "action_new_version", "action_tell_rent_collection"):
            with self.subTest(step=step), self.assertRaises(AccessError):
                getattr(self._as(plan, self.colleague), step)()


@tagged("post_install", "-at_install")
class TestPayments(DebtCommon):
    def setUp(self):
        super().setUp()
        self.worker.lang = "en_US"
        self.plan = self._accepted()

    def _of(self, claim):
        return self.plan.instalment_ids.filtered(lambda one: one.claim_id == claim).with_user(self.worker)

    def _night(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60) as progress:
            self.env["sozial.instalment"]._cron_missed()
        return progress

    def test_payments_lower_what_is_owed(self):
        with freeze_time("2026-12-02 10:00"):
            self._of(self.rent_claim)[0].action_paid()
            self._of(self.energy_claim)[0].write({"paid": 12.5})
            self.assertEqual(self._of(self.energy_claim)[0].paid_on, date(2026, 12, 2))
        self.assertEqual((self.plan.paid, self.rent_claim.remaining, self.energy_claim.remaining), (72.5, 1140, 587.5))
        self.assertEqual(self.case.debt_total, 1140 + 587.5 + 200)
        self.rent_claim.write({"principal": 1140, "as_of": "2026-11-22"})
        with freeze_time("2026-12-05"):
            self.rent_claim.write({"as_of": "2026-12-05"})
            self.rent_claim.invalidate_recordset()
            self.assertEqual(self.rent_claim.remaining, 1140, "a newer statement knows of the payment already")

    def test_bad_payments_are_refused(self):
        one = self._of(self.rent_claim)[0]
        self._refused_by_the_database(lambda: one.write({"paid": 60.01}))
        self._refused_by_the_database(lambda: one.write({"paid": -1}))
        with self.assertRaisesRegex(ValidationError, "Paid on"):
            one.write({"paid": 5, "paid_on": "2099-01-01"})
        with self.assertRaisesRegex(UserError, "once the plan is accepted"):
            self._instalments().instalment_ids[0].action_paid()

    def test_missed_ones_become_deadlines_once(self):
        with freeze_time("2026-12-01 10:00"):
            self._night()
            self.assertFalse(self.case.deadline_ids, "due today is not missed")
        with freeze_time("2026-12-02 10:00"):
            self._of(self.energy_claim)[0].action_paid()
            self._night()
            self._night()
            self.assertEqual(len(self.case.deadline_ids), 2)
            self.assertEqual(set(self.case.deadline_ids.mapped("user_id")), {self.worker})
            self.assertTrue(any("Versandhaus Nord" in name for name in self.case.deadline_ids.mapped("name")))
            self.assertEqual(self.plan.missed, 2)
            one = self._of(self.shop_claim)[0]
            one.write({"paid": 4})
            self.assertEqual((one.state, one.deadline_id.state), ("partly", "open"))
            one.write({"paid": 10})
            self.assertEqual((one.state, one.deadline_id.state), ("paid", "kept"))
            self.case.deadline_ids.filtered(lambda deadline: deadline.state == "open").sudo().unlink()
            number = len(self.case.deadline_ids)
            self._night()
            self.assertEqual(len(self.case.deadline_ids), number, "what somebody deleted does not come back")
        self.plan.invalidate_recordset()  # another day, another request
        with freeze_time("2027-01-02 10:00"):
            self._night()
            self.assertTrue(any("may end the plan" in name for name in self.case.deadline_ids.mapped("name")))

    def test_one_that_fails_stops_no_other(self):
        remind = type(self.plan.instalment_ids)._remind
        broken = self._of(self.rent_claim)[0]

        def fails_for_one(one, today):
            remind(one, today)
            if one.id == broken.id:
                raise ValueError("planned")

        with freeze_time("2026-12-02 10:00"), patch.object(type(broken), "_remind", fails_for_one):
            with self.assertLogs("odoo.addons.sozial_management.models.debt.instalment", "ERROR"):
                progress = self._night()
        self.assertGreaterEqual(progress.call_count, 3, "each is kept at once")
        self.assertEqual(progress.call_args.kwargs["remaining"], 0)
        self.assertEqual(len(self.case.deadline_ids), 2, "of three, and nothing half-written")
        self.assertFalse(broken.reminded_on)

    def test_a_plan_breaks_when_instalments_were_missed(self):
        with freeze_time("2026-11-25"), self.assertRaisesRegex(UserError, "No instalment was missed"):
            self.plan.action_break()
        self.plan.invalidate_recordset()  # another day, another request
        with freeze_time("2026-12-02 10:00"):
            self._night()
            self.plan.action_break()
        self.assertEqual((self.plan.state, self.plan.ended_on), ("broken", date(2026, 12, 2)))
        self.assertEqual(set(self.case.deadline_ids.mapped("state")), {"dropped"})
        with freeze_time("2027-02-02 10:00"):
            self._night()
        self.assertEqual(len(self.case.deadline_ids), 3, "a broken plan reminds of nothing")

    def test_ending_needs_a_word_why(self):
        with self.assertRaisesRegex(UserError, "Why it ended"):
            self.plan.action_end()
        self.plan.end_note = "Das Amt hat übernommen."
        self.plan.action_end()
        self.assertEqual(self.plan.state, "ended")

    def test_fulfilled_with_the_last_payment(self):
        self.plan.instalment_ids[:-1].action_paid()
        self.assertEqual(self.plan.state, "accepted")
        self.plan.instalment_ids[-1].action_paid()
        self.assertEqual(self.plan.state, "fulfilled")
        with self.assertRaisesRegex(UserError, "does not fit"):
            self.plan.action_new_version()

    def test_a_new_version_takes_the_rest_and_replaces(self):
        with freeze_time("2026-12-02 10:00"):
            self._of(self.rent_claim)[0].action_paid()
            self._of(self.shop_claim).action_paid()
            second = self.plan.browse(self.plan.action_new_version()["res_id"])
            self.assertEqual(
                [(share.claim_id, share.total) for share in second.share_ids], [(self.rent_claim, 1140), (self.energy_claim, 600)]
            )
            self.assertEqual((second.version, second.replaces_id, self.plan.state), (2, self.plan, "accepted"))
            second.action_offer()
            second.share_ids.write(REPLY)
            second.action_accept()
        self.assertEqual((self.plan.state, second.state), ("ended", "accepted"))


@tagged("post_install", "-at_install")
class TestSignalOfInstalments(DebtCommon, ConsentCommon):
    """What flows back to rent collection needs the client's consent."""

    def test_only_with_consent_and_only_the_code(self):
        plan = self._accepted()
        self.assertFalse(self.tenancy.sudo().signal_ids)
        with self.assertRaisesRegex(UserError, "Consent"):
            plan.action_tell_rent_collection()
        self.assertFalse(self.tenancy.sudo().signal_ids)
        self._signal_consent(case=self.case)
        plan.action_tell_rent_collection()
        signal = self.tenancy.sudo().signal_ids
        self.assertEqual((signal.code, signal.is_current), ("instalments", True))
        self.assertLessEqual(signal.date_until, plan.last_due)
        plan.end_note = "x"
        plan.action_end()
        self.assertFalse(signal.is_current, "what no longer holds is no longer said")

    def test_without_the_own_company_there_is_nothing_to_tell(self):
        plan = self._accepted(share_ids=[Command.create({"claim_id": self.shop_claim.id, "monthly": 10})])
        self._signal_consent(case=self.case)
        with self.assertRaisesRegex(UserError, "no creditor of this plan"):
            plan.action_tell_rent_collection()
