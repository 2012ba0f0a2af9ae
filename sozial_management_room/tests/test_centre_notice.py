from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attendance_common import AttendanceCommon

MONDAY = date(2027, 3, 1)


@tagged("post_install", "-at_install")
class TestCentreNotice(AttendanceCommon):
    """The noticeboard: by whom, from when to when, and what of it hangs at the doors."""

    def _notice(self, user=None, **values):
        notices = self.env["sozial.centre.notice"].with_user(user or self.room_user).with_context(allowed_company_ids=self.company.ids)
        return notices.create({"centre_id": self.centre.id, "text": "Der Aufzug steht still.", "date_from": MONDAY, **values})

    def _board(self, day="2027-03-01"):
        days = self.env["sozial.centre.day"].with_user(self.room_user).with_context(allowed_company_ids=self.company.ids)
        return [one["text"] for one in days.get_day(self.centre.id, day)["notices"]]

    def test_shown_from_its_first_day_to_its_last(self):
        self._notice(date_until=MONDAY + timedelta(days=1))
        shown = {day: bool(self._board(f"2027-{day}")) for day in ("02-28", "03-01", "03-02", "03-03")}
        self.assertEqual(shown, {"02-28": False, "03-01": True, "03-02": True, "03-03": False})

    def test_without_an_end_it_stays(self):
        self._notice()
        self.assertTrue(self._board("2028-01-01"))

    def test_those_on_top_come_first(self):
        self._notice(text="alt, oben", pinned=True, date_from=MONDAY - timedelta(days=9))
        self._notice(text="neu")
        self.assertEqual(self._board(), ["alt, oben", "neu"])

    def test_one_centre_only(self):
        away = self.env["sozial.centre"].create({"name": "Anderswo", "company_id": self.company.id})
        self._notice(centre_id=away.id)
        self.assertEqual(self._board(), [])

    def test_whoever_writes_it_is_its_author(self):
        notice = self._notice(user_id=self.room_manager.id)
        self.assertEqual(notice.user_id, self.room_user)
        with self.assertRaises(UserError):
            notice.user_id = self.room_manager
        self.assertEqual(self._as(notice, self.room_manager).copy().user_id, self.room_manager)

    def test_the_management_takes_it_down(self):
        notice = self._notice()
        with self.assertRaises(AccessError):
            notice.unlink()
        self._as(notice, self.room_manager).unlink()
        self.assertFalse(notice.exists())

    def test_the_door_shows_public_ones_only(self):
        self._notice(text="Kasse zählen")
        self._notice(text="Eingang über den Hof", at_doors=True)
        self._notice(text="Gestern", at_doors=True, date_from=MONDAY - timedelta(days=3), date_until=MONDAY - timedelta(days=1))
        self.assertEqual(self.kitchen._door_sign(self.now)["notices"], ["Eingang über den Hof"])

    @mute_logger("odoo.sql_db")
    def test_bad_input_is_refused(self):
        for words, values in (("write what", {"text": "  "}), ("or later", {"date_until": MONDAY - timedelta(days=1)})):
            with self.subTest(words), self.assertRaises(IntegrityError) as caught:
                self._notice(**values)
            self.assertIn(words, self.env["sozial.centre.notice"]._sql_error_to_message(caught.exception))
