from odoo.tests import HttpCase, tagged

from .common import RoomCommon


@tagged("post_install", "-at_install")
class TestTimelineTour(RoomCommon, HttpCase):
    """The room plan in a real browser."""

    def test_drag_and_drop(self):
        meeting = self._book(self.left, name="Treffen")
        choir = self._book(self.kitchen, name="Chorprobe", start="13:00:00", stop="14:00:00")
        self.start_tour("/odoo/room-plan", "sozial_room_timeline_tour", login=self.room_user.login)
        self.assertEqual((choir.room_id, meeting.room_id), (self.right, self.left))
        self.assertTrue(self.env["sozial.room.booking"].search([("name", "=", "Backen"), ("room_id", "=", self.kitchen.id)]))
