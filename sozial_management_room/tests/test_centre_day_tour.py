from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import RoomCommon


@tagged("post_install", "-at_install")
class TestCentreDayTour(RoomCommon, HttpCase):
    """The day of the centre in a real browser."""

    def test_check_in_and_notice(self):
        start = fields.Datetime.now() - timedelta(minutes=2)
        values = {"name": "Chorprobe", "partner_id": self.club.id, "room_id": self.kitchen.id, "state": "confirmed"}
        booking = self._as(self.env["sozial.room.booking"], self.room_user).create(
            {**values, "start": start, "stop": start + timedelta(hours=6)}
        )
        self.start_tour("/odoo/centre-day", "sozial_centre_day_tour", login=self.room_user.login)
        self.assertTrue(booking.checked_in_at)
        notice = self.env["sozial.centre.notice"].search([("centre_id", "=", self.centre.id)])
        self.assertEqual((notice.text, notice.user_id), ("Der Aufzug steht still.", self.room_user))
