from datetime import datetime, timedelta

from lxml import html

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .attendance_common import END, AttendanceCommon


@tagged("post_install", "-at_install")
class TestTally(AttendanceCommon, HttpCase):
    """A helper without a login counts by a link: one session, until shortly after its end, without names."""

    def setUp(self):
        super().setUp()
        self.link = self._as(self.session, self.room_user).action_tally_link()
        self.env.flush_all()
        self.path = "/" + self.link["url"].split("/", 3)[3]

    def _open(self, path=None):
        answer = self.url_open(path or self.path)
        return answer.status_code, html.fromstring(answer.text)

    def _tap(self, cell, path=None, **data):
        token = self._open()[1].xpath("//input[@name='csrf_token']/@value")[0]
        return self.url_open(path or self.path, data={"csrf_token": token, "cell": cell, **data}, allow_redirects=False)

    def test_taps_count_up_and_down(self):
        cells = "participant-adults-1 participant-adults-1 participant-children-1 participant-adults--1 volunteer-young-1"
        for cell in cells.split():
            self.assertEqual(self._tap(cell).status_code, 303)
        self._tap("participant-older--1")  # fewer than none
        self.assertEqual(
            self._people(), {("participant", "adults"): 1, ("participant", "children"): 1, ("volunteer", "young"): 1}
        )
        status, page = self._open()
        self.assertEqual((status, page.get_element_by_id("participant-adults").text), (200, "1"))
        self.assertEqual(page.findtext("head/title"), self.activity.name)
        self.assertEqual(set(self.session.count_ids.mapped("source")), {"tally"})
        self.assertFalse(self.session.attendance_ids)

    def test_looking_changes_nothing(self):
        for path in (self.path, f"{self.path}?cell=participant-adults-1"):
            self._open(path)
        self.assertFalse(self.session.count_ids)
        answer = self.url_open(self.path, data={"cell": "participant-adults-1"})
        self.assertGreaterEqual(answer.status_code, 400, "without the token of the page")
        self.assertFalse(self.session.count_ids)

    def test_nonsense_is_refused(self):
        for cell in ("participant-adults-5", "participant-adults-", "boss-adults-1", "participant-?-1", ""):
            with self.subTest(cell=cell):
                self.assertEqual(self._tap(cell).status_code, 422)
        self.assertFalse(self.session.count_ids)

    def test_wrong_former_and_expired_links_look_alike(self):
        token = self.path.rsplit("/", 1)[1]
        for wrong in ("x", token[:-3] + "AAA", token[3:], "Ä", "AQ"):
            with self.subTest(token=wrong):
                self.assertEqual(self.url_open(f"/sozial/strichliste/{wrong}").status_code, 404)
        other = self._session(self.activity, datetime(2027, 3, 8, 9), datetime(2027, 3, 8, 11))
        self._as(other, self.room_user).action_tally_link()
        self.assertEqual(self._open()[0], 200, "the positive control")
        self.now = END + timedelta(hours=3)
        self.assertEqual(self._open()[0], 404, "expired")
        self.now = END
        self._as(self.session, self.room_user).action_tally_link()
        self.env.flush_all()
        self.assertEqual(self._open()[0], 404, "a new link makes the former one useless")

    def test_a_cancelled_session_is_not_counted(self):
        self.session.action_cancel()
        self.env.flush_all()
        self.assertEqual(self._open()[0], 404)
        with self.assertRaises(UserError):
            self._as(self.session, self.room_user).action_tally_link()

    def test_the_page_says_what_is_counted_and_names_nobody(self):
        self._sheet(add=[self._line("Erika Sorgenfrei")])
        self.env.flush_all()
        answer = self.url_open(self.path)
        self.assertIn("Frühstück", answer.text)
        for word in ("Sorgenfrei", self.room_user.name):
            self.assertNotIn(word, answer.text)
        self.assertEqual((answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]), ("no-referrer", "no-store"))
