from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AgreementRoomCommon


@tagged("post_install", "-at_install")
class TestAgreementRooms(AgreementRoomCommon):
    """An active agreement lets the organisation book its rooms; nothing else does, and nothing longer."""

    def test_an_active_agreement_books_at_once(self):
        agreement = self._with_rooms()
        booking = self._book_by_portal()
        self.assertEqual(booking.state, "confirmed")
        self.assertEqual(booking.sudo().agreement_id, agreement)
        self.assertEqual(self._book_by_portal(room=self.left).state, "requested", "another room is asked for")

    def test_it_opens_a_room_that_partners_only_see(self):
        self.kitchen.condition_ids = [Command.create({"customer_group": "partner", "mode": "view"})]
        with self.assertRaises(AccessError):
            self._book_by_portal()
        self._with_rooms()
        self.assertEqual(self._book_by_portal().state, "confirmed")
        with self.assertRaises(AccessError):
            self._book_by_portal(self.other_bidder, hour=14)

    def test_drafts_offers_and_later_ones_grant_nothing(self):
        agreement = self._agreement(room_ids=[Command.set(self.kitchen.ids)])
        self.assertEqual(self._book_by_portal(days=1).state, "requested")
        agreement.action_offer()
        self.assertEqual(self._book_by_portal(days=2).state, "requested")
        self._with_rooms(start=5, title="Später")
        self.assertEqual(self._book_by_portal(days=6).state, "requested")

    def test_a_foreign_organisation_gains_nothing(self):
        self._with_rooms()
        booking = self._book_by_portal(self.other_bidder)
        self.assertEqual(booking.state, "requested")
        self.assertFalse(booking.sudo().agreement_id)

    def test_what_reaches_beyond_the_end_is_asked_for(self):
        self._with_rooms(days=10)
        self.assertEqual(self._book_by_portal(days=10).state, "confirmed", "on its last day")
        self.assertEqual(self._book_by_portal(days=11).state, "requested", "the day after")

    def test_the_right_ends_with_the_last_moment_by_the_clock(self):
        agreement = self._with_rooms(days=1)
        after = agreement.holds_until + timedelta(seconds=1)
        with patch.object(fields.Datetime, "now", lambda: after):
            self.assertEqual(self._as(self.kitchen, self.bidder)._portal_mode(), "request")
        self.assertEqual(self._as(self.kitchen, self.bidder)._portal_mode(), "direct", "before")

    def test_terminating_frees_what_is_to_come(self):
        agreement = self._with_rooms()
        booking, asked = self._book_by_portal(), self._book_by_portal(room=self.left)
        agreement.end_reason = "Der Partner gibt auf"
        agreement.action_terminate()
        self.assertEqual(booking.sudo().state, "cancelled")
        self.assertFalse(self._occupancy(booking.sudo()))
        self.assertEqual(asked.sudo().state, "requested", "asked for without the agreement")
        self.assertEqual(self._book_by_portal().state, "requested", "the right is gone at once")

    def test_a_slot_taken_from_the_waiting_list_ends_with_it_too(self):
        booking = self._book_by_portal()
        self.assertEqual(booking.state, "requested", "held, as an offered slot is")
        agreement = self._with_rooms(end_reason="Ende")
        self.assertEqual(booking._mode(), "direct")
        booking.sudo()._set_state("confirmed", hold_until=False)
        self.assertEqual(booking.sudo().agreement_id, agreement)
        agreement.action_terminate()
        self.assertEqual(booking.sudo().state, "cancelled")

    def test_what_has_begun_stays(self):
        agreement = self._with_rooms()
        booking = self._book_by_portal()
        with patch.object(fields.Datetime, "now", lambda: booking.sudo().start + timedelta(minutes=1)):
            agreement.end_reason = "Ende"
            agreement.action_terminate()
        self.assertEqual(booking.sudo().state, "confirmed")

    def test_the_next_version_keeps_what_it_grants(self):
        agreement = self._with_rooms(self.kitchen | self.left)
        kept, lost = self._book_by_portal(), self._book_by_portal(room=self.left)
        new = agreement.browse(agreement.action_new_version()["res_id"])
        self.assertEqual(new.room_ids, self.kitchen | self.left, "copied")
        new.room_ids = self.kitchen
        new.action_offer()
        new.action_sign()
        self._sign_partner(new)
        self.assertEqual((new.state, agreement.state), ("active", "replaced"))
        self.assertEqual((kept.sudo().state, kept.sudo().agreement_id), ("confirmed", new))
        self.assertEqual(lost.sudo().state, "cancelled")

    def test_signed_rooms_do_not_change(self):
        agreement = self._agreement(room_ids=[Command.set(self.kitchen.ids)])
        agreement.room_ids |= self.left
        agreement.action_offer()
        self.assertIn("– Küche, Treff", agreement.text)
        self.assertIn("– Links, Treff", agreement.text)
        with self.assertRaisesRegex(UserError, "offered or signed"):
            agreement.room_ids = self.right
        with self.assertRaisesRegex(UserError, "offered or signed"):
            agreement.sudo().write({"room_ids": [Command.unlink(self.kitchen.id)]})

    def test_the_preview_follows_the_rooms(self):
        agreement = self._agreement(rooms="Das Foyer nach Absprache.")
        self.assertNotIn("Küche", agreement.preview)
        agreement.room_ids = self.kitchen
        self.assertIn("Das Foyer nach Absprache.\nDiese Räume bucht der Partner", agreement.preview)
        self.assertIn("Küche", self._as(agreement, self.worker).preview, "whoever reads the agreement reads its text")

    def test_rooms_are_those_of_the_company(self):
        centre = self.env["sozial.centre"].sudo().create({"name": "Fern", "company_id": self.other_company.id})
        room = self.env["sozial.room"].sudo().create({"name": "Fremd", "centre_id": centre.id, "capacity": 5})
        with self.assertRaises(AccessError):
            self._agreement(room_ids=[Command.set(room.ids)])
        draft = self._agreement()
        with self.assertRaisesRegex(UserError, "Fremd"):
            draft.sudo().room_ids = room

    def test_nobody_says_by_which_agreement_a_booking_is(self):
        agreement = self._with_rooms()
        booking = self._book(agreement_id=agreement.id)
        self.assertFalse(booking.sudo().agreement_id, "left out on creation")
        bookings = self._as(self.env["sozial.room.booking"], self.room_user).with_context(default_agreement_id=agreement.id)
        values = {"name": "Probe", "room_id": self.kitchen.id, "start": "2027-03-02 09:00:00", "stop": "2027-03-02 10:00:00"}
        self.assertFalse(bookings.create(values).sudo().agreement_id, "nor by a default")
        with self.assertRaisesRegex(UserError, "follows from the agreement"):
            booking.write({"agreement_id": agreement.id})

    def test_the_portal_reads_rooms_of_its_own_agreement(self):
        agreement = self._with_rooms()
        self.assertEqual(self._as(agreement, self.bidder)._portal_rooms(), [(self.kitchen.id, "Küche, Treff")])
        with self.assertRaises(AccessError):
            self._as(agreement, self.other_bidder)._portal_rooms()

    def test_who_reads_rooms_for_an_agreement(self):
        for model in ("sozial.room", "sozial.centre"):
            rows = self._as(self.env[model], self.procurement)
            self.assertTrue(rows.search([], limit=1), model)
            self.assertFalse(any(rows.has_access(operation) for operation in ("write", "create", "unlink")), model)
        self.assertNotIn("room_ids", self._as(self.env["sozial.agreement"], self.worker).fields_get())
