from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RoomCommon


@tagged("post_install", "-at_install")
class TestCheckIn(RoomCommon):
    """Who came is noted; who came is no no-show."""

    def _at(self, hour, minute=0):
        return patch("odoo.fields.Datetime.now", lambda *_args: datetime(2027, 3, 1, hour, minute))

    def test_checked_in_at_its_time_and_once(self):
        booking = self._book()
        for hour, minute in ((7, 59), (10, 0)):
            with self._at(hour, minute), self.assertRaises(UserError):
                booking.action_check_in()
        with self._at(8, 30):
            booking.action_check_in()
            self.assertEqual(booking.checked_in_at, datetime(2027, 3, 1, 8, 30))
            with self.assertRaises(UserError):
                booking.action_check_in()

    def test_who_came_is_no_no_show(self):
        came, absent = self._book(), self._book(self.left)
        with self._at(9, 15):
            came.action_check_in()
            with self.assertRaises(UserError):
                came.action_no_show()
            absent.action_no_show()
            came.action_done()
        self.assertEqual((came.state, absent.state), ("done", "no_show"))

    def test_not_by_writing_nor_by_others(self):
        booking = self._book()
        with self.assertRaises(UserError):
            booking.write({"checked_in_at": "2027-03-01 09:00:00"})
        self.assertFalse(self._book(self.left, checked_in_at="2027-03-01 09:00:00").checked_in_at)
        with self._at(9), self.assertRaises(AccessError):
            booking.with_user(self.worker).action_check_in()
