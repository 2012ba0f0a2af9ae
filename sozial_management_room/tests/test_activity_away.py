from odoo.exceptions import UserError
from odoo.tests import tagged

from .activity_common import ActivityCommon
from .common import MONDAY

DAY = MONDAY.strip()


@tagged("post_install", "-at_install")
class TestActivityAway(ActivityCommon):
    """Whoever leads is away: a stand-in takes over, or the sessions are cancelled and people are told."""

    def _away(self, **values):
        dialog = self.env["sozial.activity.away"].with_user(self.room_user).with_context(allowed_company_ids=self.company.ids)
        return dialog.create({"activity_id": self.activity.id, "first_day": DAY, "last_day": DAY, **values})

    def test_a_stand_in_takes_over_on_these_days(self):
        today, later = self._session(), self._session(day="2027-03-08 ")
        dialog = self._away()
        self.assertEqual((dialog.stand_in_id, dialog.session_ids), (self.deputy, today))
        dialog.action_apply()
        self.assertEqual((today.leader_id, later.leader_id), (self.deputy, self.leader))

    def test_or_the_sessions_are_cancelled(self):
        today, later = self._session(), self._session(day="2027-03-08 ")
        self._away(way="cancel", reason="Fällt aus").action_apply()
        self.assertEqual((today.state, today.cancel_reason, later.state), ("cancelled", "Fällt aus", "planned"))
        self.assertEqual(today.booking_id.state, "cancelled")

    def test_whom_no_mail_reaches_is_named(self):
        course = self._activity("Yoga", kind="course", registration="course", seats=3)
        self._session(course)
        self._register(course, "Ada", email=False)
        action = self._away(activity_id=course.id, way="cancel").action_apply()
        self.assertIn("Ada", action["params"]["message"])

    def test_what_is_missing_is_said(self):
        with self.assertRaises(UserError):
            self._away().action_apply()
        self._session()
        with self.assertRaises(UserError):
            self._away(stand_in_id=False).action_apply()

    def test_a_message_to_all(self):
        course = self._activity("Yoga", kind="course", registration="course", seats=1)
        message = self.env["sozial.activity.message"].with_user(self.room_user).create({"activity_id": course.id, "text": "Bitte Matte."})
        with self.assertRaises(UserError):
            message.action_send()
        ada, bea = self._register(course, "Ada"), self._register(course, "Bea")
        message.action_send()
        self.assertEqual((self._mails(ada)[-1], self._mails(bea)[-1]), ("Message: Treff", "Waiting list: Treff"))
        message.with_waiting = True
        message.action_send()
        self.assertEqual(self._mails(bea)[-1], "Message: Treff")
