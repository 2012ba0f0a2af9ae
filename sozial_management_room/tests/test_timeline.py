from datetime import datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RoomCommon


@tagged("post_install", "-at_install")
class TestTimeline(RoomCommon):
    """What the room plan shows and what dragging on it does."""

    def _plan(self, day="2027-03-01", days=1, user=None):
        user = user or self.room_user
        timeline = self.env["sozial.room.timeline"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return timeline.get_timeline(self.centre.id, day, days)

    def _move(self, booking, room, start, stop, user=None):
        timeline = self.env["sozial.room.timeline"].with_user(user or self.room_user)
        return timeline.with_context(allowed_company_ids=self.company.ids).move(booking.id, room.id, start, stop)

    def test_bars_stand_at_the_local_time(self):
        booking = self._book(start="09:00:00", stop="10:30:00")
        bars = self._plan()["bars"]
        self.assertEqual([(bar["booking_id"], bar["room_id"], bar["start"], bar["stop"]) for bar in bars],
                         [(booking.id, self.kitchen.id, 600, 690)])  # fmt: skip
        self.assertEqual(bars[0]["start_local"], "2027-03-01T10:00")

    def test_the_hall_casts_a_shadow_on_its_halves(self):
        self._book(self.hall)
        shadows = {bar["room_id"]: bar["shadow"] for bar in self._plan()["bars"]}
        self.assertEqual(shadows, {self.hall.id: "", self.left.id: "Saal", self.right.id: "Saal"})

    def test_a_draft_takes_up_nothing_and_casts_no_shadow(self):
        self._book(self.hall, state="draft")
        self.assertEqual([bar["state"] for bar in self._plan()["bars"]], ["draft"])

    def test_a_night_is_cut_at_midnight(self):
        self._book(start="21:00:00", stop="2027-03-02 02:00:00")
        pieces = [(bar["day"], bar["start"], bar["stop"], bar["before"], bar["after"]) for bar in self._plan(days=2)["bars"]]
        self.assertEqual(pieces, [("2027-03-01", 1320, 1440, False, True), ("2027-03-02", 0, 180, True, False)])

    def test_the_week_of_summer_time_keeps_local_times(self):
        """From Sunday 28 March 2027 on local time is UTC + 2: 18:00 stays 18:00."""
        for day, hour in (("2027-03-27 ", "17"), ("2027-03-29 ", "16")):
            self._book(start=f"{hour}:00:00", stop=f"{hour}:30:00", day=day)
        self.assertEqual({bar["start"] for bar in self._plan("2027-03-22", 14)["bars"]}, {18 * 60})

    def test_moving_gives_another_room_and_time(self):
        booking = self._book()
        self._move(booking, self.left, "2027-03-30T18:00:00", "2027-03-30T19:00:00")
        self.assertEqual((booking.room_id, booking.start), (self.left, datetime(2027, 3, 30, 16)))

    def test_moving_onto_another_booking_is_refused_and_changes_nothing(self):
        self._book(self.hall, start="12:00:00", stop="13:00:00")
        booking = self._book()
        with self.assertRaises(IntegrityError) as caught, self.env.cr.savepoint():
            self._move(booking, self.left, "2027-03-01T13:30:00", "2027-03-01T14:30:00")
        self.assertIn("Links", self.env["sozial.room.occupancy"]._sql_error_to_message(caught.exception))
        self.env.invalidate_all()
        self.assertEqual((booking.room_id, booking.start), (self.kitchen, datetime(2027, 3, 1, 9)))

    def test_staff_is_told_what_to_notice(self):
        self.centre.holiday_state = "NI"
        booking = self._book()
        warning = self._move(booking, self.kitchen, "2027-03-26T10:00:00", "2027-03-26T11:00:00")
        self.assertIn("Karfreitag", warning)

    def test_the_plan_is_for_the_room_roles(self):
        booking = self._book()
        with self.assertRaises(AccessError):
            self._plan(user=self.worker)
        with self.assertRaises(AccessError):
            self._move(booking, self.kitchen, "2027-03-02T10:00:00", "2027-03-02T11:00:00", user=self.worker)

    def test_other_companies_are_not_shown(self):
        stranger = self._user(
            "t_other_room", groups="sozial_management_room.group_sozial_room_user", company=self.other_company
        )
        plan = self._plan(user=stranger)
        self.assertFalse(plan.get("rooms"))
        self.assertNotIn(self.centre.id, [one["id"] for one in plan["centres"]])

    def test_the_week_costs_the_same_for_many_bookings(self):
        self._book()
        self._plan(days=7)  # whatever is cached once
        few = self._cost_of_week()
        for day in range(2, 7):
            for hour in range(8, 18):
                self._book(self.hall, start=f"{hour:02}:00:00", stop=f"{hour:02}:30:00", day=f"2027-03-0{day} ")
        self.assertEqual(self._cost_of_week(), few)
        self.assertLessEqual(few, 20)

    def _cost_of_week(self):
        """Queries of one look at a week."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._plan(days=7)
        return self.env.cr.sql_log_count - before
