from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .activity_common import ActivityCommon
from .common import MONDAY


@tagged("post_install", "-at_install")
class TestRegistration(ActivityCommon):
    """Seats are given once; then people wait and move up, with a deadline to answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.course = cls._activity("Yoga", kind="course", registration="course", seats=2)
        cls.hours = cls._activity("Beratung", kind="consultation", registration="session", slot_minutes=20, pause_minutes=10)

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 0))

    def test_the_waiting_list_moves_up(self):
        ada, bea, cem, dora = (self._register(self.course, name) for name in ("Ada", "Bea", "Cem", "Dora"))
        self.assertEqual([one.state for one in (ada, bea, cem, dora)], ["confirmed", "confirmed", "waiting", "waiting"])
        self.assertEqual({ada.seat, bea.seat}, {1, 2})
        freed = ada.seat
        ada.action_cancel()
        self.assertEqual((cem.state, cem.seat, dora.state), ("offered", freed, "waiting"))
        self.assertTrue(cem.answer_until)
        self.assertIn("A seat is free: Treff", self._mails(cem))
        cem.action_confirm()
        self.assertEqual(cem.state, "confirmed")
        with self.assertRaises(UserError):
            ada.action_cancel()

    def test_an_offer_that_is_not_answered_goes_on(self):
        ada, _bea, cem, dora = (self._register(self.course, name) for name in ("Ada", "Bea", "Cem", "Dora"))
        ada.action_cancel()
        cem._write_kept({"answer_until": fields.Datetime.now() - timedelta(minutes=1)})
        self.env["sozial.activity.registration"]._cron_deadlines()
        self.assertEqual((cem.state, cem.seat, dora.state), ("expired", 0, "offered"))
        with self.assertRaises(UserError):
            cem._answer("yes")

    def test_one_that_fails_stops_no_other(self):
        ada, bea = (self._register(self.course, name) for name in ("Ada", "Bea"))
        for one in (ada, bea):
            one._write_kept({"state": "offered", "answer_until": fields.Datetime.now() - timedelta(minutes=1)})
        give_back = type(ada)._give_back

        def failing(one, state):
            if one == ada:
                raise ValueError("broken")
            return give_back(one, state)

        self.patch(type(ada), "_give_back", failing)
        with mute_logger("odoo.addons.sozial_management_room.models.registration.answer"):
            self.env["sozial.activity.registration"]._cron_deadlines()
        self.assertEqual((ada.state, bea.state), ("offered", "expired"))

    def test_whoever_comes_later_does_not_overtake(self):
        ada, _bea, cem = (self._register(self.course, name) for name in ("Ada", "Bea", "Cem"))
        self.course.seats = 3
        late = self._register(self.course, "Dora")
        self.assertEqual((cem.state, late.state), ("waiting", "waiting"))
        self.env["sozial.activity.registration"]._cron_deadlines()
        self.assertEqual((cem.state, late.state), ("offered", "waiting"))

    def test_the_database_gives_a_seat_once(self):
        ada, bea = self._register(self.course, "Ada"), self._register(self.course, "Bea")
        with self.assertRaises(IntegrityError), self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            bea._write_kept({"seat": ada.seat})
            self.env.flush_all()
        bea.invalidate_recordset()
        session = self._session(self.hours)
        first, second = self._register(self.hours, "Cem", session), self._register(self.hours, "Dora", session)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            second._write_kept({"seat": first.seat})
            self.env.flush_all()

    def test_slots_of_a_consultation_hour(self):
        session = self._session(self.hours)  # an hour: 10:00 and 10:30, each of 20 minutes
        self.assertEqual([f"{start:%H:%M}" for start, _stop in session._slots().values()], ["10:00", "10:30"])
        first = self._register(self.hours, "Ada", session, wanted_seat=2)
        self.assertEqual(first.slot_text, "01.03.2027, 10:30 – 10:50")
        taken = self._register(self.hours, "Bea", session, wanted_seat=2)
        self.assertEqual(taken.state, "waiting", "a slot is given once")
        first.action_cancel()
        self.assertEqual((taken.state, taken.seat), ("offered", 1))
        self.assertNotIn("Beratung", " ".join(self.env["mail.mail"].sudo().search([]).mapped("body_html")), "mails do not say which")

    def test_minors_need_a_parent(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            self._register(self.course, "Kim", minor=True)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            self._register(self.course, "Kim", minor=True, parent_name="Mama")
        kim = self._register(self.course, "Kim", minor=True, parent_name="Mama", parent_consent=True)
        self.assertEqual(kim.parent_consent_on, fields.Date.context_today(kim))
        self.assertEqual(kim.parent_consent_how, "written")
        kim.parent_consent_how = "kept"
        kim.phone = "1"
        self.assertEqual(kim.parent_consent_how, "kept", "what was entered stays")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            kim.parent_consent_how = False
            kim.flush_recordset()
        self.course.consent_kept_by = "Grundschule"
        lea = self._register(self.course, "Lea", minor=True, parent_name="Papa", parent_consent=True)
        self.assertEqual(lea.parent_consent_how, "kept")
        self.assertFalse(self._register(self.course, "Ada").parent_consent_how)

    def test_kept_fields_are_set_by_nobody(self):
        ada = self._register(self.course, "Ada", state="confirmed", seat=77, source="public", token="x")
        self.assertEqual((ada.source, ada.sudo().token != "x", ada.seat in (1, 2)), ("staff", True, True))
        for values in ({"state": "cancelled"}, {"seat": 9}, {"source": "portal"}, {"answer_until": False}, {"session_id": 1}):
            with self.subTest(values=values), self.assertRaises(UserError):
                ada.write(values)

    def test_what_is_over_takes_nobody(self):
        session = self._session(self.hours)
        session.action_cancel()
        with self.assertRaises(UserError):
            self._register(self.hours, "Ada", session)
        self.course.action_end()
        with self.assertRaises(UserError):
            self._register(self.course, "Ada")

    def test_the_right_session_for_the_right_activity(self):
        session = self._session(self.hours)
        for activity, one in ((self.course, session), (self.hours, None), (self.activity, None)):
            with self.subTest(activity=activity.name), self.assertRaises(ValidationError):
                self._register(activity, "Ada", one)
        with self.assertRaises(ValidationError):
            self._register(self.course, "Ada", email="nobody")

    def test_everybody_registered_is_told(self):
        first = self._session(self.course)
        second = self._session(self.course, start="12:00:00", stop="13:00:00")
        ada = self._register(self.course, "Ada")
        first.booking_id.write({"start": MONDAY + "07:00:00", "stop": MONDAY + "08:00:00"})
        self.assertIn("Changed: Treff", self._mails(ada))
        (first | second)._cancel("Sturm")
        self.assertEqual(self._mails(ada).count("Cancelled: Treff"), 1, "one mail for both")
        body = self.env["mail.mail"].sudo().search([("subject", "=", "Cancelled: Treff")]).body_html
        self.assertIn("Sturm", body)
        self.assertEqual(ada.state, "confirmed")

    def test_nobody_is_promised_a_seat_in_a_cancelled_session(self):
        session = self._session(self.hours)
        ada = self._register(self.hours, "Ada", session)
        for state in ("unconfirmed", "offered"):
            ada._write_kept({"state": state, "answer_until": fields.Datetime.now() + timedelta(hours=1)})
            self.assertTrue(ada._may_answer())
        session.action_cancel()
        self.assertFalse(ada._may_answer())
        for step in (lambda: ada._answer("yes"), ada.action_confirm):
            with self.assertRaises(UserError):
                step()
        self.assertEqual(ada.state, "offered")
        self.assertNotIn("You are registered: Treff", self._mails(ada)[1:])

    def test_whom_no_mail_reaches_is_to_be_called(self):
        first, second = self._session(self.course), self._session(self.course, start="12:00:00", stop="13:00:00")
        self._register(self.course, "Ada")
        self.assertIs(first.action_cancel(), True)
        self._register(self.course, "Bea", email=False, phone="0511 12")
        message = second.action_cancel()["params"]["message"]
        self.assertIn("Bea (0511 12)", message)
        self.assertNotIn("Ada", message)

    def test_only_whoever_was_entered_by_the_form_is_told_to_do_nothing(self):
        bodies = {}
        for event in ("confirm", "confirmed"):
            one = self._register(self.course, event)
            one._queue_mail(event)
            bodies[event] = self.env["mail.mail"].sudo().search([("email_to", "like", one.email)], order="id desc", limit=1).body_html
        self.assertIn("If it was not you", bodies["confirm"])
        self.assertNotIn("If it was not you", bodies["confirmed"])

    def test_suspended_and_back(self):
        session = self._session(self.course)
        ada = self._register(self.course, "Ada")
        session.sudo().booking_id._set_state("suspended")
        session.sudo().booking_id._set_state("confirmed")
        self.assertEqual(self._mails(ada)[-2:], ["Does not take place for now: Treff", "Takes place after all: Treff"])

    def test_suspended_and_cancelled_after_that(self):
        session = self._session(self.course)
        ada = self._register(self.course, "Ada")
        session.sudo().booking_id._set_state("suspended")
        session.sudo().booking_id._set_state("suspended")
        session.sudo().booking_id._set_state("cancelled")
        self.assertEqual(self._mails(ada)[-2:], ["Does not take place for now: Treff", "Cancelled: Treff"])
        self.assertEqual(len(self._mails(ada)), 3, "nobody is told the same twice")

    def test_portal_users_read_their_own(self):
        user = new_test_user(self.env, "t_reg_portal", groups="base.group_portal", company_id=self.company.id)
        user.partner_id.company_id = self.company
        own = self._register(self.course, "Ada", partner_id=user.partner_id.id)
        other = self._register(self.course, "Bea")
        mine = self.env["sozial.activity.registration"].with_user(user)
        self.assertEqual(mine.search([]), own)
        self.assertEqual(own.with_user(user).name, "Ada")
        with self.assertRaises(AccessError):
            other.with_user(user).read(["name"])
        with self.assertRaises(AccessError):
            own.with_user(user).read(["phone"])
        with self.assertRaises(AccessError):
            other.with_user(user)._portal_answer("cancel")
        own.with_user(user)._portal_answer("cancel")
        self.assertEqual(own.state, "cancelled")

    def test_registrations_are_forgotten(self):
        rule = self.env.ref("sozial_management_room.retention_rule_activity_registration")
        session = self._session(self.hours)
        ada, bea = self._register(self.hours, "Ada", session), self._register(self.course, "Bea")
        day = fields.Datetime.to_datetime("2027-03-02 00:00:00")
        self.assertEqual(rule._due_activity_registration(self.company, day, 10), ada | bea)
        self._session(self.course, start="12:00:00", stop="13:00:00", day="2027-04-05 ")
        self.assertEqual(rule._due_activity_registration(self.company, day, 10), ada, "the course still runs")
        self.assertFalse(rule._due_activity_registration(self.other_company, day, 10))
        with self.assertRaises(ValidationError):
            rule.action = "anonymise"
