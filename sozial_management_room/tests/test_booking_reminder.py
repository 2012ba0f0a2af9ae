from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import RoomCommon

SATURDAY = datetime(2027, 2, 27, 10)  # less than two days before the Monday of the bookings


@tagged("post_install", "-at_install")
class TestBookingReminder(RoomCommon):
    def setUp(self):
        super().setUp()
        self.club.lang = "de_DE"
        self.booking = self._book(self.hall, partner_id=self.club.id)
        self.last = self.env["mail.mail"].search([], order="id desc", limit=1).id or 0

    def _remind(self, now=SATURDAY):
        """Run the cron at this time; the mails that it queued for the club."""
        with (
            patch.object(fields.Datetime, "now", lambda *_args: now),
            patch.object(self.env.registry["ir.cron"], "_commit_progress") as committed,
        ):
            self.env["sozial.room.booking"]._cron_remind()
        self.pieces = committed.call_count
        return self.env["mail.mail"].search([("email_to", "ilike", "chor@example.com"), ("id", ">", self.last)], order="id")

    def test_once_in_the_language_of_the_contact(self):
        mail = self._remind()
        self.assertEqual(mail.subject, "Erinnerung: Saal")
        self.assertIn("Montag, 1. März 2027", mail.body_html)
        self.assertEqual(self.booking.reminded_at, SATURDAY)
        self.assertEqual(self._remind(), mail, "once a booking, however often it runs")
        self.booking.write({"start": "2027-03-01 08:30:00"})
        self.assertEqual(self._remind().filtered(lambda found: "Erinnerung" in found.subject), mail)

    def test_neither_too_early_nor_too_late(self):
        self.assertFalse(self._remind(datetime(2027, 2, 27, 8, 59)))
        self.assertFalse(self._remind(datetime(2027, 3, 1, 9)), "it has begun")
        self.assertTrue(self._remind(datetime(2027, 2, 27, 9)))

    def test_the_centre_says_how_many_days(self):
        self.centre.reminder_days = 0
        self.assertFalse(self._remind())
        self.centre.reminder_days = 1
        self.assertFalse(self._remind())
        self.assertTrue(self._remind(SATURDAY + timedelta(days=1)))

    def test_who_is_not_reminded(self):
        self.booking.action_cancel()
        self._book(self.left, start="07:00:00", stop="08:00:00", state="requested", partner_id=self.club.id)
        self._book(self.kitchen)
        self.last = self.env["mail.mail"].search([], order="id desc", limit=1).id
        before = self.env["mail.mail"].search_count([])
        self.env["sozial.centre"].search([("id", "!=", self.centre.id)]).reminder_days = 0
        self.assertFalse(self._remind())
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_whoever_has_just_booked_needs_no_second_mail(self):
        just = [SATURDAY - timedelta(hours=2), self.booking.id]
        self.env.cr.execute("UPDATE sozial_room_booking SET create_date = %s WHERE id = %s", just)
        self.env.invalidate_all()
        self.assertFalse(self._remind())

    def test_in_pieces_and_one_mail_a_contact(self):
        self._book(self.kitchen, partner_id=self.club.id)
        self._book(self.kitchen, start="07:00:00", stop="08:00:00", partner_id=self.club.id)
        self.last = self.env["mail.mail"].search([], order="id desc", limit=1).id
        self.env["sozial.centre"].search([("id", "!=", self.centre.id)]).reminder_days = 0
        with patch("odoo.addons.sozial_management_room.models.booking.booking_reminder.BATCH", 2):
            mails = self._remind()
        self.assertEqual(self.pieces, 2)
        self.assertEqual(len(mails), 2, "one for each piece")
        self.assertEqual(sum(mail.body_html.count("<tr") for mail in mails), 3)

    def test_nobody_marks_a_booking_as_reminded(self):
        with self.assertRaises(UserError):
            self.booking.reminded_at = SATURDAY
        self.assertFalse(self._book(start="15:00:00", stop="16:00:00", reminded_at=SATURDAY).reminded_at)
