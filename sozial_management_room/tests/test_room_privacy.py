from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .activity_common import ActivityCommon


@tagged("post_install", "-at_install")
class TestConsultationHours(ActivityCommon):
    """Who comes to a consultation hour is known to whoever holds it, to whoever wrote it down, and to the management."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hours = cls._activity("Beratung", kind="consultation", registration="session", slot_minutes=20, pause_minutes=10)
        cls.colleague = cls._user("t_room_colleague", groups="sozial_management_room.group_sozial_room_user")
        cls.colleague.partner_id.company_id = cls.company

    def test_registrations(self):
        session = self._session(self.hours)
        one = self._register(self.hours, "Ada", session)
        hers = self._as(one, self.colleague)
        self.assertEqual(self._as(one, self.room_user).phone, False, "whoever wrote it down")
        self.assertEqual(self._as(one, self.room_manager).name, "Ada")
        with self.assertRaises(AccessError):
            hers.read(["name"])
        session.sudo().leader_id = self.colleague.partner_id
        self.env.invalidate_all()
        self.assertEqual(hers.name, "Ada", "whoever leads")
        course = self._activity("Yoga", kind="course", registration="course", seats=2)
        self.assertEqual(self._as(self._register(course, "Bea"), self.colleague).name, "Bea", "the positive control")

    def test_attendance(self):
        now = fields.Datetime.now().replace(microsecond=0)
        one, two = self.env["sozial.activity.session"].create(
            [
                {"activity_id": self.hours.id, "start": now - timedelta(hours=begin), "stop": now - timedelta(hours=begin - 1)}
                for begin in (9, 5)
            ]
        )
        row = self.env["sozial.activity.attendance"].create({"session_id": one.id, "name": "Ada"})
        hers = self._as(row, self.colleague)
        with self.assertRaises(AccessError):
            hers.read(["name"])
        self.assertEqual(self._as(row, self.room_manager).name, "Ada")
        one.leader_id = self.colleague.partner_id
        self.env.invalidate_all()
        self.assertEqual(hers.name, "Ada", "whoever leads")
        known = self._as(two, self.room_manager).get_attendance()["known"]
        self.assertNotIn("Ada", [line["name"] for line in known], "who came lately is not proposed there")
        mine = self._as(row, self.room_user).create({"session_id": two.id, "name": "Bea"})
        self.assertEqual(mine.name, "Bea", "whoever wrote it down")

    def test_nobody_makes_oneself_the_leader(self):
        session = self._session(self.hours)
        with self.assertRaises(UserError):
            self._as(session, self.colleague).leader_id = self.colleague.partner_id
        self._as(session, self.room_manager).leader_id = self.colleague.partner_id
        self._as(session, self.colleague).leader_id = self.deputy
        self.assertEqual(session.leader_id, self.deputy, "whoever leads names a stand-in")

    def test_unsaved_forms_tell_nothing_of_others(self):
        stranger = self._user("t_room_stranger", groups="sozial_management_room.group_sozial_room_user", company=self.other_company)
        session = self._session()
        mine = self._register(self._activity("Yoga", kind="course", registration="course", seats=2), "Ada")
        self.assertIn("Yoga", mine.display_name, "the positive control")
        registrations = self._as(self.env["sozial.activity.registration"], stranger)
        form = registrations.new({"name": "x", "activity_id": self.activity.id, "session_id": session.id})
        self.assertNotIn("Sprachcafé", form.display_name)
        self.assertNotIn("2027", form.slot_text)
        sessions = self._as(self.env["sozial.activity.session"], stranger)
        booking = session.booking_id.id
        told = sessions.onchange({"booking_id": booking, "place": "x"}, ["booking_id", "place"], {"start": {}, "booking_id": {}})
        self.assertNotIn("2027", str(told))


@tagged("post_install", "-at_install")
class TestRegistrationEnds(ActivityCommon):
    """What was not confirmed is deleted, links end, and one login does not take all seats."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.course = cls._activity("Yoga", kind="course", registration="course", seats=30, published=True, public_registration=True)

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 0)

    def test_what_nobody_confirmed_is_deleted(self):
        ada, bea = self._register(self.course, "Ada"), self._register(self.course, "Bea")
        past = fields.Datetime.now() - timedelta(minutes=1)
        ada._write_kept({"state": "unconfirmed", "answer_until": past})
        bea._write_kept({"state": "offered", "answer_until": past})
        self.env["sozial.activity.registration"]._cron_deadlines()
        self.assertFalse(ada.exists())
        self.assertEqual(bea.state, "expired")

    def test_who_answered_meanwhile_keeps_the_seat(self):
        ada = self._register(self.course, "Ada")
        self.assertEqual(ada.state, "confirmed")
        ada._end_unanswered(fields.Datetime.now())
        ada._write_kept({"state": "offered", "answer_until": fields.Datetime.now() + timedelta(hours=1)})
        ada._end_unanswered(fields.Datetime.now())
        self.assertEqual(ada.state, "offered")

    def test_links_end_with_the_activity(self):
        now = fields.Datetime.now().replace(microsecond=0)
        ada = self._register(self.course, "Ada").sudo()
        link = lambda: ada._by_token(ada.id, ada.token)  # noqa: E731
        self.assertTrue(link() and ada._may_cancel(), "no session is planned yet")
        session = self.env["sozial.activity.session"].create(
            {"activity_id": self.course.id, "start": now - timedelta(days=13), "stop": now - timedelta(days=13) + timedelta(hours=1)}
        )
        self.assertTrue(link())
        self.assertFalse(ada._may_cancel(), "the course is over")
        self.env.cr.execute(
            "UPDATE sozial_activity_session SET start = start - interval '2 days', stop = stop - interval '2 days' WHERE id = %s",
            [session.id],
        )
        self.env.invalidate_all()
        self.assertFalse(link())

    def test_one_login_does_not_take_all_seats(self):
        user = new_test_user(self.env, "t_reg_family", groups="base.group_portal", company_id=self.company.id, email="f@example.com")
        values = {"session": "", "phone": "", "minor": "", "parent_name": "", "parent_consent": "", "email": "f@example.com"}
        course = self.course.with_user(user).sudo()
        for number in range(6):
            self.assertTrue(course._register_publicly({**values, "name": f"Kind {number}"}, user.partner_id))
        with self.assertRaisesRegex(UserError, "call the centre"):
            course._register_publicly({**values, "name": "Kind 7"}, user.partner_id)


