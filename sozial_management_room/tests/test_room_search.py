from datetime import date, datetime
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import RoomCommon

FIRST_TUESDAY = date(2027, 3, 2)
# search, its links, rooms, their parts, centres, hours, what is taken, the mark and the lines of both lists
PINNED_SEARCH = 14


@tagged("post_install", "-at_install")
class TestRoomSearch(RoomCommon):
    """»A room for 20 with step-free access on three Tuesdays«"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.hall | cls.left).step_free = True
        searches = cls.env["sozial.room.search"].with_user(cls.room_user)
        cls.searches = searches.with_context(allowed_company_ids=cls.company.ids, lang="en_US")

    def _search(self, **values):
        search = self.searches.create(
            {"day": FIRST_TUESDAY, "time_start": 18, "time_end": 20, "weeks": 3, "centre_ids": [Command.set(self.centre.ids)], **values}
        )
        search.action_search()
        return search

    def _found(self, search):
        return [(fit.room_id, fit.free_count) for fit in search.room_fit_ids]

    def test_a_room_for_20_with_step_free_access_on_three_tuesdays(self):
        search = self._search(persons=20, step_free=True)
        self.assertEqual(self._found(search), [(self.left, 3), (self.hall, 3)], "the smallest that is big enough comes first")
        self._book(self.right, start="17:30:00", stop="18:00:00", day="2027-03-09 ")  # 18:30 there, and half of the hall
        search.action_search()
        self.assertEqual(self._found(search), [(self.left, 3), (self.hall, 2)])
        self.assertRegex(search.room_fit_ids[1].remark, r"^\S+ \S*09\S*: taken$")
        by_date = [(fit.start.day, fit.room_id) for fit in search.date_fit_ids]
        self.assertEqual(by_date, [(2, self.left), (2, self.hall), (9, self.left), (16, self.left), (16, self.hall)])

    def test_features_and_single_dates(self):
        feature = self.env["sozial.room.feature"].create({"name": "Theremin"})
        self.kitchen.feature_ids += feature
        self.kitchen.setup_minutes = 30
        self._book(self.kitchen, start="08:00:00", stop="08:40:00", setup_minutes=0)  # 9:00 to 9:40 there
        lines = [Command.create({"day": "2027-03-01", "time_start": hour, "time_end": hour + 1}) for hour in (10, 11)]
        search = self._search(weeks=1, feature_ids=[Command.set(feature.ids)], date_ids=lines)
        self.assertEqual(self._found(search), [(self.kitchen, 2)], "at 10:00 there is no time to set up")
        self.assertEqual([fit.start for fit in search.date_fit_ids], [datetime(2027, 3, 1, 10), datetime(2027, 3, 2, 17)])

    def test_holidays_and_hours_are_said_but_staff_may_book(self):
        self.centre.holiday_state = "TH"
        search = self._search(day=date(2027, 3, 29), weeks=1)  # Easter Monday
        self.assertEqual({fit.remark for fit in search.date_fit_ids}, {"public holiday: Ostermontag"})
        self.assertEqual(len(search.room_fit_ids), 4)

    def test_closed_rooms_are_not_found(self):
        closure = self.env["sozial.room.closure"].create(
            {
                "name": "Wasserschaden", "centre_id": self.centre.id, "room_ids": [Command.set(self.hall.ids)],
                "start": "2027-03-02 00:00:00", "stop": "2027-03-03 00:00:00",
            }
        )  # fmt: skip
        closure.action_activate()
        search = self._search(weeks=1)
        self.assertEqual(search.room_fit_ids.room_id, self.kitchen)

    def test_book_what_was_found(self):
        self._book(self.hall, start="17:00:00", stop="18:00:00", day="2027-03-09 ")
        self.hall.condition_ids = [Command.create({"customer_group": "partner", "mode": "request"})]
        search = self._search(persons=50, name="Konzert", partner_id=self.club.id)
        action = search.room_fit_ids.action_book()
        booked = self.env["sozial.room.booking"].search(action["domain"], order="start")
        self.assertEqual(booked.mapped("start"), [datetime(2027, 3, 2, 17), datetime(2027, 3, 16, 17)])
        self.assertEqual((set(booked.mapped("state")), booked.room_id, booked.partner_id), ({"requested"}, self.hall, self.club))
        with self.assertRaises(IntegrityError):
            search.date_fit_ids[0].action_book()

    def test_staff_books_directly_unless_the_room_says_otherwise(self):
        search = self._search(weeks=1)
        line = search.date_fit_ids.filtered(lambda fit: fit.room_id == self.kitchen)
        booking = self.env["sozial.room.booking"].browse(line.action_book()["res_id"])
        self.assertEqual((booking.state, booking.user_id), ("confirmed", self.room_user))

    def test_what_cannot_be_searched(self):
        with self.assertRaisesRegex(UserError, "at most 60 dates"):
            self._search(weeks=60, date_ids=[Command.create({"day": "2027-03-01"})])
        with self.assertRaisesRegex(UserError, "two different times"):
            self._search(time_end=18)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._search(persons=-1)
        self.assertFalse(self._search(persons=9999).room_fit_ids)

    def test_who_searches_and_what_they_see(self):
        search = self._search()
        with self.assertRaises(AccessError):
            search.with_user(self.room_manager).read(["persons"])
        with self.assertRaises(AccessError):
            self.env["sozial.room.search"].with_user(self._user("t_no_rooms", groups="base.group_user")).create({})
        other = self.env["sozial.centre"].sudo().create({"name": "Anderswo", "company_id": self.other_company.id})
        self.env["sozial.room"].sudo().create({"name": "Fremder Raum", "centre_id": other.id, "capacity": 20})
        everywhere = self.searches.create({"day": FIRST_TUESDAY})
        everywhere.action_search()
        self.assertTrue(everywhere.room_fit_ids)
        self.assertEqual(everywhere.room_fit_ids.room_id.company_id, self.company)

    def test_queries_do_not_grow_with_rooms_and_dates(self):
        def count(**values):
            search = self.searches.create({"day": FIRST_TUESDAY, **values})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            search.action_search()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count()
        few = count(weeks=1)
        self.env["sozial.room"].create([{"name": f"R{number}", "centre_id": self.centre.id} for number in range(6)])
        many = count(weeks=4)
        self.assertEqual((few, many), (PINNED_SEARCH, PINNED_SEARCH))


@tagged("post_install", "-at_install")
class TestRoomSearchTour(RoomCommon, HttpCase):
    def test_found_and_booked_on_a_phone(self):
        self._book(self.left, start="17:00:00", stop="18:00:00", day="2027-03-15 ")
        self.browser_size, self.touch_enabled = "390x844", True
        self.startPatcher(patch.object(fields.Date, "context_today", lambda *args, **kwargs: date(2027, 3, 15)))
        self.start_tour("/odoo/room-search", "sozial_room_search_tour", login=self.room_user.login)
        booking = self.env["sozial.room.booking"].search([("name", "=", "Chorprobe"), ("room_id", "=", self.right.id)])
        self.assertEqual((booking.start, booking.stop), (datetime(2027, 3, 15, 17), datetime(2027, 3, 15, 19)))
        self.assertEqual(booking.state, "confirmed")
