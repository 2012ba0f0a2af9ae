from datetime import datetime, timedelta
from unittest.mock import patch

from lxml import html

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import MONDAY, RoomCommon

DAY = MONDAY.strip()
NOW = datetime(2027, 2, 15, 8)


@tagged("post_install", "-at_install")
class TestRoomPortal(RoomCommon, HttpCase):
    """Partner organisations and tenants book in the portal, and see nothing of each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.singer = cls._portal_user("t_singer", cls.club)
        cls.other_club = cls.env["res.partner"].create(
            {"name": "Skatfreunde", "is_company": True, "company_id": cls.company.id}
        )
        cls.stranger = cls._portal_user("t_stranger", cls.other_club)

    @classmethod
    def _portal_user(cls, login, organisation):
        user = new_test_user(
            cls.env, login, groups="base.group_portal", company_id=cls.company.id, company_ids=[(6, 0, cls.company.ids)]
        )
        user.partner_id.write({"parent_id": organisation.id, "company_id": cls.company.id})
        return user

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(fields.Datetime, "now", lambda: NOW))
        self.startPatcher(patch.object(fields.Date, "context_today", lambda *args, **kwargs: NOW.date()))

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _post(self, url, **values):
        page = self.url_open("/my/rooms/%s" % self.kitchen.id).text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(url, data={**values, "csrf_token": token})

    def _ask(self, room=None, **values):
        room = room or self.left
        form = {"day": DAY, "start": "18:00", "stop": "20:00", "name": "Chorprobe", "persons": "12", **values}
        return self._post(f"/my/rooms/{room.id}/book", **form)

    def _bookings(self):
        return self.env["sozial.room.booking"].search([("centre_id", "=", self.centre.id)])

    def test_the_same_time_in_several_weeks(self):
        self._book(self.left, start="17:30:00", stop="18:00:00", day="2027-03-08 ")
        self.centre.holiday_state = "TH"  # Easter Monday is the fifth one
        self._login(self.singer)
        page = html.fromstring(self.url_open(f"/my/rooms?day={DAY}&start=18:00&stop=20:00&weeks=5").text)
        free = {}
        for offer in page.xpath("//a[contains(@class, 'list-group-item')]"):
            dates = offer.xpath(".//div[contains(@class, 'o_room_dates')]/span[contains(@class, 'badge')]")
            free[offer.xpath(".//span")[0].text] = ["text-bg-success" in date.get("class") for date in dates]
        self.assertEqual(free["Küche"], [True, True, True, True, False])
        self.assertEqual(free["Links"], free["Saal"], "half of the hall is taken")
        self.assertEqual(free["Links"], [True, False, True, True, False])
        self.assertEqual(list(free)[-2:], ["Links", "Saal"], "those that are free more often come first")
        for weeks in ("x", "0", "999"):
            self.assertEqual(self.url_open(f"/my/rooms?day={DAY}&start=18:00&stop=20:00&weeks={weeks}").status_code, 200)

    def test_an_organisation_asks_for_a_room_and_gives_it_back(self):
        self._login(self.singer)
        answer = self._ask()
        booking = self._bookings()
        self.assertEqual((booking.state, booking.partner_id), ("requested", self.singer.partner_id))
        self.assertEqual(booking.start, datetime(2027, 3, 1, 17))  # 18:00 there
        self.assertIn("alert-success", answer.text)
        self.assertIn("Chorprobe", self.url_open("/my/bookings").text)
        self._post(f"/my/bookings/{booking.id}/cancel")
        self.env.invalidate_all()
        self.assertEqual(booking.state, "cancelled")

    def test_a_room_without_conditions_is_booked_directly_if_the_centre_says_so(self):
        self.left.condition_ids = [(0, 0, {"customer_group": "partner", "mode": "direct"})]
        self._login(self.singer)
        self.assertIn("alert-success", self._ask().text)
        self.assertEqual(self._bookings().state, "confirmed")

    def test_a_taken_slot_is_refused_with_the_slot_and_the_form_kept(self):
        self._book(self.hall, start="17:00:00", stop="18:00:00", name="Geheimtreffen")
        self._login(self.singer)
        answer = self._ask()
        self.assertIn("Links", answer.text)
        self.assertIn('value="Chorprobe"', answer.text)
        self.assertNotIn("Geheimtreffen", answer.text)
        self.assertEqual(len(self._bookings()), 1)

    def test_free_times_leave_out_what_is_taken_and_do_not_say_by_whom(self):
        self._book(self.hall, start="09:00:00", stop="11:00:00", name="Geheimtreffen")
        self._login(self.singer)
        page = self.url_open(f"/my/rooms/{self.left.id}?day={DAY}").text
        self.assertIn("00:00 – 10:00", " ".join(page.split()))
        self.assertIn("12:00 – 24:00", " ".join(page.split()))
        self.assertNotIn("Geheimtreffen", page)

    def test_the_search_says_which_rooms_are_free(self):
        self._book(self.hall, start="17:00:00", stop="19:00:00")
        self._login(self.singer)
        page = self.url_open(f"/my/rooms?day={DAY}&start=18:00&stop=20:00&persons=30").text
        self.assertIn("badge text-bg-secondary", page)
        self.assertNotIn(f"/my/rooms/{self.left.id}?", page)  # holds 20

    def test_missing_or_wrong_entries_are_named(self):
        self._login(self.singer)
        problems = set()
        for values in ({"name": " "}, {"start": "25:99"}, {"day": "tomorrow"}, {"persons": "many"}, {"persons": "500"}):
            page = html.fromstring(self._ask(**values).text)
            (problem,) = page.xpath("//div[@role='alert']/text()")
            problems.add(problem)
        self.assertEqual(len(problems), 5)  # each says something else
        self.assertFalse(self._bookings())

    def test_another_organisation_sees_and_cancels_nothing(self):
        self._login(self.singer)
        self._ask()
        booking = self._bookings()
        self.assertTrue(booking.with_user(self.singer).has_access("read"))
        self._login(self.stranger)
        self.assertNotIn("Chorprobe", self.url_open("/my/bookings").text)
        self.assertTrue(self.url_open(f"/my/bookings/{booking.id}").url.endswith("/my/bookings"))
        self._post(f"/my/bookings/{booking.id}/cancel")
        self.env.invalidate_all()
        self.assertEqual(booking.state, "requested")
        with self.assertRaises(AccessError):
            booking.with_user(self.stranger)._portal_cancel()

    def test_who_leaves_an_organisation_loses_its_bookings_at_once(self):
        booking = self._book(partner_id=self.club.id, terms_accepted=True)
        mine = booking.with_user(self.singer)
        self.assertTrue(mine.has_access("read"))
        self.singer.partner_id.parent_id = self.other_club
        self.assertFalse(mine.has_access("read"))

    def test_what_is_no_longer_in_use_is_not_offered(self):
        room, centre = self.kitchen.with_user(self.singer), self.centre.with_user(self.singer)
        self.assertTrue(room.has_access("read"))
        self.assertTrue(centre.has_access("read"))
        self.kitchen.active = False
        self.assertFalse(room.has_access("read"))
        self.assertTrue(self.left.with_user(self.singer).has_access("read"))
        self.centre.active = False
        self.assertFalse(centre.has_access("read"))
        self.assertFalse(self.left.with_user(self.singer).has_access("read"))

    def test_the_staff_s_remarks_stay_with_the_staff(self):
        booking = self._book(partner_id=self.club.id, note="zahlt nie")
        with self.assertRaises(AccessError):
            booking.with_user(self.singer).read(["note"])
        self.assertEqual(booking.with_user(self.room_user).read(["note"])[0]["note"], "zahlt nie")

    def test_portal_users_write_nothing_themselves(self):
        booking = self._book(partner_id=self.club.id)
        bookings = booking.with_user(self.singer)
        for step in (
            lambda: bookings.write({"name": "x"}), bookings.unlink, bookings.action_cancel, bookings.action_confirm,
            lambda: bookings.create({"name": "x", "room_id": self.left.id, "start": "2027-03-01 10:00:00", "stop": "2027-03-01 11:00:00"}),
            lambda: self.env["sozial.room.occupancy"].with_user(self.singer).search([], limit=1),
        ):  # fmt: skip
            with self.assertRaises(AccessError):
                step()

    def test_a_get_changes_nothing(self):
        self._login(self.singer)
        self._ask()
        booking = self._bookings()
        self.url_open(f"/my/bookings/{booking.id}/cancel")
        self.url_open(f"/my/rooms/{self.left.id}/book?day={DAY}&start=10:00&stop=11:00&name=x&persons=1")
        self.env.invalidate_all()
        self.assertEqual((self._bookings(), booking.state), (booking, "requested"))

    def test_the_pages_cost_the_same_for_many_bookings(self):
        self._book(partner_id=self.club.id)
        self._login(self.singer)
        self.url_open("/my/bookings")
        counts = []
        for turn in range(2):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.url_open(f"/my/rooms?day={DAY}")
            self.url_open("/my/bookings")
            counts.append(self.env.cr.sql_log_count - before)
            if not turn:
                for hour in range(10, 20):
                    self._book(self.right, start=f"{hour}:00:00", stop=f"{hour}:30:00", partner_id=self.club.id)
        self.assertLessEqual(counts[1], counts[0])

    def test_a_past_day_falls_back_to_today(self):
        self._login(self.singer)
        page = self.url_open(f"/my/rooms?day={(NOW - timedelta(days=9)).date()}").text
        self.assertIn(f'value="{NOW.date()}"', page)
