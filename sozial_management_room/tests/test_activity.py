from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .activity_common import ActivityCommon
from .common import MONDAY


@tagged("post_install", "-at_install")
class TestActivity(ActivityCommon):
    """A session's time, room and status are those of its booking, whichever of the two is changed."""

    def _at(self, clock):
        return fields.Datetime.to_datetime(MONDAY + clock)

    def test_a_session_books_its_room(self):
        session = self._session()
        self.assertEqual(session.booking_id.room_id, self.kitchen)
        self.assertEqual(session.booking_id.state, "confirmed")
        self.assertEqual(session.state, "planned")
        self.assertTrue(self._occupancy(session.booking_id))
        self._refused(self._session, start="09:30:00", stop="10:30:00")

    def test_moving_one_moves_both(self):
        session = self._session()
        session.write({"start": MONDAY + "11:00:00", "stop": MONDAY + "12:00:00"})
        self.assertEqual(session.booking_id.start, self._at("11:00:00"))
        session.booking_id.write({"start": MONDAY + "13:00:00", "stop": MONDAY + "14:00:00", "room_id": self.left.id})
        self.assertEqual((session.start, session.stop, session.room_id), (self._at("13:00:00"), self._at("14:00:00"), self.left))

    def test_cancelling_one_cancels_both(self):
        first, second = self._session(), self._session(start="11:00:00", stop="12:00:00")
        first.action_cancel()
        self.assertEqual(first.booking_id.state, "cancelled")
        second.booking_id.action_cancel()
        self.assertEqual((first.state, second.state), ("cancelled", "cancelled"))
        self.assertTrue(first.exists(), "cancelled sessions stay visible")
        with self.assertRaises(UserError):
            second.action_cancel()

    def test_an_excursion_has_a_time_of_its_own(self):
        session = self._session(room_id=False, place="Bahnhof")
        self.assertFalse(session.booking_id)
        self.assertEqual(session.state, "planned")
        session.write({"start": MONDAY + "08:00:00"})
        session.action_cancel()
        self.assertEqual((session.state, session.start), ("cancelled", self._at("08:00:00")))

    def test_what_is_over_or_cancelled_stays_as_it_is(self):
        """Without a booking nobody else refuses it."""
        coming, over = self._session(room_id=False), self._session(room_id=False, day="2020-03-02 ")
        coming.action_cancel()
        for session, state in ((coming, "cancelled"), (over, "planned")):
            with self.assertRaises(UserError):
                session.action_cancel()
            self.assertEqual(session.state, state)

    def test_an_outside_session_can_get_a_room(self):
        session = self._session(room_id=False)
        session.room_id = self.kitchen
        self.assertEqual(session.booking_id.start, session.start)
        with self.assertRaises(UserError):
            session.room_id = False

    def test_what_follows_from_the_booking_is_not_written(self):
        session = self._session()
        for values in ({"booking_id": False}, {"state": "cancelled"}, {"called_off": True}, {"cancel_reason": "x"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                session.write(values)
        made = self._session(start="11:00:00", stop="12:00:00", room_id=False, booking_id=self._book(self.left).id, called_off=True)
        self.assertFalse(made.booking_id or made.called_off)
        with self.assertRaises(UserError):
            session.activity_id = self._activity("Anderes")
        with self.assertRaises(UserError):
            session.with_user(self.room_manager).unlink()

    def test_a_series_makes_its_sessions(self):
        values = {
            "name": "Café", "activity_id": self.activity.id, "room_id": self.kitchen.id, "date_start": "2027-03-01",
            "date_until": "2027-04-30", "time_start": 18, "time_end": 20,
        }  # fmt: skip
        series = self.env["sozial.room.series"].with_user(self.room_user).create(values)
        series.action_book()
        sessions = self.activity.session_ids
        self.assertEqual(len(sessions), 9)
        self.assertEqual({session._local_slot()[0].hour for session in sessions}, {18}, "18:00 in winter and in summer")
        self.assertEqual(sessions.booking_id, series.booking_ids)
        other = self.env["sozial.room.series"].create({**values, "room_id": self.left.id, "activity_id": False})
        other.action_book()
        other.activity_id = self.activity
        self.assertEqual(len(self.activity.session_ids), 18)
        with self.assertRaises(UserError):
            other.activity_id = self._activity("Anderes")

    def test_a_closure_suspends_and_gives_back(self):
        session = self._session()
        session.sudo().booking_id._set_state("suspended")
        self.assertEqual(session.state, "suspended")
        session.sudo().booking_id._set_state("confirmed")
        self.assertEqual(session.state, "planned")

    def test_status_by_buttons_only(self):
        activity = self.activity.with_user(self.room_manager)
        with self.assertRaises(UserError):
            activity.state = "ended"
        coming = self._session()
        with self.assertRaises(UserError):
            activity.action_end()
        coming.action_cancel()
        activity.action_end()
        with self.assertRaises(UserError):
            activity.action_pause()
        activity.action_reopen()
        self.assertEqual(activity.state, "running")
        with self.assertRaises(UserError):
            activity.unlink()
        created = activity.create({"name": "Neu", "centre_id": self.centre.id, "state": "running"})
        self.assertEqual(created.state, "draft")

    def test_the_public_title_follows_the_programme(self):
        session = self._session()
        self.assertFalse(session.booking_id.public_title)
        self.activity.published = True
        self.assertEqual(session.booking_id.public_title, "Sprachcafé")
        self.activity.published = False
        self.assertFalse(session.booking_id.public_title)

    def test_whoever_leads_may_change_for_one_session(self):
        session, other = self._session(), self._session(start="11:00:00", stop="12:00:00")
        session.leader_id = self.deputy
        self.assertEqual((session.leader_id, other.leader_id), (self.deputy, self.leader))

    def test_a_new_leader_takes_over_but_a_stand_in_stays(self):
        session, other = self._session(), self._session(start="11:00:00", stop="12:00:00")
        past = self._session(start="13:00:00", stop="14:00:00")
        self.env.cr.execute("UPDATE sozial_activity_session SET start = '2020-01-01', stop = '2020-01-02' WHERE id = %s", [past.id])
        self.env.invalidate_all()
        session.leader_id = self.deputy
        new = self.env["res.partner"].create({"name": "Neu", "company_id": self.company.id})
        self.activity.leader_id = new
        leaders = [one.leader_id for one in (session, other, past, self._session(start="15:00:00", stop="16:00:00"))]
        self.assertEqual(leaders, [self.deputy, new, self.leader, new])

    def test_partners_are_organisations(self):
        with self.assertRaises(UserError):
            self.activity.partner_ids = self.leader
        self.activity.partner_ids = self.club

    def test_a_session_that_is_over_stays(self):
        session = self._session(room_id=False, start="08:00:00", stop="09:00:00", day=f"{self._today() - timedelta(days=2)} ")
        with self.assertRaises(UserError):
            session.write({"stop": fields.Datetime.now()})
