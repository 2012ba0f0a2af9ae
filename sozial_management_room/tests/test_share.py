from odoo import Command
from odoo.tests import tagged

from .common import RoomCommon


@tagged("post_install", "-at_install")
class TestShare(RoomCommon):
    """Where a request is decided stands what the asker has already, beside the others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.skat = cls.env["res.partner"].create({"name": "Skat", "is_company": True, "company_id": cls.company.id})
        cls.singer = cls.env["res.partner"].create({"name": "Frau Noll", "parent_id": cls.club.id, "company_id": cls.company.id})
        cls.centre.write({"prime_from": 17, "prime_until": 22, "prime_weekend": True})

    def _use(self, booking):
        return {use.holder: (use.bookings, use.hours, use.prime) for use in booking._uses()[booking.id]}

    def test_hours_and_prime_hours_by_the_clock_of_the_centre(self):
        """16:00 UTC on a winter Monday is 17:00 there; after the change of summer time it is 18:00."""
        self._book(start="15:00:00", stop="17:00:00", partner_id=self.singer.id)  # 16 to 18: one prime hour
        self._book(start="08:00:00", stop="10:00:00", partner_id=self.skat.id)  # in the morning
        self._book(self.left, day="2027-03-06 ", start="08:00:00", stop="10:00:00", partner_id=self.skat.id)  # a Saturday
        self._book(self.left, day="2027-03-29 ", start="19:00:00", stop="21:00:00")  # 21 to 23, own department
        self._book(day="2027-04-01 ", start="16:00:00", stop="18:00:00", partner_id=self.skat.id)  # the next quarter
        self._book(day="2027-03-02 ", partner_id=self.skat.id).action_cancel()
        request = self._book(self.right, start="16:00:00", stop="18:00:00", state="requested", partner_id=self.club.id)
        self.assertEqual(self._use(request), {self.club.id: (2, 4, 3), self.skat.id: (2, 4, 2), None: (1, 2, 1)})
        self.assertEqual(request.share_text, "50 % of the prime times")
        for word in ("Chor Nord", "Skat", "Own department", "50 %"):
            self.assertIn(word, request.share_table)

    def test_across_midnight(self):
        request = self._book(start="20:00:00", stop="2027-03-02 01:00:00", state="requested", partner_id=self.club.id)
        self.assertEqual(self._use(request), {self.club.id: (1, 5, 1)})

    def test_the_quota_of_the_month(self):
        self.kitchen.condition_ids = [Command.create({"customer_group": "partner", "mode": "request", "quota": 4})]
        self._book(partner_id=self.singer.id, user=self.room_manager)
        self._book(day="2027-02-22 ", partner_id=self.club.id, user=self.room_manager)  # another month
        self._book(self.left, partner_id=self.club.id)  # another room
        request = self._book(day="2027-03-09 ", state="requested", partner_id=self.club.id)
        self.assertEqual(request._month_counts(), {request.id: 2})
        self.assertIn("2 of 4 a month", request.share_text)

    def test_only_for_requests_of_somebody(self):
        for booking in (self._book(partner_id=self.club.id), self._book(self.left, state="requested")):
            self.assertFalse(booking.share_text or booking.share_table)

    def test_another_centre_does_not_count(self):
        away = self.env["sozial.centre"].create({"name": "Fern", "company_id": self.company.id})
        room = self.env["sozial.room"].create({"name": "Fern", "centre_id": away.id})
        self._book(room, partner_id=self.skat.id)
        request = self._book(state="requested", partner_id=self.club.id)
        self.assertEqual(list(self._use(request)), [self.club.id])

    def test_a_board_costs_the_same_for_many_requests(self):
        def cost(bookings):
            bookings = bookings.with_user(self.room_user)
            for _turn in range(2):
                bookings.mapped("share_text")
                self.env.flush_all()
                self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            bookings.mapped("share_text")
            return self.env.cr.sql_log_count - before

        requests = self._book(state="requested", partner_id=self.club.id)
        few = cost(requests)
        for hour in range(10, 20):
            requests |= self._book(start=f"{hour}:00:00", stop=f"{hour}:30:00", state="requested", partner_id=self.skat.id)
        self.assertEqual(cost(requests), few)
