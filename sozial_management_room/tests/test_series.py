from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytz

from odoo import Command
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.sozial_management_room.models.series.occupancy import Slot

from .common import RoomCommon

NOW = datetime(2027, 1, 4, 8)


class SeriesCommon(RoomCommon):
    """The clock stands on Monday 4 January 2027."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        freeze = patch("odoo.fields.Datetime.now", lambda *_args: NOW)
        freeze.start()
        cls.addClassCleanup(freeze.stop)

    def _series(self, user=None, **values):
        """A choir on Tuesdays at 18:00, from February to April 2027."""
        user = user or self.room_user
        model = self.env["sozial.room.series"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return model.create(
            {
                "name": "Chor",
                "room_id": self.kitchen.id,
                "partner_id": self.club.id,
                "date_start": "2027-02-02",
                "date_until": "2027-04-27",
                "time_start": 18.0,
                "time_end": 20.0,
                **values,
            }
        )

    def _plan(self, series):
        action = series.action_plan()
        return self.env[action["res_model"]].with_user(series.env.user).browse(action["res_id"])

    def _booked(self, series):
        return series.booking_ids.filtered(lambda booking: booking.state != "cancelled").sorted("start")

    def _walls(self, bookings):
        """Local start and end of bookings."""
        local = [(booking.centre_id._local(booking.start), booking.centre_id._local(booking.stop)) for booking in bookings]
        return {(start.strftime("%a %H:%M"), stop.strftime("%H:%M")) for start, stop in local}


@tagged("post_install", "-at_install")
class TestSeries(SeriesCommon):
    """Invariants 20 (all conflicts at once) and 21 (18:00 stays 18:00)."""

    def test_weekly_18_stays_18_over_the_change(self):
        series = self._series()
        series.action_book()
        bookings = self._booked(series)
        self.assertEqual(len(bookings), 13)
        self.assertEqual(self._walls(bookings), {("Tue 18:00", "20:00")})
        self.assertEqual({booking.start.hour for booking in bookings}, {17, 16}, "UTC moves with summer time")
        self.assertEqual(set(bookings.mapped("state")), {"confirmed"})
        self.assertEqual(len(self._occupancy(bookings)), 13)
        self.assertEqual(series.state, "active")
        self.assertEqual(series.next_start, bookings[0].start)

    def test_the_night_of_the_change(self):
        series = self._series(date_start="2027-03-27", date_until="2027-04-03", time_start=23.0, time_end=4.0)
        series.action_book()
        lengths = [booking.stop - booking.start for booking in self._booked(series)]
        self.assertEqual(lengths, [timedelta(hours=4), timedelta(hours=5)])

    def test_pattern_is_said_in_words_and_rules_are_recognised(self):
        series = self._series()
        self.assertEqual((series.rrule, series.pattern), ("FREQ=WEEKLY;BYDAY=TU", "every Tuesday, 18:00 to 20:00"))
        series.frequency = "monthly_weekday"
        self.assertEqual((series.rrule, series.pattern), ("FREQ=MONTHLY;BYDAY=1TU", "1st Tuesday of the month, 18:00 to 20:00"))
        series.interval = 2
        self.assertIn("INTERVAL=2", series.rrule)
        ruled = self._series(rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
        self.assertEqual((ruled.frequency, ruled.interval), ("weekly", 2))
        own = self._series(rrule="FREQ=WEEKLY;BYDAY=TU,TH")
        self.assertEqual(own.frequency, "custom")
        self.assertEqual(len(own._wishes()), 25)

    def test_bad_rules_name_what_is_wrong(self):
        for rule, words in (
            ("FREQ=HOURLY", "FREQ=DAILY"),
            ("FREQ=WEEKLY;BYDAY=DI", "BYDAY=DI"),
            ("nonsense", "NONSENSE"),
            ("FREQ=YEARLY;BYMONTH=12", "there is no date"),
        ):
            with self.subTest(rule=rule), self.assertRaises(ValidationError) as caught:
                self._series(rrule=rule)
            self.assertIn(words, str(caught.exception))
        with self.assertRaises(ValidationError) as caught:
            self._series(frequency="daily", date_until="2029-12-31")
        self.assertIn("600", str(caught.exception))

    def test_all_conflicts_are_listed_at_once(self):
        self._book(day="2027-02-16 ", start="17:30:00", stop="18:30:00", name="Yoga")
        self._book(day="2027-03-02 ", start="18:30:00", stop="19:30:00", name="Skat")
        series = self._series()
        with self.assertRaises(UserError) as caught:
            series.action_book()
        message = str(caught.exception)
        for words in ("2 dates", "02/16/2027", "Yoga", "03/02/2027", "Skat"):
            self.assertIn(words, message)
        self.assertFalse(series.booking_ids, "nothing is booked by half")
        series.action_book(skip_conflicts=True)
        self.assertEqual(len(self._booked(series)), 11)
        self.assertEqual(series.exception_ids.mapped("day"), [date(2027, 2, 16), date(2027, 3, 2)])
        self.assertIn("Yoga", series.exception_ids[0].reason)

    def test_buffers_count_in_the_preview_as_in_the_table(self):
        self.kitchen.write({"setup_minutes": 30, "teardown_minutes": 15})
        self._book(day="2027-02-02 ", start="15:30:00", stop="16:15:00")  # cleared away at 16:30, set-up begins then
        self._series()._book(self._series()._wishes(), {})
        self._book(day="2027-05-04 ", start="15:30:00", stop="16:16:00")  # a minute too late
        late = self._series(date_start="2027-05-04", date_until="2027-05-04")
        # summer: 18:00 is 16:00 UTC
        self.assertEqual([finding.kind for finding in late._findings(late._wishes()).values()], ["occupied"])

    def test_preview_needs_one_query_for_all_that_is_taken(self):
        for week in range(10):
            self._book(day=f"{date(2027, 2, 2) + timedelta(weeks=week)} ", start="17:00:00", stop="18:00:00", name=f"B{week}")
        occupancy = self.env["sozial.room.occupancy"].with_user(self.room_user)
        series = self._series(date_until="2028-01-25")
        slots = [
            Slot(room.id, wish.start, wish.stop) for wish in series._wishes() for room in self.kitchen | self.left | self.right | self.hall
        ]
        occupancy._hits(slots)
        self.env.flush_all()
        with self.assertQueryCount(1):
            found = occupancy._hits(slots)
        self.assertEqual(len(found), 10)
        self.assertEqual({hit.name for hits in found.values() for hit in hits}, {f"B{week}" for week in range(10)})

    def test_who_may_not_read_a_booking_learns_that_it_is_taken_not_by_whom(self):
        self._book(day="2027-02-16 ", start="17:30:00", stop="18:30:00", name="Yoga")
        series = self._series()
        self.assertIn("Yoga", series._findings(series._wishes())[2].text)
        self.env["ir.rule"].create(
            {
                "name": "hidden",
                "model_id": self.env["ir.model"]._get_id("sozial.room.booking"),
                "domain_force": "[('name', '!=', 'Yoga')]",
            }
        )
        self.assertEqual(series._findings(series._wishes())[2].text, "already taken")

    # --- the wizard ---

    def test_wizard_skip_move_other_room(self):
        self.centre.holiday_state = "TH"
        for day in ("2027-02-16", "2027-02-23", "2027-03-02"):
            self._book(day=f"{day} ", start="17:00:00", stop="19:00:00", name="Yoga")
        plan = self._plan(self._series(date_start="2027-02-16", date_until="2027-05-25", persons=10))
        self.assertEqual(plan.summary, "12 of 15 dates are free. Say below what happens with the others.")
        self.assertEqual(set(plan.conflict_ids.mapped("choice")), {"skip"})
        skip, move, other = plan.conflict_ids
        move.write({"choice": "move", "new_start": "2027-02-23 15:00:00", "new_stop": "2027-02-23 17:00:00"})
        other.choice = "room"
        self.assertTrue(other.new_room_id, "a free room is proposed")
        plan.action_apply()
        series = plan.series_id
        bookings = {booking.series_day: booking for booking in self._booked(series)}
        self.assertEqual(len(bookings), 14)
        self.assertNotIn(skip.day, bookings)
        self.assertEqual(bookings[move.day].start, datetime(2027, 2, 23, 15))
        self.assertEqual(bookings[other.day].room_id, other.new_room_id)
        self.assertEqual(series.exception_ids.day, skip.day)

    def test_wizard_proposes_to_leave_out_holidays_and_only_warns_outside_opening_hours(self):
        self.centre.holiday_state = "TH"
        self.centre.calendar_id = self.env["resource.calendar"].create(
            {
                "name": "Treff",
                "tz": "Europe/Berlin",
                "company_id": self.company.id,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create({"name": "x", "dayofweek": str(day), "hour_from": 8, "hour_to": 19, "day_period": "morning"})
                    for day in range(7)
                ],
            }
        )
        # Mondays: Easter Monday is 29 March 2027, Whit Monday 17 May
        inside = self._plan(self._series(date_start="2027-03-22", date_until="2027-05-24", time_start=10.0, time_end=12.0))
        self.assertEqual(inside.conflict_ids.mapped("conflict"), ["holiday", "holiday"])
        self.assertIn("Ostermontag", inside.conflict_ids[0].finding)
        self.assertEqual(set(inside.conflict_ids.mapped("choice")), {"skip"})
        inside.action_apply()
        self.assertEqual(len(inside.series_id.booking_ids), 8)
        late = self._plan(self._series(date_start="2027-02-02", date_until="2027-02-09"))
        self.assertEqual(late.conflict_ids.mapped("conflict"), ["outside", "outside"])
        self.assertEqual(set(late.conflict_ids.mapped("choice")), {"book"})
        late.action_apply()
        self.assertEqual(len(late.series_id.booking_ids), 2)

    def test_a_plain_week_is_reckoned_as_odoo_does(self):
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Treff",
                "tz": "Europe/Berlin",
                "company_id": self.company.id,
                "attendance_ids": [Command.clear()] + [
                    Command.create({"name": "x", "dayofweek": str(day), "hour_from": begin, "hour_to": end, "day_period": period})
                    for day in range(6)
                    for begin, end, period in ((8, 12.5, "morning"), (12.5, 13, "lunch"), (13, 24, "afternoon"))
                ],
            }
        )
        self.centre.calendar_id = calendar
        self.env["resource.calendar.leaves"].create(
            {"name": "Putztag", "calendar_id": calendar.id, "date_from": "2027-03-30 06:00:00", "date_to": "2027-03-30 10:00:00"}
        )
        first, last = datetime(2027, 3, 20, 7), datetime(2027, 4, 10, 15)

        def inside(spans):
            return [(max(start, first), min(stop, last)) for start, stop in spans if start < last and first < stop]

        odoo = calendar._work_intervals_batch(pytz.utc.localize(first), pytz.utc.localize(last), tz=pytz.timezone("Europe/Berlin"))
        # Odoo's midnight lacks a microsecond
        utc = [[moment.astimezone(pytz.utc).replace(tzinfo=None) for moment in span[:2]] for span in odoo[False]]
        expected = inside([(start, stop + timedelta(microseconds=stop.microsecond and 1)) for start, stop in utc])
        self.assertEqual(inside(self.env["sozial.room.series"]._open_spans(self.centre, first, last)), expected)
        self.assertGreater(len(expected), 30)

    def test_wizard_looks_again_before_it_books(self):
        plan = self._plan(self._series())
        self.assertFalse(plan.conflict_ids)
        self._book(day="2027-02-16 ", start="17:30:00", stop="18:30:00", name="Yoga")
        self._book(day="2027-02-23 ", start="17:30:00", stop="18:30:00", name="Skat")
        action = plan.action_apply()
        self.assertEqual(action["res_id"], plan.id, "the wizard comes back")
        self.assertFalse(plan.series_id.booking_ids)
        self.assertIn("2 of the chosen dates", plan.notice)
        plan.invalidate_recordset()
        self.assertEqual(len(plan.conflict_ids), 2)
        plan.action_apply()
        self.assertEqual(len(plan.series_id.booking_ids), 11)

    def test_wizard_refuses_incomplete_and_impossible_choices_by_name(self):
        self._book(day="2027-02-16 ", start="17:30:00", stop="18:30:00", name="Yoga")
        plan = self._plan(self._series())
        line = plan.conflict_ids
        line.write({"choice": "room", "new_room_id": False})
        with self.assertRaises(UserError) as caught:
            plan.action_apply()
        self.assertIn("02/16/2027", str(caught.exception))
        line.write({"choice": "move", "new_start": "2027-02-09 17:00:00", "new_stop": "2027-02-09 18:30:00"})
        with self.assertRaises(UserError) as caught:
            plan.action_apply()
        self.assertIn("two dates of the series", str(caught.exception))

    def test_form_in_the_browser_s_way(self):
        self._book(day="2027-02-16 ", start="17:30:00", stop="18:30:00", name="Yoga")
        plan = self._plan(self._series())
        with Form(plan) as form:
            with form.conflict_ids.edit(0) as line:
                self.assertEqual((line.choice, line.finding), ("skip", "taken: Yoga"))
                line.choice = "move"
                line.new_start = datetime(2027, 2, 16, 19)
                line.new_stop = datetime(2027, 2, 16, 20)
        plan.action_apply()
        self.assertEqual(len(plan.series_id.booking_ids), 13)

    # --- roles ---

    def test_on_request_where_the_house_says_so(self):
        self.env["sozial.room.condition"].create({"room_id": self.kitchen.id, "customer_group": "partner", "mode": "request"})
        series = self._series()
        series.action_book()
        self.assertEqual(set(series.booking_ids.mapped("state")), {"requested"})
        self.assertTrue(all(series.booking_ids.mapped("hold_until")))
        managed = self._series(self.room_manager, date_start="2027-05-04", date_until="2027-05-25")
        managed.action_book()
        self.assertEqual(set(managed.booking_ids.mapped("state")), {"confirmed"})

    def test_dialogs_belong_to_their_author(self):
        plan = self._plan(self._series())
        other = self._user("t_room_user2", groups="sozial_management_room.group_sozial_room_user")
        self.assertTrue(self._as(plan, self.room_user).line_ids)
        with self.assertRaises(AccessError):
            self._as(plan, other).action_apply()

    def test_status_and_plan_change_by_buttons_only(self):
        series = self._series()
        with self.assertRaises(UserError):
            series.state = "active"
        series.action_book()
        for values in ({"time_start": 10.0}, {"date_until": "2027-12-31"}, {"rrule": "FREQ=DAILY"}, {"room_id": self.left.id}):
            with self.subTest(values=values), self.assertRaises(UserError):
                series.write(values)
        with self.assertRaises(UserError):
            series.with_user(self.room_manager).unlink()

    def test_a_faster_one_makes_odoo_repeat_the_request(self):
        """What the constraint refuses becomes a repetition, whose preview lists it (races: tests/races)."""
        self._book(day="2027-02-16 ", start="17:30:00", stop="18:30:00", name="Yoga")
        series = self._series()
        seen = []

        def blind(model, slots, ignored=()):
            seen.append(len(slots))
            return {}

        with patch.object(type(self.env["sozial.room.occupancy"]), "_hits", blind), self.assertRaises(ConcurrencyError):
            with self.env.cr.savepoint():
                series.action_book()
        self.assertTrue(seen)


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
