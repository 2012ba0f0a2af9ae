from odoo.tests import tagged

from .common import RoomCommon


@tagged("post_install", "-at_install")
class TestBookingMail(RoomCommon):
    def setUp(self):
        super().setUp()
        self.last = self.env["mail.mail"].search([], order="id desc", limit=1).id or 0

    def _mails(self):
        return self.env["mail.mail"].search([("email_to", "ilike", "chor@example.com"), ("id", ">", self.last)], order="id")

    def test_each_step_is_told_in_the_language_of_the_contact(self):
        self.club.lang = "de_DE"
        booking = self._book(self.hall, state="draft", partner_id=self.club.id)
        self.assertFalse(self._mails(), "a draft concerns nobody")
        booking.action_request()
        booking.action_confirm()
        booking.write({"start": "2027-03-01 08:30:00"})
        booking.action_cancel()
        self.assertEqual(
            self._mails().mapped("subject"), ["Ihre Anfrage: Saal", "Bestätigt: Saal", "Geändert: Saal", "Abgesagt: Saal"]
        )
        self.assertIn("Montag, 1. März 2027", self._mails()[0].body_html)
        self.assertIn("10:00 – 11:00", self._mails()[0].body_html)
        self.assertIn("09:30 – 11:00", self._mails()[2].body_html)

    def test_one_mail_for_many_bookings(self):
        self.env["sozial.room.booking"].with_user(self.room_user).create(
            [
                {
                    "room_id": self.hall.id, "partner_id": self.club.id, "state": "confirmed",
                    "start": f"2027-03-{day:02} 09:00:00", "stop": f"2027-03-{day:02} 10:00:00",
                }
                for day in range(1, 11)
            ]
        )  # fmt: skip
        self.assertEqual(len(self._mails()), 1)
        self.assertEqual(self._mails().body_html.count("<tr"), 10)

    def test_nobody_is_told_about_bookings_of_the_house(self):
        before = self.env["mail.mail"].search_count([])
        self._book()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
