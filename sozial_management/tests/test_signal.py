from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .consent_common import ConsentCommon


@tagged("post_install", "-at_install")
class TestLandlordFirewall(ConsentCommon):
    """Rent collection sees coded signals with consent, and nothing else of a case."""

    def _seen(self, user=None):
        """What the back office sees on the tenancy now."""
        tenancy = self._as(self.tenancy, user or self.frontdesk)
        return tenancy.signal_text or ""

    def _pause(self, days=20):
        return self.case.action_set_signal("dunning_pause", self.today + timedelta(days=days))

    def test_no_signal_without_a_consent_that_holds(self):
        for prepare in (
            lambda: None,
            lambda: self._given(),
            lambda: self._signal_consent("signal_counselling"),
            lambda: self._signal_consent().action_revoke(),
            lambda: self._signal_consent(valid_from=self.today + timedelta(days=1)),
        ):
            prepare()
            with self.assertRaisesRegex(UserError, "Consent"):
                self._pause()
        self.assertFalse(self.env["sozial.tenancy.signal"].search_count([("tenancy_id", "=", self.tenancy.id)]))
        self._signal_consent()
        self._pause()
        self.assertIn("Pause dunning", self._seen())

    def test_a_consent_of_another_case_does_not_do(self):
        other = self._open_case()
        self._signal_consent(case=other)
        with self.assertRaisesRegex(UserError, "Consent"):
            self._pause()

    def test_bad_wishes_are_told(self):
        self._signal_consent()
        no_tenancy = self._open_case(tenancy_id=False)
        for call, message in (
            (lambda: self.case.action_set_signal("gossip"), "choose one of"),
            (lambda: self.case.action_set_signal("dunning_pause"), "needs a last day"),
            (lambda: self._pause(-1), "over"),
            (lambda: self._pause(101), "consent holds until"),
            (lambda: self.case.action_set_signal("counselling", subject_id=self.caritas.id), "contract partner"),
            (lambda: no_tenancy.action_set_signal("counselling"), "Tenancy"),
        ):
            with self.subTest(message=message), self.assertRaisesRegex(UserError, message):
                call()
        self.assertFalse(self.case.signal_ids)

    def test_who_has_no_grant_sets_and_ends_nothing(self):
        self._signal_consent()
        row = self.case.signal_ids.browse(self._pause())
        for user in (self.colleague, self.frontdesk, self.system, self.config):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(self.case, user).action_set_signal("counselling")
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(row, user).action_end()
        self.assertTrue(row.is_current)

    def test_the_back_office_sees_signal_and_dates_only(self):
        self._signal_consent()
        self._pause()
        signal = self._as(self.tenancy, self.frontdesk).signal_ids
        self.assertEqual((signal.code, signal.date_until, signal.is_current), ("dunning_pause", self.today + timedelta(days=20), True))
        self.assertEqual(self._as(self.tenancy, self.frontdesk).dunning_paused_until, signal.date_until)
        own = set(signal._fields) - {*models.MAGIC_COLUMNS, "display_name"}
        self.assertEqual(
            own, {"tenancy_id", "company_id", "code", "date_start", "date_until", "ended_at", "department", "is_current"},
            "a further field may lead to the case",
        )  # fmt: skip
        self.assertEqual(signal.create_uid, self.env.ref("base.user_root"), "the row names no social worker")
        self.assertNotIn(self.worker.name, str(signal.read()))
        for model in ("sozial.case.signal", "sozial.consent", "sozial.case"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.frontdesk).search([], limit=1)

    def test_others_do_not_see_signals(self):
        """Not even social workers: a signal tells who is a client of a colleague."""
        self._signal_consent()
        self._pause()
        self.assertTrue(self._seen())
        for user in (self.colleague, self.worker, self.config, self.system, self.report, self.portal):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.env["sozial.tenancy.signal"].with_user(user).search([], limit=1)
                with self.assertRaises(AccessError):
                    self._as(self.tenancy, user).signal_text  # noqa: B018
        for name in ("signal_ids", "signal_text", "dunning_paused_until"):
            self.assertNotIn(name, self.env["sozial.tenancy"].with_user(self.colleague).fields_get())
        with self.assertRaises(AccessError):
            self.env["sozial.tenancy"].with_user(self.colleague).search([("signal_ids", "!=", False)])
        self.assertEqual(self.env["sozial.case.signal"].with_user(self.worker).search_count([]), 1)
        self.assertEqual(self.env["sozial.case.signal"].with_user(self.colleague).search_count([]), 0)

    def test_signals_are_not_forged_or_changed(self):
        self._signal_consent()
        self._pause()
        signal = self.env["sozial.tenancy.signal"].sudo().search([("tenancy_id", "=", self.tenancy.id)])
        values = {
            "tenancy_id": self.tenancy.id, "code": "counselling", "date_start": self.today, "date_until": self.today, "department": "x",
        }  # fmt: skip
        for user in (self.frontdesk, self.worker, self.config, self.system):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._as(signal, user).create(values)
                with self.assertRaises(AccessError):
                    self._as(signal, user).write({"code": "counselling"})
                with self.assertRaises(AccessError):
                    self._as(signal, user).unlink()

    def test_revocation_ends_signals_in_the_same_transaction(self):
        consent = self._signal_consent()
        self._pause()
        self.case.action_set_signal("counselling")
        self.assertEqual(len(self._seen().splitlines()), 2)
        consent.action_revoke()
        self.assertEqual(self._seen(), "")
        self.assertFalse(self._as(self.tenancy, self.frontdesk).dunning_paused_until)
        history = self._as(self.tenancy, self.frontdesk).signal_ids
        self.assertEqual((len(history), all(history.mapped("ended_at"))), (2, True))

    def test_a_signal_never_outlives_its_consent(self):
        self._signal_consent(valid_until=self.today + timedelta(days=5))
        self.case.action_set_signal("counselling")
        self.assertIn("In counselling", self._seen())
        with freeze_time(fields.Datetime.now() + timedelta(days=7)):
            self.assertEqual(self._seen(), "", "ended by its date, without a job")
            found = self.env["sozial.tenancy.signal"].with_user(self.frontdesk).search([("is_current", "=", True)])
            self.assertFalse(found)
        self.assertTrue(self.env["sozial.tenancy.signal"].with_user(self.frontdesk).search([("is_current", "=", True)]))

    def test_a_new_signal_follows_the_old_one(self):
        self._signal_consent()
        self._pause(20)
        self._pause(40)
        self.assertEqual(len(self._seen().splitlines()), 1)
        self.assertEqual(len(self._as(self.tenancy, self.frontdesk).signal_ids), 2)

    def test_taking_back(self):
        self._signal_consent()
        row = self.case.signal_ids.browse(self._pause())
        row.action_end()
        self.assertEqual(self._seen(), "")
        with self.assertRaisesRegex(UserError, "ended already"):
            row.action_end()

    def test_closing_the_case_ends_its_signals(self):
        self._signal_consent()
        self._pause()
        self.case.write({"close_reason": "solved", "outcome": "reached"})
        self.case.action_close()
        self.assertEqual(self._seen(), "")

    def test_a_signal_does_not_stay_on_a_tenancy_the_case_has_left(self):
        self._signal_consent()
        self._pause()
        self.case.write({"tenancy_id": self.tenancy.id})
        self.assertTrue(self._seen())
        self.case.write({"tenancy_id": False})
        self.assertEqual(self._seen(), "")

    def test_the_dialog(self):
        self._signal_consent()
        wizard = self.env["sozial.signal.set"].with_user(self.worker).create({"case_id": self.case.id, "code": "instalments"})
        self.assertEqual(wizard.subject_id, self.tenant)
        wizard.action_confirm()
        self.assertIn("Instalments agreed", self._seen())
        with self.assertRaises(AccessError):
            self.env["sozial.signal.set"].with_user(self.colleague).create({"case_id": self.case.id, "code": "counselling"})

    def test_another_company_sees_nothing(self):
        self._signal_consent()
        self._pause()
        stranger = self._user("t_stranger", "frontdesk", company=self.other_company)
        signals = self.env["sozial.tenancy.signal"]
        count = signals.with_user(stranger).with_context(allowed_company_ids=self.other_company.ids).search_count([])
        self.assertEqual(count, 0)
        self.assertEqual(signals.with_user(self.frontdesk).search_count([]), 1)

    def test_household_members_do_not_speak_for_the_contract(self):
        child = self.env["res.partner"].create({"name": "Sohn", "company_id": self.company.id})
        self.tenancy.write({"occupant_ids": [Command.create({"partner_id": child.id, "role": "household"})]})
        self.case.write({"participant_ids": [Command.create({"partner_id": child.id, "role": "household"})]})
        self._signal_consent(subject_id=child.id)
        with self.assertRaisesRegex(UserError, "contract partner"):
            self.case.action_set_signal("counselling", subject_id=child.id)
