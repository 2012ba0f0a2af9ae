from datetime import datetime, time, timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AgreementRoomCommon


@tagged("post_install", "-at_install")
class TestAgreementHours(AgreementRoomCommon):
    """Agreed consultation hours hold their room while the agreement is active, and not a day longer."""

    def _hours(self, weeks=4, rows=({},), **values):
        """An active agreement of some weeks, with an hour each week on the weekday of tomorrow."""
        hours = [Command.create(self._hour(**row)) for row in rows]
        return self._active(days=7 * weeks, hour_ids=hours, **values)

    def _hour(self, **values):
        tomorrow = self.today + timedelta(days=1)
        return {"room_id": self.kitchen.id, "weekday": str(tomorrow.weekday()), "hour_from": 9, "hour_to": 11.5, **values}

    def _dates(self, agreement, state="confirmed"):
        return self.env["sozial.room.booking"].search([("agreement_id", "=", agreement.id), ("state", "=", state)], order="start")

    def setUp(self):
        super().setUp()
        # the coming weeks may hold any of a state's holidays
        self.startPatcher(patch.object(type(self.centre), "_holidays_between", lambda *args: {}))

    def test_the_room_is_held_on_every_date(self):
        agreement = self._hours()
        dates = self._dates(agreement)
        days = [self.today + timedelta(days=1 + 7 * week) for week in range(4)]
        self.assertEqual([self.centre._local(one.start) for one in dates], [datetime.combine(day, time(9)) for day in days])
        self.assertEqual({self.centre._local(one.stop).time() for one in dates}, {time(11, 30)})
        self.assertEqual((dates.room_id, dates.partner_id), (self.kitchen, self.caritas))
        self.assertEqual(len(self._occupancy(dates)), 4)
        sessions = dates.session_ids
        self.assertEqual((len(sessions), sessions.activity_id.kind, sessions.activity_id.leader_id), (4, "consultation", self.caritas))
        hour = agreement.hour_ids
        self.assertEqual((hour.booked, hour.left_out), (4, 0))

    def test_whoever_signs_last_the_room_is_held(self):
        self.kitchen.condition_ids = [Command.create({"customer_group": "partner", "mode": "view"})]
        agreement = self._agreement(days=28, hour_ids=[Command.create(self._hour())])
        agreement.action_offer()
        self._sign_partner(agreement)
        agreement.action_sign()
        self.assertEqual(len(self._dates(agreement)), 4)

    def test_what_somebody_has_is_left_out_and_told(self):
        start = self.centre._to_utc(datetime.combine(self.today + timedelta(days=8), time(10)))
        self.env["sozial.room.booking"].create(
            {"name": "Fest", "room_id": self.kitchen.id, "start": start, "stop": start + timedelta(hours=1), "state": "confirmed"}
        )
        agreement = self._hours(user_id=self.procurement.id)
        self.assertEqual((agreement.hour_ids.booked, agreement.hour_ids.left_out), (3, 1))
        self.assertTrue(agreement.activity_ids.filtered(lambda one: one.user_id == self.procurement and one.summary.endswith(": 1")))

    def test_a_holiday_is_left_out(self):
        holiday = self.today + timedelta(days=15)
        with patch.object(type(self.centre), "_holidays_between", lambda *args: {holiday: "Feiertag"}):
            agreement = self._hours(user_id=self.procurement.id)
        self.assertEqual((agreement.hour_ids.booked, agreement.hour_ids.left_out), (3, 1))
        self.assertFalse(agreement.activity_ids.filtered(lambda one: one.summary.endswith(": 1")), "everybody expects that")

    def test_nothing_is_held_before_it_begins(self):
        agreement = self._agreement(days=28, start=5, hour_ids=[Command.create(self._hour())])
        agreement.action_offer()
        agreement.action_sign()
        self._sign_partner(agreement)
        self.assertEqual(agreement.state, "signed")
        self.assertFalse(self._dates(agreement))
        self._cron(days=5)
        self.assertEqual(agreement.state, "active")
        self.assertEqual(len(self._dates(agreement)), 3)

    def test_terminating_frees_the_dates(self):
        agreement = self._hours(end_reason="Der Partner gibt auf")
        agreement.action_terminate()
        self.assertFalse(self._dates(agreement))
        cancelled = self._dates(agreement, "cancelled")
        self.assertEqual(len(cancelled), 4)
        self.assertFalse(self._occupancy(cancelled))
        self.assertEqual(set(cancelled.session_ids.mapped("state")), {"cancelled"})

    def _next(self, agreement, **values):
        new = agreement.browse(agreement.action_new_version()["res_id"])
        new.write(values)
        new.action_offer()
        new.action_sign()
        self._sign_partner(new)
        return new

    def test_the_next_version_keeps_the_same_hours(self):
        agreement = self._hours()
        dates = self._dates(agreement)
        new = self._next(agreement, date_end=self.today + timedelta(days=42))
        self.assertEqual(set(dates.mapped("state")), {"confirmed"})
        self.assertEqual(dates.agreement_id, new)
        self.assertEqual(len(self._dates(new)), 6, "and goes on to its own end")
        self.assertEqual(new.hour_ids.sudo().activity_id, agreement.hour_ids.sudo().activity_id)

    def test_the_next_version_drops_other_hours(self):
        agreement = self._hours(rows=({}, {"hour_from": 14, "hour_to": 16}))
        afternoon = self._dates(agreement).filtered(lambda one: self.centre._local(one.start).hour == 14)
        new = agreement.browse(agreement.action_new_version()["res_id"])
        new = self._next(agreement, hour_ids=[Command.delete(new.hour_ids.filtered(lambda one: one.hour_from == 14).id)])
        self.assertEqual(set(afternoon.mapped("state")), {"cancelled"})
        self.assertEqual(len(self._dates(new)), 4)

    def test_a_shorter_version_frees_the_rest(self):
        agreement = self._hours()
        new = self._next(agreement, date_end=self.today + timedelta(days=14))
        self.assertEqual((len(self._dates(new)), len(self._dates(agreement, "cancelled"))), (2, 2))

    def test_signed_hours_do_not_change(self):
        agreement = self._agreement(hour_ids=[Command.create(self._hour(weekday="1", hour_to=12.25))])
        hour = agreement.hour_ids
        hour.hour_from = 10
        agreement.action_offer()
        self.assertIn("– dienstags, 10:00 bis 12:15 Uhr: Küche, Treff", agreement.text)
        with self.assertRaisesRegex(UserError, "offered or signed"):
            hour.hour_to = 13
        with self.assertRaisesRegex(UserError, "offered or signed"):
            agreement.hour_ids = [Command.create(self._hour(hour_from=15, hour_to=16))]
        with self.assertRaisesRegex(UserError, "offered or signed"):
            hour.create({**self._hour(hour_from=15, hour_to=16), "agreement_id": agreement.id})
        with self.assertRaisesRegex(UserError, "offered or signed"):
            hour.unlink()
        other = self._agreement(hour_ids=[Command.create(self._hour())]).hour_ids
        with self.assertRaisesRegex(UserError, "offered or signed"):
            other.agreement_id = agreement

    def test_what_the_steps_set_is_set_by_nobody_else(self):
        agreement = self._agreement(hour_ids=[Command.create(self._hour())])
        series = self.env["sozial.room.series"].sudo().create({"name": "Fremd", "room_id": self.left.id})
        with self.assertRaisesRegex(UserError, "Use the buttons"):
            agreement.hour_ids.write({"series_ids": [Command.set(series.ids)]})
        with self.assertRaisesRegex(UserError, "Use the buttons"):
            values = {**self._hour(hour_from=15, hour_to=16), "agreement_id": agreement.id}
            agreement.hour_ids.create({**values, "series_ids": [Command.link(series.id)]})

    def test_the_portal_reads_its_own_hours(self):
        agreement = self._hours(rows=({"weekday": "1"},))
        [line] = self._as(agreement, self.bidder)._portal_hours()
        self.assertIn(", 09:00 – 11:30: Küche, Treff", line)
        with self.assertRaises(AccessError):
            self._as(agreement, self.other_bidder)._portal_hours()

    def test_rights(self):
        hour = self._agreement(hour_ids=[Command.create(self._hour())]).hour_ids
        for operation in ("read", "write", "create", "unlink"):
            self.assertTrue(self._as(hour, self.procurement).has_access(operation), operation)
            for user in (self.worker, self.lead, self.room_manager, self.reviewer, self.bidder, self.frontdesk, self.config, self.system):
                self.assertFalse(self._as(hour, user).has_access(operation), f"{user.login} {operation}")
            self.assertFalse(self._as(hour, self.stranger).has_access(operation), "another company")

    def test_the_daily_run_gives_back_what_ended(self):
        agreement = self._hours(weeks=1)
        self._cron(days=8)
        self.assertEqual(agreement.state, "ended")
        self.assertEqual(fields.Date.to_date(agreement.ended_on), self.today + timedelta(days=8))
