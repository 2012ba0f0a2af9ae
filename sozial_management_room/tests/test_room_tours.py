from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

from .common import RoomCommon
from .series_common import SeriesCommon

NOW = datetime(2027, 2, 15, 8)


@tagged("post_install", "-at_install")
class TestRequestTour(RoomCommon, HttpCase):
    """A partner organisation asks on a phone, the centre management approves at a desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.singer = new_test_user(
            cls.env, "t_singer", groups="base.group_portal", company_id=cls.company.id, company_ids=[(6, 0, cls.company.ids)]
        )
        cls.singer.partner_id.write({"parent_id": cls.club.id, "company_id": cls.company.id, "email": "lied@example.com"})

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(fields.Datetime, "now", lambda: NOW))
        self.startPatcher(patch.object(fields.Date, "context_today", lambda *args, **kwargs: NOW.date()))

    def test_a_partner_asks_on_a_phone_and_is_approved(self):
        self._book(self.hall, name="Geheimtreffen")  # takes both halves from 10:00 to 11:00 there
        self.browser_size, self.touch_enabled = "390x844", True
        self.start_tour("/my/rooms", "sozial_room_portal_request_tour", login=self.singer.login)
        booking = self.env["sozial.room.booking"].search([("name", "=", "Chorprobe"), ("room_id", "=", self.left.id)])
        self.assertEqual((booking.state, booking.partner_id, booking.persons), ("requested", self.singer.partner_id, 15))
        self.assertEqual((booking.start, booking.stop), (datetime(2027, 3, 1, 17), datetime(2027, 3, 1, 19)))

        mails = self.env["mail.mail"].search_count([])
        self.browser_size, self.touch_enabled = "1366x768", False
        self.start_tour("/odoo/room-requests", "sozial_room_approve_tour", login=self.room_manager.login)
        self.env.invalidate_all()
        self.assertEqual(booking.state, "confirmed")
        self.assertEqual(len(self._occupancy(booking)), 1)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails + 1, "the one who asked gets a mail")

        self.authenticate(self.singer.login, self.singer.login)
        self.assertIn("text-bg-success", self.url_open(f"/my/bookings/{booking.id}").text)


@tagged("post_install", "-at_install")
class TestSeriesTour(SeriesCommon, HttpCase):
    """A series meets two public holidays and a closure."""

    def test_holidays_and_a_closure_are_decided_in_the_dialog(self):
        self.centre.holiday_state = "TH"
        self.room_user.lang = "en_US"  # dates are typed in its way
        self.env["sozial.room.closure"].with_user(self.room_manager).create(
            {
                "name": "Wasserschaden",
                "centre_id": self.centre.id,
                "room_ids": [(6, 0, self.kitchen.ids)],
                "start": "2027-04-11 22:00:00",
                "stop": "2027-04-12 22:00:00",
            }
        ).action_activate()
        self.start_tour("/odoo/room-series/new", "sozial_room_series_tour", login=self.room_user.login)
        series = self.env["sozial.room.series"].search([("name", "=", "Handarbeitskreis"), ("room_id", "=", self.kitchen.id)])
        rooms = {booking.series_day: booking.room_id for booking in self._booked(series)}
        mondays = {date(2027, 3, 22) + timedelta(weeks=week) for week in range(10)}
        left_out = {date(2027, 3, 29), date(2027, 5, 17)}  # Easter Monday, Whit Monday
        self.assertEqual(set(rooms), mondays - left_out)
        self.assertEqual({day for day, room in rooms.items() if room != self.kitchen}, {date(2027, 4, 12)})
        self.assertEqual(self._walls(self._booked(series)), {("Mon 10:00", "12:00")})
        self.assertEqual(set(series.exception_ids.mapped("day")), left_out)
