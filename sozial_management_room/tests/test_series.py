from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytz

from odoo import Command
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.sozial_management_room.models.series.occupancy import Slot

from .series_common import SeriesCommon


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

    def test_without_the_wizard_holidays_are_left_out_like_conflicts(self):
        self.centre.holiday_state = "TH"
        series = self._series(date_start="2027-03-19", date_until="2027-04-02")
        series.action_book(skip_conflicts=True)
        self.assertEqual(series.exception_ids.mapped("day"), [date(2027, 3, 26)], "Good Friday")

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
        with self.assertRaisesRegex(UserError, "cannot be done any more"):
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
