from datetime import date, datetime
from types import SimpleNamespace

from odoo.tests import tagged

from .attendance_common import BEGIN, END, AttendanceCommon

PAST_QUARTER = datetime(2027, 4, 1, 10)


@tagged("post_install", "-at_install")
class TestAttendanceSettled(AttendanceCommon):
    """What was counted stays counted, and a locked calendar quarter as it was (invariant 24), whatever is changed beside it."""

    def setUp(self):
        super().setUp()
        self.now = datetime(2027, 3, 1, 6)
        self.held = self._session(self.activity, BEGIN, END, room_id=self.kitchen.id)
        self.booking = self._as(self.held.booking_id, self.room_manager)
        self.now = datetime(2027, 3, 1, 10)

    def _lock(self, day="2027-01-01", **values):
        self.now = PAST_QUARTER
        quarters = self._as(self.env["sozial.activity.quarter"], self.room_manager)
        return quarters.create({"first_day": day, "centre_id": self.centre.id, **values})

    def _visits(self, *by):
        facts = self.env["sozial.activity.fact"].sudo()
        return facts._read_group([("company_id", "=", self.company.id), ("role", "=", "participant")], list(by), ["__count"])

    def test_a_booking_of_a_locked_quarter_stays(self):
        other = {"start": datetime(2027, 4, 5, 9), "stop": datetime(2027, 4, 5, 11)}
        self._lock()
        for step in (self.booking.action_no_show, self.booking.action_cancel, lambda: self.booking.write(other)):
            with self._told("locked"):
                step()
        self.booking.action_done()
        self.assertEqual((self.held.state, self.held.start), ("planned", BEGIN))

    def test_nothing_is_moved_into_a_locked_quarter(self):
        self._lock()
        coming = self._session(self.activity, datetime(2027, 4, 5, 9), datetime(2027, 4, 5, 11), room_id=self.kitchen.id)
        with self._told("locked"):
            self._as(coming.booking_id, self.room_manager).write({"start": datetime(2027, 3, 5, 9), "stop": datetime(2027, 3, 5, 11)})

    def test_a_suspended_booking_does_not_come_back_after_the_lock(self):
        self.booking.sudo()._set_state("suspended")
        self._lock()
        with self._told("locked"):
            self.booking.sudo()._set_state("confirmed")

    def test_what_was_counted_was_held_at_its_time(self):
        self._sheet(self.held, add=[self._line("A")])
        later = {"stop": datetime(2027, 3, 1, 12)}
        for step in (self.booking.action_no_show, self.booking.action_cancel, lambda: self.booking.write(later), self.held._cancel):
            with self._told("was counted"):
                step()
        self.booking.write({"room_id": self.left.id})
        self._sheet(self.held, remove=self.held.attendance_ids.ids)
        self.booking.action_no_show()
        self.assertEqual(self.held.state, "cancelled")

    def test_outside_the_own_rooms_too(self):
        self._sheet(counts={"participant": {"adults": 2}})
        for step in (lambda: self.session.write({"stop": datetime(2027, 3, 1, 12)}), self.session.action_cancel):
            with self._told("was counted"):
                step()
        self._lock()
        coming = self._session(self.activity, datetime(2027, 4, 5, 9), datetime(2027, 4, 5, 11))
        with self._told("locked"):
            coming.write({"start": datetime(2027, 3, 5, 9)})

    def test_a_change_of_the_series_moves_nothing_that_was_counted(self):
        wish = SimpleNamespace(start=datetime(2027, 3, 2, 9), stop=datetime(2027, 3, 2, 11), day=False, room_id=self.kitchen.id)
        self._sheet(self.held, counts={"participant": {"adults": 2}})
        with self._told("was counted"):
            self.held.booking_id._reschedule([wish], self.env["sozial.room.series"], {})

    def test_an_activity_keeps_its_centre_for_a_locked_quarter(self):
        other = self.env["sozial.centre"].create({"name": "Zweiter", "company_id": self.company.id})
        self._lock()
        with self._told("locked"):
            self.activity.centre_id = other

    def test_a_later_price_changes_no_visit(self):
        self._sheet(counts={"participant": {"adults": 2}})
        bare = self._session(self.activity, datetime(2027, 2, 8, 9), datetime(2027, 2, 8, 11))
        self.env["sozial.activity.attendance"].create({"session_id": bare.id, "name": "A"})
        late = self._session(self.activity, datetime(2027, 2, 15, 9), datetime(2027, 2, 15, 11))
        self._lock()
        self.env["sozial.activity.count"].create(
            {"session_id": late.id, "number": 1, "source": "correction", "reason": "Liste nachgereicht"}
        )
        self.activity.cost = 3
        self.assertEqual(self._visits("paid"), [("free", 4)])
        fresh = self._session(self.activity, datetime(2027, 4, 1, 9), datetime(2027, 4, 1, 10))
        self._sheet(fresh, counts={"participant": {"adults": 1}})
        self.assertEqual(dict(self._visits("paid")), {"free": 4, "paid": 1})
        with self._told("by the software"):
            self._as(fresh.sheet_ids, self.room_user).paid = "free"

    def test_hours_of_a_locked_quarter_stay(self):
        helper = self._helper()
        hours = self._as(self.env["sozial.volunteer.hour"], self.room_manager)
        one = {"volunteer_id": helper.id, "company_id": self.company.id, "minutes": 60, "centre_id": self.centre.id}
        old = hours.create({**one, "day": "2027-03-01"})
        self._lock()
        new = hours.create({**one, "day": "2027-04-01"})
        for step in (
            lambda: hours.create({**one, "day": "2027-03-31"}), lambda: old.write({"minutes": 90}),
            lambda: old.write({"day": "2027-04-01"}), lambda: new.write({"day": "2027-03-31"}), old.unlink,
        ):  # fmt: skip
            with self._told("locked"):
                step()
        old.task = "Kaffee"
        new.unlink()
        self.assertEqual((old.minutes, old.day), (60, date(2027, 3, 1)))

    def test_hours_of_a_session_are_those_of_its_list(self):
        helper = self._helper()
        hours = self._as(self.env["sozial.volunteer.hour"], self.room_user)
        one = {"volunteer_id": helper.id, "company_id": self.company.id, "day": "2027-03-01"}
        with self._told("attendance list"):
            hours.create({**one, "session_id": self.session.id})
        with self._told("attendance list"):
            hours.with_context(default_session_id=self.session.id).create(one)
        byhand = hours.create(one)
        with self._told("attendance list"):
            byhand.session_id = self.session
        self._sheet(add=[self._line("Renate", role="volunteer", volunteer_id=helper.id)])
        listed = self._as(helper.hour_ids - byhand, self.room_manager)
        for step in (lambda: listed.write({"minutes": 5}), lambda: listed.write({"session_id": False}), listed.unlink):
            with self._told("attendance list"):
                step()
        listed.task = "Kaffee"
        self.assertEqual(helper.hours_total, 3)
