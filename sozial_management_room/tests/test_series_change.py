from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .series_common import SeriesCommon


@tagged("post_install", "-at_install")
class TestSeriesChange(SeriesCommon):
    """This, this and the following, all: the dates follow, in one transaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.series = cls._series(cls)
        cls.series.action_book()

    def _change(self, booking=None, **values):
        action = booking.action_change_series() if booking else self.series.action_change()
        dialog = self.env[action["res_model"]].with_user(self.room_user).browse(action["res_id"])
        dialog.write(values)
        action = dialog.action_preview()
        return self.env[action["res_model"]].with_user(self.room_user).browse(action["res_id"])

    def test_all_move_to_another_time(self):
        first = self._booked(self.series)[0]
        plan = self._change(time_start=19.0, time_end=21.5)
        self.assertEqual(plan.summary, "All 13 dates are free.", "their own bookings are not in their way")
        plan.action_apply()
        self.assertEqual(self._walls(self._booked(self.series)), {("Tue 19:00", "21:30")})
        self.assertEqual(self.series.pattern, "every Tuesday, 19:00 to 21:30")
        self.assertEqual(len(self._occupancy(self._booked(self.series))), 13)
        self.assertIn(first, self._booked(self.series), "the bookings stay the same records")

    def test_a_daily_series_moves_by_a_day(self):
        daily = self._series(date_start="2027-02-01", date_until="2027-04-30", frequency="daily", time_start=9.0, time_end=11.0)
        daily.action_book()
        self.series = daily
        self._change(shift=1).action_apply()
        bookings = self._booked(daily)
        self.assertEqual(len(bookings), 89)
        self.assertEqual((bookings[0].series_day, bookings[-1].series_day), (date(2027, 2, 2), date(2027, 5, 1)))
        self.assertEqual((daily.date_start, daily.date_until), (date(2027, 2, 2), date(2027, 5, 1)))
        self.assertEqual({booking.centre_id._local(booking.start).date() for booking in bookings}, set(bookings.mapped("series_day")))

    def test_weekday_moves_and_the_rule_follows(self):
        self._change(shift=2).action_apply()
        self.assertEqual(self._walls(self._booked(self.series)), {("Thu 18:00", "20:00")})
        self.assertEqual(self.series.rrule, "FREQ=WEEKLY;BYDAY=TH")
        self.assertEqual(len(self.series._wishes()), 13)

    def test_this_and_the_following_become_a_series_of_their_own(self):
        fifth = self._booked(self.series)[4]
        self._change(fifth, room_id=self.hall.id, time_start=17.0, time_end=19.0).action_apply()
        self.assertEqual(len(self._booked(self.series)), 4)
        self.assertEqual(self.series.date_until, fifth.series_day - timedelta(days=1))
        following = fifth.series_id
        self.assertNotEqual(following, self.series)
        self.assertEqual((following.state, following.room_id, len(self._booked(following))), ("active", self.hall, 9))
        self.assertEqual(self._walls(self._booked(following)), {("Tue 17:00", "19:00")})
        self.assertEqual(self._walls(self._booked(self.series)), {("Tue 18:00", "20:00")})
        self.assertEqual(len(self._occupancy(self._booked(following))), 18, "two halves each")

    def test_conflicts_of_a_change_are_listed_and_chosen(self):
        self._book(day="2027-02-16 ", start="19:30:00", stop="20:30:00", name="Skat")
        plan = self._change(time_start=19.0, time_end=21.0)
        self.assertEqual(len(plan.conflict_ids), 1)
        plan.action_apply()
        self.assertEqual(len(self._booked(self.series)), 12)
        self.assertEqual(self.series.exception_ids.day, date(2027, 2, 16))
        dropped = self.series.booking_ids.filtered(lambda booking: booking.state == "cancelled")
        self.assertEqual(dropped.series_day, date(2027, 2, 16))

    def test_dates_moved_by_hand_stay(self):
        moved = self._booked(self.series)[3]
        moved.write({"start": moved.start + timedelta(hours=2), "stop": moved.stop + timedelta(hours=2)})
        plan = self._change(time_start=17.0, time_end=19.0)
        self.assertIn("1 dates were moved by hand", plan.notice)
        plan.action_apply()
        self.assertEqual(self._walls(self._booked(self.series)), {("Tue 17:00", "19:00"), ("Tue 20:00", "22:00")})

    def test_what_is_past_stays(self):
        past = self._booked(self.series)[0]
        with patch("odoo.fields.Datetime.now", lambda *_args: datetime(2027, 2, 10)):
            self._change(time_start=10.0, time_end=12.0).action_apply()
        self.assertEqual(self._walls(past), {("Tue 18:00", "20:00")})
        self.assertEqual(len(self._booked(self.series)), 13)

    def test_a_change_that_changes_nothing_is_refused(self):
        with self.assertRaises(UserError):
            self._change()

    # --- cancelling ---

    def _cancel(self, booking=None, **values):
        action = booking.action_cancel_series() if booking else self.series.action_cancel_dates()
        dialog = self.env[action["res_model"]].with_user(self.room_user).browse(action["res_id"])
        dialog.write(values)
        dialog.action_apply()

    def test_cancel_this(self):
        third = self._booked(self.series)[2]
        self._cancel(third, reason="Ferien")
        self.assertEqual((third.state, third.decline_reason), ("cancelled", "Ferien"))
        self.assertEqual(len(self._booked(self.series)), 12)
        self.assertEqual(self.series.exception_ids.day, third.series_day)
        self._book(day=f"{third.series_day} ", start="17:00:00", stop="19:00:00")

    def test_cancel_this_and_the_following(self):
        third = self._booked(self.series)[2]
        self._cancel(third, scope="following")
        self.assertEqual(len(self._booked(self.series)), 2)
        self.assertEqual((self.series.state, self.series.date_until), ("active", date(2027, 2, 15)))

    def test_cancel_all(self):
        self._cancel()
        self.assertFalse(self._booked(self.series))
        self.assertEqual(self.series.state, "cancelled")
        again = self._series()
        again.action_book()
        self.assertEqual(len(again.booking_ids), 13, "the slots are free again")
