from datetime import datetime

from odoo.tests import tagged

from .attendance_common import BEGIN, END, AttendanceCommon

MOST_QUERIES = 14  # as for people who are not registered


@tagged("post_install", "-at_install")
class TestAttendanceRegistered(AttendanceCommon):
    """Whoever is registered stands on the sheet, to be ticked and not to be typed."""

    def setUp(self):
        super().setUp()
        self.now = datetime(2027, 2, 20, 10)
        self.activity = self._activity("Backkurs", kind="course", registration="session", seats=30)
        self.activity.action_run()
        self.session = self._session(self.activity, BEGIN, END)
        self.other = self._session(self.activity, datetime(2027, 3, 8, 9), datetime(2027, 3, 8, 11))

    def _register(self, name, session=None, **values):
        session = self.session if session is None else session
        registered = self._as(self.env["sozial.activity.registration"], self.room_user)
        return registered.create({"activity_id": session.activity_id.id, "session_id": session.id, "name": name, **values})

    def _known(self, session=None):
        """``{name: line}`` of those whom the sheet offers."""
        sheet = self._as(session or self.session, self.room_user).get_attendance()
        return {line["name"]: line for line in sheet["known"]}

    def test_who_has_a_seat_in_this_session_is_offered(self):
        self.activity.seats = 2
        self._register("Frau Beispiel")
        kim = self._register("Kim", minor=True, parent_name="Mama", parent_consent=True)
        self._register("Wartet")
        self._register("Anderntags", self.other)
        known = self._known()
        self.assertEqual(set(known), {"Frau Beispiel", "Kim"})
        self.assertEqual([known[name]["age_group"] for name in ("Frau Beispiel", "Kim")], ["adults", "young"])
        self.assertTrue(known["Kim"]["registered"])
        kim.action_cancel()
        self.assertEqual(set(self._known()), {"Frau Beispiel"}, "the seat that is free is offered, and not taken yet")

    def test_a_course_is_registered_for_all_its_sessions(self):
        course = self._activity("Yoga", kind="course", registration="course", seats=5)
        course.action_run()
        sessions = [self._session(course, day.replace(hour=9), day.replace(hour=11)) for day in (BEGIN, datetime(2027, 3, 8))]
        registered = self._as(self.env["sozial.activity.registration"], self.room_user)
        registered.create({"activity_id": course.id, "name": "Frau Beispiel"})
        self.assertEqual([set(self._known(session)) for session in sessions], [{"Frau Beispiel"}] * 2)

    def test_the_contact_goes_along_only_if_it_is_the_person(self):
        person = self.env["res.partner"].create({"name": "Frau Beispiel", "company_id": self.company.id})
        self._register("Frau Beispiel", partner_id=person.id)
        self._register("Kind Beispiel", partner_id=person.id)
        known = self._known()
        self.assertEqual((known["Frau Beispiel"]["partner_id"], known["Kind Beispiel"]["partner_id"]), (person.id, False))

    def test_whoever_is_ticked_is_not_offered_again(self):
        person = self.env["res.partner"].create({"name": "Frau Beispiel", "company_id": self.company.id})
        self._register("Frau Beispiel", partner_id=person.id)
        line = self._known()["Frau Beispiel"]
        self.now = datetime(2027, 3, 1, 10)
        self._sheet(add=[line])
        self.assertEqual((self.session.participants, self.session.attendance_ids.partner_id), (1, person))
        self.assertFalse(self._known())

    def test_thirty_registered_in_one_request(self):
        for number in range(30):
            self._register(f"Person {number}")
        self.now = datetime(2027, 3, 1, 10)
        warm = self._session(self.activity, datetime(2027, 2, 22, 9), datetime(2027, 2, 22, 11))
        self._sheet(warm, add=[self._line("A")], counts={"participant": {"adults": 1}})  # caches of the server are warm
        session = self._as(self.session, self.room_user)
        lines = [line for line in session.get_attendance()["known"] if line.get("registered")]
        self.assertEqual(len(lines), 30)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        session.save_attendance({"add": lines, "counts": {"participant": {"adults": 1}}})
        self.env.flush_all()
        queries = self.cr.sql_log_count - before
        self.assertEqual(session.participants, 31)
        self.assertLessEqual(queries, MOST_QUERIES)
