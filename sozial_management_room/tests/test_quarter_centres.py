from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attendance_common import AttendanceCommon

PAST_QUARTER = datetime(2027, 5, 1, 10)
FIRST = date(2027, 1, 1)


@tagged("post_install", "-at_install")
class TestQuarterCentres(AttendanceCommon):
    """Each centre locks its calendar quarter when it is ready; what is published of all locks it for all."""

    def setUp(self):
        super().setUp()
        self.north = self.env["sozial.centre"].create({"name": "Nordtreff", "company_id": self.company.id})
        self.walk = self._activity("Spaziergang", self.north)
        self.outside = self._session(self.walk, datetime(2027, 3, 1, 9), datetime(2027, 3, 1, 11), place="Am Tor")
        self._sheet(counts={"participant": {"adults": 12}})
        self.now = PAST_QUARTER
        self.quarters = self._as(self.env["sozial.activity.quarter"], self.room_manager)

    def _lock(self, centre, **values):
        return self.quarters.create({"centre_id": centre.id, "first_day": "2027-02-14", **values})

    def _dialog(self, user=None, **values):
        locks = self._as(self.env["sozial.activity.quarter.lock"], user or self.room_manager)
        return locks.create({"first_day": "2027-02-14", **values})

    def _publish(self, centre=None):
        releases = self._as(self.env["sozial.figure.release"], self.report)
        return releases._publish("sozial.activity.fact", "visits", "paid", False, 2027, "1", centre and ["centre_id", centre.id])

    def test_each_centre_locks_its_own(self):
        quarter = self._lock(self.centre)
        self.assertEqual((quarter.company_id, quarter.first_day, quarter.user_id), (self.company, FIRST, self.room_manager))
        with self._told("locked"):
            self._sheet(counts={"participant": {"adults": 13}}, seen={"participant": {"adults": 12}})
        self._sheet(self.outside, counts={"participant": {"adults": 3}})
        self.assertEqual(self.outside.participants, 3, "a session outside the own rooms is one of the centre of its activity")
        self._lock(self.north)
        with self._told("locked"):
            self._sheet(self.outside, counts={"participant": {"adults": 4}}, seen={"participant": {"adults": 3}})

    def test_a_correction_needs_the_lock_of_the_own_centre(self):
        self._lock(self.centre)
        counts = self._as(self.env["sozial.activity.count"], self.room_manager)
        correction = {"number": 1, "source": "correction", "reason": "Liste nachgereicht"}
        with self._told("not locked"):
            counts.create({**correction, "session_id": self.outside.id})
        counts.create({**correction, "session_id": self.session.id})
        self.assertEqual(self.session.participants, 13)

    @mute_logger("odoo.sql_db")
    def test_once_for_a_centre_and_once_for_all(self):
        self._lock(self.centre)
        self._lock(self.north)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._lock(self.centre)
        whole = {"company_id": self.company.id, "first_day": FIRST}
        self.env["sozial.activity.quarter"].sudo().create(whole)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["sozial.activity.quarter"].sudo().create(whole)

    def test_people_lock_a_centre_and_one_of_their_own(self):
        away = self.env["sozial.centre"].create({"name": "Anderswo", "company_id": self.other_company.id})
        for centre in (False, away.id, away.id + 1000):
            with self.subTest(centre=centre), self._told("one centre of your company"):
                self.quarters.create({"first_day": FIRST, "centre_id": centre})
        self.assertFalse(self.env["sozial.activity.quarter"].sudo().search([("company_id", "=", self.other_company.id)], limit=1))

    def test_what_is_published_of_all_is_locked_for_all_and_for_ever(self):
        """Hours of no centre, and a centre that comes later, too: the total is told."""
        self._lock(self.centre)
        helper = self._helper()
        hour = {"volunteer_id": helper.id, "company_id": self.company.id, "minutes": 60, "day": "2027-03-01"}
        hours = self._as(self.env["sozial.volunteer.hour"], self.room_manager)
        old = hours.create(hour)
        self._publish()
        later = self.env["sozial.centre"].create({"name": "Neubau", "company_id": self.company.id})
        late = self._session(self._activity("Richtfest", later), datetime(2027, 3, 2, 9), datetime(2027, 3, 2, 10))
        for step in (
            lambda: self._sheet(self.outside, counts={"participant": {"adults": 1}}),
            lambda: self._sheet(late, counts={"participant": {"adults": 1}}),
            lambda: hours.create(hour), lambda: old.write({"minutes": 30}), lambda: hours.create({**hour, "centre_id": later.id}),
        ):  # fmt: skip
            with self._told("locked"):
                step()

    def test_what_is_published_of_one_centre_locks_that_one(self):
        self._publish(self.centre)
        with self._told("locked"):
            self._sheet(counts={"participant": {"adults": 13}}, seen={"participant": {"adults": 12}})
        self._sheet(self.outside, counts={"participant": {"adults": 9}})
        self.assertEqual(self.quarters.search([("company_id", "=", self.company.id)]).centre_id, self.centre)
        self._publish()
        whole = self.quarters.search([("company_id", "=", self.company.id), ("centre_id", "=", False)])
        self.assertEqual((whole.first_day, whole.user_id), (FIRST, self.report))

    def test_nothing_is_brought_to_a_centre_that_is_locked(self):
        self._sheet(self.outside, counts={"participant": {"adults": 3}})
        hours = self._as(self.env["sozial.volunteer.hour"], self.room_manager)
        one = hours.create(
            {"volunteer_id": self._helper().id, "company_id": self.company.id, "day": "2027-03-01", "centre_id": self.north.id}
        )
        self._lock(self.centre)
        with self._told("locked"), self.env.cr.savepoint():
            self.walk.centre_id = self.centre
        with self._told("locked"), self.env.cr.savepoint():
            one.centre_id = self.centre
        third = self.env["sozial.centre"].create({"name": "Dritter", "company_id": self.company.id})
        self.walk.centre_id = third
        self.assertEqual(self.outside.centre_id, third, "between centres that still count it may move")

    def test_the_complete_centres_are_locked_together(self):
        dialog = self._dialog()
        self.assertEqual((dialog.complete_ids, dialog.missing_ids, dialog.uncounted), (self.centre, self.north, 1))
        self.assertEqual(dialog.period, "Q1 2027")
        shown = dialog.action_view_uncounted()
        self.assertEqual(self.env[shown["res_model"]].search(shown["domain"]), self.outside)
        dialog.action_lock()
        self.assertEqual(self.quarters.search([("company_id", "=", self.company.id)]).centre_id, self.centre)
        with self._told("no centre is complete"):
            self._dialog().action_lock()
        self._sheet(self.outside, counts={"participant": {"adults": 3}})
        self._dialog().action_lock()
        after = self._dialog()
        self.assertEqual((after.complete_ids | after.missing_ids, after.locked_ids), (self.env["sozial.centre"], self.centre | self.north))

    def test_what_was_not_held_need_not_be_counted(self):
        self.now = datetime(2027, 2, 1, 10)
        self.outside.action_cancel()
        bare = self._session(self.walk, datetime(2027, 3, 8, 9), datetime(2027, 3, 8, 10))
        late = self._session(self.walk, datetime(2027, 3, 31, 22, 30), datetime(2027, 3, 31, 23))  # 1 April there
        self.now = PAST_QUARTER
        self.assertEqual(self._dialog().uncounted, 1)
        self.env["sozial.activity.attendance"].create({"session_id": bare.id, "name": "A"})
        self.assertEqual(self._dialog().complete_ids, self.centre | self.north)
        self.assertFalse(late.counted)

    def test_the_dialog_is_for_the_management_and_for_a_quarter_that_is_over(self):
        for user in (self.room_user, self.report, self.lead, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._dialog(user)
        self.now = datetime(2027, 3, 20, 10)
        with self._told("lasts until"):
            self._dialog().action_lock()

    def test_two_companies_do_not_mix(self):
        away = self.env["sozial.centre"].create({"name": "Anderswo", "company_id": self.other_company.id})
        dialog = self._dialog()
        self.assertNotIn(away, dialog.complete_ids | dialog.missing_ids | dialog.locked_ids)
        stranger = self._user("t_lock_stranger", groups="sozial_management_room.group_sozial_room_manager", company=self.other_company)
        self.assertEqual(self._dialog(stranger).complete_ids, away)
        quarter = self._lock(self.centre)
        self.assertFalse(self._as(self.env["sozial.activity.quarter"], stranger).search([("id", "=", quarter.id)]))

    def test_who_publishes_is_told_what_is_not_locked_yet(self):
        reports = self._as(self.env["sozial.activity.report"], self.report)
        request = self._as(self.env["sozial.figure.request"], self.report)
        asked = {"measure": "sozial.activity.fact:visits", "rows": "paid", "year": "2027", "quarter": "1"}
        self._lock(self.centre)
        for pending in (
            reports.create({"year": "2027", "quarter": "1"}).pending, request.create(asked).pending,
            reports.create({"year": "2027", "quarter": "1", "centre": str(self.north.id)}).pending,
        ):  # fmt: skip
            self.assertIn(self.north.name, pending)
            self.assertNotIn(self.centre.name, pending)
        self.assertFalse(reports.create({"year": "2027", "quarter": "1", "centre": str(self.centre.id)}).pending)
        self._lock(self.north)
        self.assertFalse(request.create(asked).pending)

    def test_nobody_is_told_the_centres_of_another_company(self):
        self.env["sozial.centre"].create({"name": "Anderswo", "company_id": self.other_company.id})
        reports = self._as(self.env["sozial.activity.report"], self.report)
        chosen = {"year": "2027", "quarter": "1", "company_id": self.other_company.id}
        self.assertFalse(reports.new(chosen).pending, "as the form does that is not saved yet")
        own = reports.new({**chosen, "company_id": self.company.id}).pending
        self.assertIn(self.north.name, own, "the positive control")

    def test_the_comparison_tells_which_numbers_still_move(self):
        self._sheet(self.outside, counts={"participant": {"adults": 3}})
        self._lock(self.centre)
        rows = self._as(self.env["sozial.activity.comparison"], self.room_manager)
        mine = [("company_id", "=", self.company.id), ("year", "=", "2027")]
        found = rows._read_group(mine, ["centre_id", "settled"], ["visits:sum"])
        self.assertEqual(set(found), {(self.centre, "locked", 12), (self.north, "open", 3)})

    def test_a_centre_that_closed_counts_while_it_has_sessions(self):
        self.north.active = False
        pending = self.env["sozial.activity.quarter"]._centres_not_locked(self.company, FIRST, date(2027, 4, 1))
        self.assertEqual(pending, self.centre | self.north)
        self.env["sozial.centre"].create({"name": "Leer", "company_id": self.company.id, "active": False})
        again = self.env["sozial.activity.quarter"]._centres_not_locked(self.company, FIRST, date(2027, 4, 1))
        self.assertEqual(again, self.centre | self.north)
