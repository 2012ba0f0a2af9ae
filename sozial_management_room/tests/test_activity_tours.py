from datetime import datetime
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, tagged

from .attendance_common import BEGIN, END, AttendanceCommon

# counts by taps alone: two older people come, one of them leaves at once
TAPS = """
(async () => {
    const shown = () => document.getElementById("participant-older").textContent.trim();
    const until = async (number) => {
        for (let turn = 0; shown() !== number; turn++) {
            if (turn > 100) { throw new Error(`${number} expected, ${shown()} shown`); }
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    };
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) { throw new Error(`${page.scrollWidth} px wide on ${page.clientWidth} px`); }
    const small = [...document.querySelectorAll("button")].find((one) => one.getBoundingClientRect().height < 44);
    if (small) { throw new Error(`too small for a thumb: ${small.value}`); }
    for (const [step, number] of [["1", "1"], ["1", "2"], ["-1", "1"]]) {
        document.querySelector(`button[value="participant-older-${step}"]`).click();
        await until(number);
    }
    console.log("test successful");
})().catch((error) => console.error(error.message));
"""


@tagged("post_install", "-at_install")
class TestActivityTours(AttendanceCommon, HttpCase):
    """A course from the registration to the attendance, a tally, a closure: as people see them."""

    def setUp(self):
        super().setUp()
        self.breakfast, self.session = self.session, None  # the browser has a session of its own by this name
        self.env["res.lang"]._activate_lang("en_US")
        self.room_user.lang = "en_US"
        self.startPatcher(patch.object(type(self.env["sozial.callback.attempt"]), "_may_send", lambda *args: True))
        self.now = datetime(2027, 2, 27, 10)
        self.course = self._activity(
            "Yoga", kind="course", registration="course", seats=1, published=True, public_registration=True
        )
        self.course.action_run()
        self.lesson = self._session(self.course, BEGIN, END, room_id=self.kitchen.id)
        self.browser_size, self.touch_enabled = "390x844", True

    def _registered(self, name):
        self.env.invalidate_all()
        return self.env["sozial.activity.registration"].search([("name", "=", name), ("activity_id", "=", self.course.id)])

    def _answer(self, name, tour):
        one = self._registered(name)
        self.start_tour(one.sudo()._link().removeprefix(one.get_base_url()), f"sozial_activity_{tour}_tour")
        return self._registered(name)

    def test_a_course_from_registration_to_attendance(self):
        path = self.course._public_path()
        self.start_tour(path, "sozial_activity_register_tour")
        self.assertEqual(self._registered("Ada").state, "unconfirmed", "nobody else has agreed for her")
        self.assertEqual(self._answer("Ada", "confirm").state, "confirmed")
        self.start_tour(path, "sozial_activity_wait_tour")
        self.assertEqual(self._answer("Bea", "queue").state, "waiting")
        self.assertEqual(self._answer("Ada", "withdraw").state, "cancelled")
        bea = self._registered("Bea")
        self.assertEqual(bea.state, "offered")
        self.assertTrue(self.now < bea.answer_until <= fields.Datetime.add(self.now, hours=self.centre.offer_hours))
        self.assertEqual(self._answer("Bea", "confirm").state, "confirmed")

        self.now = datetime(2027, 3, 1, 10)
        self.start_tour(f"/odoo/centre-sessions/{self.lesson.id}", "sozial_attendance_tour", login=self.room_user.login)
        self.env.invalidate_all()
        self.assertEqual(self.lesson.attendance_ids.mapped("name"), ["Bea"])
        self.assertEqual(self._people(self.lesson), {("participant", "adults"): 1, ("participant", "older"): 1})

    def test_a_tally_without_a_login(self):
        self.now = datetime(2027, 3, 1, 10)
        link = self._as(self.breakfast, self.room_user).action_tally_link()
        self.browser_js("/" + link["url"].split("/", 3)[3], TAPS, "document.readyState === 'complete'")
        self.env.invalidate_all()
        self.assertEqual(self._people(self.breakfast), {("participant", "older"): 1})
        self.assertEqual(self.breakfast.count_ids.mapped("number"), [1, 1, -1])

    def test_a_closure_and_the_reopening_on_the_public_programme(self):
        closure = self.env["sozial.room.closure"].with_user(self.room_manager).create(
            {"name": "Wasserschaden", "centre_id": self.centre.id, "start": "2027-02-28 23:00:00", "stop": "2027-03-02 23:00:00"}
        )
        programme = f"/sozial/{self.env['ir.http']._slug((self.company.id, self.company.name))}/programm?woche=2027-W09"
        for tour, state, seen in (("activate", "suspended", "closed"), ("end", "planned", "open")):
            self.browser_size, self.touch_enabled = "1366x768", False
            self.start_tour(f"/odoo/room-closures/{closure.id}", f"sozial_closure_{tour}_tour", login=self.room_manager.login)
            self.env.invalidate_all()
            self.assertEqual(self.lesson.state, state)
            self.authenticate(None, None)
            self.browser_size, self.touch_enabled = "390x844", True
            self.start_tour(programme, f"sozial_programme_{seen}_tour")
