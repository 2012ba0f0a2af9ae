from datetime import datetime
from unittest.mock import patch

from lxml import html

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import RoomCommon

NOW = datetime(2027, 3, 1, 9, 30)  # 10:30 there


@tagged("post_install", "-at_install")
class TestDoor(RoomCommon, HttpCase):
    """The sign at the door: now, next, free until; in local time, for everybody, without names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.lang = "de_DE"
        cls.left.with_user(cls.room_manager).action_door_renew()

    def setUp(self):
        super().setUp()
        self.now = NOW
        self.startPatcher(patch.object(fields.Datetime, "now", lambda: self.now))

    def _path(self, room=None):
        url = (room or self.left).with_user(self.room_manager).door_url
        return "/" + url.split("/", 3)[3]

    def _sign(self, room=None):
        """What passers-by read: header, main part, footer."""
        self.env.flush_all()
        answer = self.url_open(self._path(room))
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        tree = html.fromstring(answer.text)
        return [" ".join(tree.find(f".//{part}").text_content().split()) for part in ("header", "main", "footer")]

    def test_free_until_the_next_one(self):
        self._book(self.left, start="17:00:00", stop="19:00:00")
        header, main, footer = self._sign()
        self.assertEqual((header, main), ("Links 10:30", "Frei bis 18:00"))
        self.assertIn("18:00–20:00 Belegt", footer)

    def test_on_now_and_next_day(self):
        self._book(self.left, public_title="Chorprobe für alle")
        self._book(self.left, day="2027-03-02 ", start="17:00:00", stop="19:00:00", public_title="Skat")
        _header, main, footer = self._sign()
        self.assertEqual(main, "Chorprobe für alle bis 11:00")
        self.assertIn("2. März 18:00–20:00 Skat", footer)
        self.now = datetime(2027, 3, 1, 10)
        self.assertEqual(self._sign()[1], "Frei für den Rest des Tages")

    def test_local_time_in_summer(self):
        self.now = datetime(2027, 6, 1, 8)
        self._book(self.left, day="2027-06-01 ", start="16:00:00", stop="18:00:00")
        self.assertEqual(self._sign()[:2], ["Links 10:00", "Frei bis 18:00"])

    def test_set_up_and_clean_up_are_not_free_time(self):
        self.left.write({"setup_minutes": 30, "teardown_minutes": 15})
        self._book(self.left, start="10:00:00", stop="11:00:00", public_title="Yoga")
        self.now = datetime(2027, 3, 1, 9, 29)
        self.assertEqual(self._sign()[1], "Frei bis 10:30")
        self.now = NOW
        self.assertEqual(self._sign()[1], "Auf- und Abbau bis 11:00")
        self.now = datetime(2027, 3, 1, 11, 14)
        self.assertEqual(self._sign()[1], "Auf- und Abbau bis 12:15")

    def test_the_whole_hall_takes_the_half_and_a_closure_closes(self):
        self._book(self.hall)
        self.assertEqual(self._sign()[1], "Belegt bis 11:00")
        self.kitchen.with_user(self.room_manager).action_door_renew()
        self.assertEqual(self._sign(self.kitchen)[1], "Frei für den Rest des Tages", "another room is not concerned")
        closures = self.env["sozial.room.closure"].with_user(self.room_manager)
        closures.create(
            {"name": "Erikas Geburtstag", "centre_id": self.centre.id, "start": NOW, "stop": "2027-03-02 22:00:00"}
        ).action_activate()
        self.assertEqual(self._sign(self.kitchen)[1], "Geschlossen für den Rest des Tages")

    def test_no_names(self):
        self._book(self.left, name="Beratung Sorgenfrei", partner_id=self.tenant.id, note="Sorgenfrei")
        self._book(self.left, start="12:00:00", stop="13:00:00", state="requested", public_title="Antrag Sorgenfrei")
        page = self.url_open(self._path()).text
        self.assertIn("Belegt", page, "the positive control")
        for word in ("Sorgenfrei", "Beratung", "Chor", self.room_user.name):
            self.assertNotIn(word, page)

    def test_wrong_addresses_look_alike(self):
        path = self._path()
        token = path.rsplit("/", 1)[1]
        wrong = [f"/sozial/tuer/{self.left.id}/{'x' * len(token)}", f"/sozial/tuer/{self.kitchen.id}/{token}", f"/sozial/tuer/0/{token}"]
        wrong += [f"/sozial/tuer/{self.kitchen.id}/", f"/sozial/tuer/{self.kitchen.id}/False"]
        for address in wrong:
            with self.subTest(address=address):
                self.assertEqual(self.url_open(address).status_code, 404)
        self.assertEqual(self.url_open(path).status_code, 200, "the positive control")
        self.left.with_user(self.room_manager).action_door_renew()
        self.env.flush_all()
        self.assertEqual(self.url_open(path).status_code, 404, "the former address")
        new = self._path()
        self.assertEqual(self.url_open(new).status_code, 200)
        self.left.active = False
        self.env.flush_all()
        self.assertEqual(self.url_open(new).status_code, 404, "an archived room")
        self.left.active = True
        self.left.with_user(self.room_manager).action_door_off()
        self.env.flush_all()
        self.assertEqual(self.url_open(new).status_code, 404, "switched off")

    def test_the_centre_management_alone_has_the_address(self):
        for user in (self.room_user, self.worker, self.portal):
            with self.subTest(user=user.login):
                room = self._as(self.left, user)
                for step in (room.action_door_renew, room.action_door_off, lambda room=room: room.door_url):
                    with self.assertRaises(AccessError):
                        step()
        with self.assertRaises(AccessError):
            self._as(self.left, self.room_manager).read(["door_token"])
        self.assertFalse(self.left.copy().sudo().door_token)
