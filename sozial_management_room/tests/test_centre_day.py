from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .attendance_common import BEGIN, END, AttendanceCommon

LATER = BEGIN + timedelta(hours=4)  # 14:00 there
# a day with three sessions in rooms, people, keys, notices; measured by the test itself
PINNED = 38


@tagged("post_install", "-at_install")
class TestCentreDay(AttendanceCommon):
    """Monday morning in the centre: 11:00 there, the clock stands still."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.centre.write({"email": "treff@example.com"})
        cls.kitchen.fee_ids = [Command.create({"name": "Kaution", "customer_group": "partner", "kind": "deposit", "amount": 50})]

    def _day(self, user=None, day=False, centre=None):
        days = self.env["sozial.centre.day"].with_user(user or self.room_user).with_context(allowed_company_ids=self.company.ids)
        return days.get_day((centre or self.centre).id, day)

    def _rows(self, page=None, room=None):
        """``{title: row}`` of a room, else of all rooms."""
        rooms = (page or self._day())["rooms"]
        return {row["title"]: row for one in rooms if room is None or one["id"] == room.id for row in one["rows"]}

    def _in_room(self, activity, start=LATER, stop=LATER + timedelta(hours=2), room=None, **values):
        """A session that holds a room."""
        return self._as(self.env["sozial.activity.session"], self.room_manager).create(
            {"activity_id": activity.id, "room_id": (room or self.left).id, "start": start, "stop": stop, **values}
        )

    def _registered(self, activity, name, session=None, user=None):
        one = self.env["sozial.activity.registration"].with_user(user or self.room_manager).with_context(
            allowed_company_ids=self.company.ids
        )
        return one.create({"activity_id": activity.id, "session_id": session.id if session else False, "name": name})

    def test_for_the_room_roles_only(self):
        self.assertTrue(self._day()["rooms"], "the positive control")
        for user in (self.frontdesk, self.worker, self.lead, self.system, self.portal, self.report):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._day(user)

    def test_rooms_by_time_in_the_clock_of_the_centre(self):
        self._book(name="Chorprobe", partner_id=self.club.id, persons=12, start="17:00:00", stop="19:00:00")
        self._book(name="Frühdienst", start="06:00:00", stop="07:00:00")
        self._book(name="Entwurf", state="draft", start="12:00:00", stop="13:00:00")
        self._book(name="Gestern", day="2027-02-28 ")
        rows = self._rows(room=self.kitchen)
        self.assertEqual(list(rows), ["Frühdienst", "Chorprobe"])
        choir = rows["Chorprobe"]
        self.assertEqual((choir["from"], choir["until"], choir["partner"], choir["persons"]), ("18:00", "20:00", self.club.name, 12))

    def test_a_booking_over_midnight_stands_on_both_days(self):
        self._book(name="Silvester", start="2027-03-01 20:00:00", stop="2027-03-02 01:00:00")
        times = [(row["from"], row["until"]) for day in ("2027-03-01", "2027-03-02") for row in self._rows(self._day(day=day)).values()
                 if row["title"] == "Silvester"]  # fmt: skip
        self.assertEqual(times, [("21:00", "24:00"), ("00:00", "02:00")])

    def test_a_session_shows_who_leads_and_who_comes(self):
        leader, stand_in = self.env["res.partner"].create([{"name": name, "company_id": self.company.id} for name in ("Meryem", "Jo")])
        course = self._activity("Kurs", registration="session", seats=5, leader_id=leader.id)
        session = self._in_room(course)
        for name in ("Anna", "Berta"):
            self._registered(course, name, session)
        row = self._rows()["Kurs"]
        self.assertEqual((row["leader"], row["stand_in"], row["state"]), ("Meryem", False, "confirmed"))
        self.assertEqual(row["registered"], {"count": 2, "names": ["Anna", "Berta"]})
        session.leader_id = stand_in
        self.assertTrue(self._rows()["Kurs"]["stand_in"])
        session.action_cancel()
        self.assertEqual(self._rows()["Kurs"]["state"], "cancelled", "people may come all the same")

    def test_a_whole_course_counts_for_each_session(self):
        course = self._activity("Kurs", registration="course", seats=5)
        self._in_room(course)
        self._registered(course, "Anna")
        self.assertEqual(self._rows()["Kurs"]["registered"], {"count": 1, "names": ["Anna"]})

    def test_who_comes_to_a_consultation_hour_is_for_whoever_leads_it(self):
        hour = self._activity(
            "Sprechstunde", kind="consultation", registration="session", slot_minutes=30, leader_id=self.room_user.partner_id.id
        )
        session = self._in_room(hour)
        self._registered(hour, "Anna", session)
        other = self._user("t_other_room_user", groups="sozial_management_room.group_sozial_room_user")
        self.assertEqual(self._rows()["Sprechstunde"]["registered"], {"count": 1, "names": ["14:00 Anna"]})
        self.assertEqual(self._rows(self._day(other))["Sprechstunde"]["registered"], {"count": 1, "names": []})

    def test_what_is_elsewhere_stands_last(self):
        rooms = self._day()["rooms"]
        self.assertFalse(rooms[-1]["id"])
        self.assertEqual([row["title"] for row in rooms[-1]["rows"]], ["Frühstück"])

    def test_check_in_key_and_deposit_are_offered_when_they_are_due(self):
        now = self._book(name="Jetzt", partner_id=self.club.id, start="09:30:00", stop="12:00:00")
        self._book(name="Abends", partner_id=self.club.id, start="17:00:00", stop="19:00:00")
        self._book(name="Eigenes", start="13:00:00", stop="14:00:00")
        rows = self._rows(room=self.kitchen)
        offered = {name: (row["may_check_in"], row["may_hand_out"], row["deposit_due"]) for name, row in rows.items()}
        self.assertEqual(
            offered, {"Jetzt": (True, True, True), "Abends": (False, True, True), "Eigenes": (False, False, False)}
        )
        self._as(now, self.room_user).action_check_in()
        self.env["sozial.room.protocol"].with_user(self.room_user).create({"booking_id": now.id, "kind": "out", "person": "Tina"})
        self.env["sozial.room.deposit"].with_user(self.room_user).create({"booking_id": now.id})
        row = self._rows()["Jetzt"]
        self.assertEqual((row["came"], row["may_check_in"], row["may_hand_out"], row["deposit_due"], row["key"]),
                         (True, False, False, False, "out"))  # fmt: skip

    def test_keys_that_are_out_and_deposits_that_wait(self):
        booking = self._book(partner_id=self.club.id, start="07:00:00", stop="08:00:00")
        key = self.env["sozial.room.protocol"].create({"booking_id": booking.id, "kind": "out", "person": "Tina", "done_at": self.now})
        self.env["sozial.room.deposit"].create({"booking_id": booking.id})
        page = self._day()
        self.assertEqual([(one["person"], one["due"], one["overdue"]) for one in page["keys"]], [("Tina", "2027-03-01T09:00", True)])
        self.assertEqual([one["partner"] for one in page["deposits"]], [self.club.name])
        self.env["sozial.room.protocol"].create({"booking_id": booking.id, "kind": "back", "person": "Tina", "done_at": self.now})
        booking.deposit_ids.settled_on = self.now.date()
        page = self._day()
        self.assertEqual((page["keys"], page["deposits"], key.back_at), ([], [], self.now))

    def test_sessions_of_the_days_before_without_attendance(self):
        day, week = timedelta(days=1), timedelta(days=8)
        yesterday = self._session(self.activity, BEGIN - day, END - day)
        self._session(self.activity, BEGIN - week, END - week)
        self.assertEqual([one["id"] for one in self._day()["uncounted"]], [yesterday.id])
        self._session(self.activity, BEGIN + day, END + day)
        self.assertEqual([one["id"] for one in self._day(day="2027-03-03")["uncounted"]], [yesterday.id], "today's is not over yet")
        self._sheet(yesterday, mode="others")
        self.assertEqual(self._day()["uncounted"], [], "nobody came: counted all the same")

    def test_closures_and_requests(self):
        self._book(state="requested", start="17:00:00", stop="18:00:00")
        closure = self.env["sozial.room.closure"].create(
            {"name": "Wasserschaden", "centre_id": self.centre.id, "start": "2027-03-01 20:00:00"}
        )
        self.assertEqual(self._day()["closures"], [], "only planned")
        closure.action_activate()
        self.assertEqual([one["name"] for one in self._day(day="2027-05-01")["closures"]], ["Wasserschaden"], "until further notice")
        self.assertEqual(self._day()["requests"], 1)

    def test_a_day_that_is_none_is_refused_with_a_message(self):
        with self._told("übermorgen"):
            self._day(day="übermorgen")

    def test_two_companies_see_nothing_of_each_other(self):
        stranger = self._user("t_day_stranger", groups="sozial_management_room.group_sozial_room_manager", company=self.other_company)
        days = self.env["sozial.centre.day"].with_user(stranger).with_context(allowed_company_ids=self.other_company.ids)
        page = days.get_day(self.centre.id)
        self.assertEqual(page, {"user": stranger.name, "centres": [], "centre_id": False, "may_create": True})

    def test_the_list_of_what_to_set_up(self):
        self.assertIsNone(self._day()["set_up"], "for those who set up")

        def missing():
            return {step["key"] for step in self._day(self.room_manager)["set_up"] if not step["done"]}

        self.assertEqual(
            missing(), {"contact", "hours", "holidays", "terms", "conditions", "prices", "doors", "programme"}
        )
        calendar = self.env["resource.calendar"].create({"name": "Öffnung", "company_id": self.company.id})
        self.centre.write(
            {"partner_id": self.club.id, "manager_id": self.room_manager.id, "calendar_id": calendar.id, "holiday_state": "NI",
             "terms": "<p>Ruhe ab 22 Uhr.</p>"}
        )  # fmt: skip
        self.kitchen.action_door_renew()
        self.activity.published = True
        self.assertEqual(missing(), {"conditions", "prices"}, "one room has prices, the others have none")
        for room in self.centre.room_ids:
            room.condition_ids = [Command.create({"customer_group": "tenant"})]
            room.fee_ids = [Command.create({"name": "Nutzung", "customer_group": "tenant", "amount": 0})]
        self.assertEqual(missing(), set())
        self.centre.write({"terms": "<p><br></p>"})
        self.assertEqual(missing(), {"terms"}, "an empty editor is no house rule")

    def test_a_link_to_mend_each(self):
        for step in self._day(self.room_manager)["set_up"]:
            with self.subTest(step=step["key"]):
                action = step["action"]
                records = self.env[action["res_model"]].with_user(self.room_manager)
                self.assertTrue(records.has_access("write"))
                domain = action.get("domain") or [("id", "=", action["res_id"])]
                self.assertTrue(records.search(domain).filtered(lambda one: one == self.centre or one.centre_id == self.centre))

    def test_the_door_is_a_link_for_the_management(self):
        self.kitchen.action_door_renew()
        doors = {user: {room["name"]: room["door"] for room in self._day(user)["rooms"]} for user in (self.room_user, self.room_manager)}
        self.assertEqual(set(doors[self.room_user].values()), {False})
        self.assertIn("/sozial/tuer/", doors[self.room_manager]["Küche"])
        self.assertFalse(doors[self.room_manager]["Links"])

    def test_queries_do_not_grow(self):
        course = self._activity("Kurs", registration="session", seats=9)

        def grow(number, offset):
            for index in range(number):
                start = BEGIN.replace(hour=offset + index, minute=0)
                session = self._in_room(course, start, start + timedelta(minutes=50))
                self._registered(course, f"P{index}", session)
                booking = self._book(self.right, f"{offset + index:02}:00:00", f"{offset + index:02}:50:00", partner_id=self.club.id)
                self.env["sozial.room.protocol"].create({"booking_id": booking.id, "kind": "out", "person": "Tina", "done_at": self.now})
                self.env["sozial.room.deposit"].create({"booking_id": booking.id, "amount": 10})
                self.env["sozial.centre.notice"].create({"centre_id": self.centre.id, "text": "Aufzug"})
                day = timedelta(days=1 + index)
                self._session(self.activity, start - day, start - day + timedelta(minutes=50))
            self.env.flush_all()

        def asked():
            for _turn in range(2):
                self.env.invalidate_all()
                begin = self.cr.sql_log_count
                self._day(self.room_manager)
                used = self.cr.sql_log_count - begin
            return used

        grow(2, 11)
        used = asked()
        grow(4, 14)
        self.assertEqual(asked(), used, "more rows, not more queries")
        self.assertEqual(used, PINNED)