@tagged("post_install", "-at_install")
class TestPairs(ActivityCommon):
    """Hours of volunteers follow from their rows, and from no others."""

    def setUp(self):
        super().setUp()
        now = fields.Datetime.now().replace(microsecond=0)
        self.sessions = self.env["sozial.activity.session"].create(
            [
                {"activity_id": self.activity.id, "start": now - timedelta(hours=begin), "stop": now - timedelta(hours=begin - 1)}
                for begin in (9, 5)
            ]
        )
        people = self.env["res.partner"].create([{"name": name, "company_id": self.company.id} for name in ("Renate", "Yusuf")])
        self.helpers = self.env["sozial.volunteer"].create(
            [{"partner_id": person.id, "company_id": self.company.id, "active_from": "2020-01-01"} for person in people]
        )
        self.rows = self.env["sozial.activity.attendance"].create(
            [
                {"session_id": session.id, "name": helper.display_name, "volunteer_id": helper.id, "role": "volunteer"}
                for session in self.sessions
                for helper in self.helpers
            ]
        )

    def _pairs(self):
        hours = self.env["sozial.volunteer.hour"].search([("session_id", "in", self.sessions.ids)])
        return {(row.session_id, row.volunteer_id) for row in hours}

    def test_only_the_hours_of_the_rows_go(self):
        (one, two), (renate, yusuf) = self.sessions, self.helpers
        (self.rows[0] | self.rows[3]).unlink()
        self.assertEqual(self._pairs(), {(one, yusuf), (two, renate)})
        self.rows[1].write({"volunteer_id": False, "role": "participant"})
        self.assertEqual(self._pairs(), {(two, renate)})
        self.rows[2].volunteer_id = yusuf
        self.assertEqual(self._pairs(), {(two, yusuf)})

    def test_a_volunteer_stands_on_a_list_once(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.rows[0].copy({"name": "Dieselbe"})
            self.env.flush_all()

    def test_one_helper_in_five_activities_is_one_contributor(self):
        other = self._activity("Chor")
        now = fields.Datetime.now().replace(microsecond=0)
        session = self.env["sozial.activity.session"].create(
            {"activity_id": other.id, "start": now - timedelta(hours=3), "stop": now - timedelta(hours=2)}
        )
        self.env["sozial.activity.attendance"].create(
            [
                {"session_id": session.id, "name": "Renate", "volunteer_id": self.helpers[0].id, "role": "volunteer"},
                {"session_id": session.id, "name": "Gast"},
                {"session_id": self.sessions[0].id, "name": "Gast"},
            ]
        )
        self.env["sozial.volunteer.hour"].create(
            {"volunteer_id": self.helpers[0].id, "company_id": self.company.id, "day": now.date(), "minutes": 5}
        )
        facts = self.env["sozial.activity.fact"].sudo()
        found = facts._read_group([("company_id", "=", self.company.id)], ["role"], ["contributor:count_distinct"])
        self.assertEqual(dict(found), {"volunteer": 2, "participant": 1})
