from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .event_common import BEGIN, END, HOUR, EventCommon


@tagged("post_install", "-at_install")
class TestEventBack(EventCommon):
    """An event that takes place after all has the room again that it gave up itself, if it is still free."""

    def _told(self, event):
        return "was not taken back" in str(event.sudo().message_ids.mapped("body"))

    def test_it_takes_back_what_it_gave_up(self):
        for gone, back in (
            ({"kanban_state": "cancel"}, {"kanban_state": "normal"}),
            ({"active": False}, {"active": True}),
            ({"stage_id": self.env.ref("event.event_stage_done").id}, {"stage_id": self.env.ref("event.event_stage_new").id}),
        ):
            with self.subTest(**gone):
                event = self._event()
                event.write(gone)
                self.assertTrue(self._free())
                event.write(back)
                self.assertEqual((event.sozial_room_id, event.sozial_booking_state), (self.kitchen, "confirmed"))
                self.assertFalse(self._free() or event.sozial_left_room_id or self._told(event))
                event.sozial_room_id = False

    def test_at_the_time_that_it_has_now(self):
        event = self._event()
        event.kanban_state = "cancel"
        event.write({"date_begin": BEGIN + 3 * HOUR, "date_end": END + 3 * HOUR})
        event.kanban_state = "normal"
        self.assertEqual(self._occupancy(event.sozial_booking_id), {(self.kitchen.atom_ids, BEGIN + 3 * HOUR, END + 3 * HOUR)})

    @mute_logger("odoo.sql_db")
    def test_whoever_has_it_by_now_keeps_it(self):
        event = self._event()
        event.kanban_state = "cancel"
        other = self._book(name="Chorprobe")
        event.kanban_state = "normal"
        self.assertEqual((event.kanban_state, event.sozial_room_id, other.state), ("normal", self.env["sozial.room"], "confirmed"))
        self.assertTrue(self._told(event), "it says that a room has to be chosen")
        self.assertNotIn("Chorprobe", str(event.message_ids.mapped("body")))
        self.assertIn("Chorprobe", self._refused(event.action_take_room_back))
        other.action_cancel()
        event.action_take_room_back()
        self.assertEqual((event.sozial_room_id, event.sozial_left_room_id), (self.kitchen, self.env["sozial.room"]))

    def test_a_closed_room_is_not_taken_back(self):
        event = self._event()
        event.kanban_state = "cancel"
        self.kitchen.active = False
        closure = self.env["sozial.room.closure"].create(
            {"name": "Wasserschaden", "centre_id": self.centre.id, "start": BEGIN - HOUR, "stop": END + HOUR}
        )
        closure.action_activate()
        event.kanban_state = "normal"
        self.assertFalse(event.sozial_room_id)
        self.assertTrue(self._told(event))

    def test_who_books_no_rooms_gets_none_back(self):
        event = self._event()
        self._as(event, self.event_user).kanban_state = "cancel"
        theirs = self._as(event, self.event_user)
        theirs.kanban_state = "normal"
        self.assertTrue(self._free(), "not by the rights of somebody else")
        self.assertTrue(self._told(event))
        self.assertNotIn(self.kitchen.name, str(event.sudo().message_ids.mapped("body")))
        with self.assertRaises(AccessError):
            theirs.action_take_room_back()
        with self.assertRaises(AccessError):
            self._as(event, self.room_user).action_take_room_back()  # books rooms, organises no events
        self._as(event, self.planner).action_take_room_back()
        self.assertFalse(self._free())

    def test_what_the_centre_took_away_stays_away(self):
        event = self._event()
        self._as(event.sozial_booking_id, self.room_manager).action_cancel()
        event.kanban_state = "cancel"
        event.kanban_state = "normal"
        self.assertTrue(self._free())
        self.assertFalse(event.sozial_room_id or self._told(event))

    def test_what_was_given_up_by_hand_stays_away(self):
        event = self._event()
        event.kanban_state = "cancel"
        event.sozial_room_id = False
        event._inverse_sozial_room_id()
        event.kanban_state = "normal"
        self.assertTrue(self._free())
        again = self._event()
        again.sozial_room_id = False
        again.kanban_state = "cancel"
        again.kanban_state = "normal"
        self.assertTrue(self._free())

    def test_the_mark_is_set_by_nobody(self):
        event = self._event(room=False)
        for name in ("sozial_left_room_id", "sozial_slot_room_id"):
            with self.subTest(name=name), self.assertRaises(Exception) as caught:
                event.write({name: self.kitchen.id})
            self.assertIn("choose the room", str(caught.exception))
        event.action_take_room_back()
        self.assertTrue(self._free())
