import re
from datetime import date, datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .series_common import SeriesCommon

IN_TIME, TOO_LATE = datetime(2027, 3, 10), datetime(2027, 5, 1)


@tagged("post_install", "-at_install")
class TestRenewal(SeriesCommon, HttpCase):
    """A standing booking is renewed once a year, by a link whose button answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.series = cls._series(cls, is_standing=True)
        cls.series.action_book()
        cls.waiting = cls.env["res.partner"].create(
            {"name": "Skat", "email": "skat@example.com", "lang": "en_US", "company_id": cls.company.id}
        )
        cls.wish, cls.other_day = cls.env["sozial.room.waiting"].create(
            [
                {"partner_id": cls.waiting.id, "room_id": cls.kitchen.id, "weekday": "1", "time_start": 17, "time_end": 21},
                {"partner_id": cls.waiting.id, "room_id": cls.kitchen.id, "weekday": "2"},
            ]
        )

    def _cron(self, now):
        today = patch("odoo.fields.Date.context_today", lambda *_args: now.date())
        # a test does not commit
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 0)
        with patch("odoo.fields.Datetime.now", lambda *_args: now), today, progress:
            self.env["sozial.room.series"].with_context(lang="en_US")._cron_renewals()

    def _mails(self):
        return self.env["mail.mail"].search([], limit=10000)

    def test_asked_in_time_and_the_dates_are_held(self):
        self._cron(datetime(2027, 2, 1))
        self.assertFalse(self.series.renewal_state, "too early")
        before = self._mails()
        self._cron(IN_TIME)
        mail = self._mails() - before
        self.assertEqual((len(mail), self.series.renewal_state, self.series.renewal_due), (1, "asked", date(2027, 4, 9)))
        self.assertIn(f"/sozial/belegung/verlaengern/{self.series.id}/", mail.body_html)
        following = self.series.next_ids
        self.assertEqual((following.date_start, following.date_until), (date(2027, 5, 4), date(2028, 4, 27)))
        self.assertEqual(set(following.booking_ids.mapped("state")), {"requested"})
        self.assertEqual(len(following.booking_ids), 52)
        self.assertEqual(self._walls(following.booking_ids), {("Tue 18:00", "20:00")})
        self.assertIn("already taken", self._refused(self._book, day="2027-06-01 ", start="16:30:00", stop="17:00:00"))
        self._cron(IN_TIME)
        self.assertEqual(len(self.series.next_ids), 1, "asked once")

    def test_what_is_taken_is_left_out(self):
        self._book(day="2027-06-01 ", start="16:30:00", stop="17:00:00", name="Fest")
        self._cron(IN_TIME)
        self.assertEqual(len(self.series.next_ids.booking_ids), 51)
        self.assertEqual(self.series.next_ids.exception_ids.day, date(2027, 6, 1))

    def test_going_on_confirms_the_dates(self):
        self._cron(IN_TIME)
        before = self._mails()
        self.series._answer_renewal(True)
        self.assertEqual(self.series.renewal_state, "confirmed")
        self.assertEqual(set(self.series.next_ids.booking_ids.mapped("state")), {"confirmed"})
        self.assertEqual(len(self._mails() - before), 1, "one mail with all dates")
        with self.assertRaises(UserError):
            self.series._answer_renewal(False)

    def test_giving_up_frees_the_dates_and_tells_who_waits(self):
        self._cron(IN_TIME)
        before = self._mails()
        self.series._answer_renewal(False)
        self.assertEqual(set(self.series.next_ids.booking_ids.mapped("state")), {"cancelled"})
        self.assertEqual((self.wish.state, self.other_day.state), ("offered", "waiting"))
        mail = self._mails() - before
        self.assertIn("skat@example.com", mail.email_to)
        self.assertIn("Tuesday", mail.body_html)
        self.assertNotIn("Chor", mail.body_html, "who leaves is nobody's business")
        self._book(day="2027-06-01 ", start="16:30:00", stop="17:00:00")

    def test_no_answer_frees_the_dates_too(self):
        self._cron(IN_TIME)
        self._cron(TOO_LATE)
        self.assertEqual((self.series.renewal_state, self.wish.state), ("expired", "offered"))
        self.assertFalse(self._occupancy(self.series.next_ids.booking_ids))

    def test_by_hand(self):
        with self.assertRaises(AccessError):
            self._as(self.series, self.worker).action_ask_renewal()
        self.series.with_user(self.room_user).action_ask_renewal()
        self.assertEqual(self.series.renewal_state, "asked")
        with self.assertRaises(UserError):
            self.series.action_ask_renewal()
        with self.assertRaises(AccessError):
            self._as(self.series, self.room_manager).read(["renewal_token"])

    # --- the page ---

    def _path(self):
        return f"/sozial/belegung/verlaengern/{self.series.id}/{self.series.sudo().renewal_token}"

    def test_the_link_only_shows_the_button_answers(self):
        self.series.action_ask_renewal()
        self.env.flush_all()
        page = self.url_open(self._path())
        self.assertEqual(page.status_code, 200)
        self.assertIn("Chor", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.env.invalidate_all()
        self.assertEqual(self.series.renewal_state, "asked", "looking changes nothing")
        refused = self.url_open(self._path(), data={"answer": "yes"})
        self.assertEqual(refused.status_code, 400, "without the token of the form")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)
        unclear = self.url_open(self._path(), data={"csrf_token": token, "answer": "maybe"})
        self.assertEqual(unclear.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.series.renewal_state, "asked")
        answered = self.url_open(self._path(), data={"csrf_token": token, "answer": "yes"})
        self.assertEqual(answered.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.series.renewal_state, "confirmed")
        again = self.url_open(self._path(), data={"csrf_token": token, "answer": "no"})
        self.assertEqual(again.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.series.renewal_state, "confirmed", "an answer stands")

    def test_wrong_links_lead_nowhere(self):
        self.series.action_ask_renewal()
        self.env.flush_all()
        for path in (f"{self._path()}x", f"/sozial/belegung/verlaengern/{self.series.id}/x", "/sozial/belegung/verlaengern/0/x"):
            self.assertEqual(self.url_open(path).status_code, 404, path)
        unasked = self._series(room_id=self.left.id)
        self.env.flush_all()
        self.assertEqual(self.url_open(f"/sozial/belegung/verlaengern/{unasked.id}/").status_code, 404)
