from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sozial_management.tests.mediation_common import MediationCommon

from .common import RoomCommon

STAFF = "sozial_management_room.group_sozial_room_user"


@tagged("post_install", "-at_install")
class TestMediationRoom(MediationCommon, RoomCommon):
    """A talk of a mediation holds a room by a booking that tells nothing, and gives it back when it is cancelled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker.sudo().group_ids += cls.env.ref(STAFF)
        cls.start = fields.Datetime.now().replace(hour=13, minute=0, second=0, microsecond=0) + timedelta(days=7)

    def setUp(self):
        super().setUp()
        self._all_willing()
        self.session = self._talk()
        self.booking = self.session.booking_id

    def _talk(self, start=None, **values):
        return self.mediation.session_ids.create(
            {"mediation_id": self.mediation.id, "start_at": start or self.start, "minutes": 60, "room_id": self.kitchen.id, **values}
        )

    def test_the_booking_tells_nothing(self):
        booking = self.booking.sudo()
        self.assertEqual((booking.state, booking.start, booking.stop), ("confirmed", self.start, self.start + timedelta(hours=1)))
        self.assertEqual(self.session.place, self.kitchen.display_name)
        told = str(self._as(self.booking, self.room_user).read()[0])
        for word in (self.tenant.name, self.neighbour.name, self.case.name, "ediat", "Ruhe am Abend"):
            self.assertNotIn(word, told)
        with self.assertRaises(AccessError):
            self._as(self.session, self.room_user).read(["room_id"])
        with self.assertRaises(AccessError):
            self.env["sozial.mediation.session"].with_user(self.room_manager).search([("booking_id", "=", booking.id)])

    def test_the_room_is_taken_once(self):
        self.assertTrue(self._occupancy(self.booking.sudo()))
        self._refused(self._talk)

    def test_a_withdrawal_frees_the_room_at_once(self):
        self._says(self.two, "withdrawn")
        self.assertEqual((self.session.state, self.booking.state), ("cancelled", "cancelled"))
        self.assertFalse(self._occupancy(self.booking.sudo()))

    def test_cancelling_and_deleting_free_the_room(self):
        self.session.action_cancel()
        self.assertEqual(self.booking.state, "cancelled")
        other = self._talk()
        booking = other.booking_id
        other.unlink()
        self.assertEqual(booking.state, "cancelled")

    def test_a_mediator_without_rooms_may_cancel_but_not_move(self):
        self.worker.sudo().group_ids -= self.env.ref(STAFF)
        self.session.minutes = 60  # nothing moves, and nothing is asked of rooms
        with self.assertRaisesRegex(AccessError, "Ask somebody who books rooms"), self.env.cr.savepoint():
            self.session.start_at = self.start + timedelta(hours=2)
        self.session.action_cancel()
        self.assertEqual(self.booking.sudo().state, "cancelled")

    def test_the_booking_follows_the_talk(self):
        self.session.write({"start_at": self.start + timedelta(hours=2), "minutes": 30})
        self.assertEqual((self.booking.start, self.booking.stop), (self.start + timedelta(hours=2), self.start + timedelta(minutes=150)))
        self.session.room_id = self.hall
        self.assertEqual(self.booking.room_id, self.hall)
        self.session.room_id = False
        self.assertEqual(self.booking.state, "cancelled")
        self.session.room_id = self.left
        self.assertEqual(self.session.booking_id.room_id, self.left)
        self.assertNotEqual(self.session.booking_id, self.booking)

    def test_the_booking_moves_with_its_talk_only(self):
        theirs = self._as(self.booking, self.room_manager)
        for values in ({"start": self.start - timedelta(hours=1)}, {"room_id": self.hall.id}):
            with self.assertRaisesRegex(UserError, "belongs to an appointment of"):
                theirs.write(values)
        theirs.write({"start": fields.Datetime.to_string(self.start), "note": "Wasser hinstellen"})
        with self.assertRaisesRegex(UserError, "not set directly"):
            theirs.write({"follows_appointment": False})
        theirs.action_cancel()
        self.assertEqual((self.session.state, self.session.booking_state), ("planned", "cancelled"))

    def test_what_follows_is_not_set_by_hand(self):
        other = self._book(self.hall)
        with self.assertRaisesRegex(UserError, "Use the buttons"):
            self.session.booking_id = other
        with self.assertRaisesRegex(UserError, "Use the buttons"):
            self._talk(start=self.start + timedelta(days=1), booking_id=other.id)

    def test_a_room_of_another_company(self):
        company = self.env["res.company"].create({"name": "Andere"})
        centre = self.env["sozial.centre"].create({"name": "Dort", "company_id": company.id})
        room = self.env["sozial.room"].create({"name": "Fremd", "centre_id": centre.id})
        with self.assertRaises(UserError):
            self.session.room_id = room
