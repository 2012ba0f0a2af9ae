from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attendance_common import BEGIN, END, AttendanceCommon

MOST_QUERIES = 14  # the brief: 30 people in one request under 15
PAST_QUARTER = datetime(2027, 4, 1, 10)


@tagged("post_install", "-at_install")
class TestAttendance(AttendanceCommon):
    """Names, numbers, or both; nobody twice; and an end of it once the calendar quarter is locked."""

    def test_names_and_guests(self):
        self._sheet(
            add=[self._line("Frau Beispiel"), self._line("Herr Muster", group="older")],
            counts={"participant": {"adults": 2, "children": 3}},
        )
        sheet = self._as(self.session, self.room_user).get_attendance()
        self.assertEqual((sheet["mode"], len(sheet["named"])), ("others", 2))
        self.assertEqual(
            self._people(), {("participant", "adults"): 3, ("participant", "older"): 1, ("participant", "children"): 3}
        )
        self.assertEqual((self.session.participants, self.session.volunteers, self.session.counted), (7, 0, True))

    def test_everybody_counted_and_names_beside_it_count_once(self):
        self._sheet(mode="everybody", add=[self._line("A"), self._line("B")], counts={"participant": {"adults": 5}})
        self.assertEqual(self.session.participants, 5)
        with self._told("3 names.*2"):
            self._sheet(add=[self._line("C")], counts={"participant": {"adults": 2}}, seen={"participant": {"adults": 5}})
        self._sheet(mode="others")
        self.assertEqual(self.session.participants, 7)

    def test_nobody_stands_on_the_list_twice(self):
        helper = self._helper()
        self._sheet(add=[self._line("Frau Beispiel"), self._line("Renate", role="volunteer", volunteer_id=helper.id)])
        for line in (
            self._line(" frau beispiel "),
            self._line("Wer anders", partner_id=helper.partner_id.id),
            self._line("Wer anders", role="volunteer", volunteer_id=helper.id),
        ):
            with self.subTest(line=line), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self._sheet(add=[line])
        self.assertEqual((self.session.participants, self.session.volunteers), (1, 1))

    def test_nobody_came_is_another_thing_than_not_counted(self):
        self.assertFalse(self.session.counted)
        self._sheet()
        self.assertEqual((self.session.counted, self.session.participants), (True, 0))

    def test_what_does_not_take_place_or_is_to_come_is_not_counted(self):
        self.session.action_cancel()
        with self._told("does not take place"):
            self._sheet(counts={"participant": {"adults": 2}})
        with self._told("does not take place"):
            self._sheet()
        self.session = self._session(self.activity, BEGIN, END)
        self.now = datetime(2027, 3, 1, 6, 59)
        with self._told("not begun"):
            self._sheet(add=[self._line("A")])
        self.now = datetime(2027, 3, 1, 7)
        self._sheet(add=[self._line("A")])

    def test_ticks_are_taken_back_and_age_groups_changed(self):
        named = self._sheet(add=[self._line("A"), self._line("B")])["named"]
        sheet = self._sheet(remove=[named[0]["id"]], change=[{"id": named[1]["id"], "age_group": "young"}])
        self.assertEqual([(line["name"], line["age_group"]) for line in sheet["named"]], [("B", "young")])
        other = self._session(self.activity, datetime(2027, 2, 22, 9), datetime(2027, 2, 22, 11))
        for values in ({"remove": [named[1]["id"]]}, {"change": [{"id": named[1]["id"], "age_group": "older"}]}):
            with self.subTest(values=values), self._told("changed meanwhile"):
                self._sheet(other, **values)

    def test_a_row_stays_with_its_session(self):
        self._sheet(add=[self._line("A")])
        other = self._session(self.activity, datetime(2027, 2, 22, 9), datetime(2027, 2, 22, 11))
        with self.assertRaises(UserError):
            self.session.attendance_ids.session_id = other
        with self._told("stays with its session"):
            self.session.sheet_ids.session_id = other
        for name, value in (("counted_by", self.room_manager.id), ("counted_at", self.now), ("tally_until", self.now)):
            with self.subTest(name=name), self._told("by the software"):
                self._as(self.session.sheet_ids, self.room_user).write({name: value})

    def test_what_others_counted_meanwhile_stays(self):
        self._sheet(counts={"participant": {"adults": 4}})
        self._sheet(counts={"participant": {"adults": 6}}, seen={"participant": {"adults": 4}})
        self._sheet(counts={"participant": {"adults": 5}}, seen={"participant": {"adults": 4}})  # had it open all the time
        self.assertEqual(self.session.participants, 7)

    def test_bad_numbers_and_names_are_refused_whole(self):
        for number in (-1, 2001, 1.5, "3", True):
            with self.subTest(number=number), self._told("whole number"):
                self._sheet(add=[self._line("A")], counts={"participant": {"adults": number}})
        for line in (self._line(" "), self._line("A", role="boss"), self._line("A", group="?"), self._line(7)):
            with self.subTest(line=line), self.assertRaises(UserError):
                self._sheet(add=[self._line("B"), line])
        with self._told("list"):
            self._sheet(add="A")
        for values, told in (
            ({"add": ["A"]}, "add: this cannot be read"),
            ({"change": [7]}, "change: this cannot be read"),
            ({"change": [{"id": 7, "role": "boss"}]}, "choose one"),
            ({"counts": {"participant": "3"}}, "counts: this cannot be read"),
            ({"counts": [3]}, "counts: this cannot be read"),
            ({"mode": "nobody"}, "choose one"),
            ({"expense": "x"}, "an amount"),
            ({"expense": -5}, "an amount"),
            ({"expense": float("nan")}, "an amount"),
        ):
            with self.subTest(values=values), self._told(told):
                self._sheet(**values)
        self.assertFalse(self.session.attendance_ids or self.session.count_ids)

    def test_entries_stay_and_are_never_fewer_than_none(self):
        self._sheet(counts={"participant": {"adults": 2}})
        entry = self._as(self.session.count_ids, self.room_manager)
        with self.assertRaises(UserError):
            entry.sudo().number = 3
        with self.assertRaises(UserError):
            entry.sudo().unlink()
        with self.assertRaises(AccessError):
            entry.unlink()
        with self._told("fewer than none"):
            entry.create({"session_id": self.session.id, "role": "participant", "age_group": "adults", "number": -3})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            entry.create({"session_id": self.session.id, "number": 0})

    def test_hours_of_volunteers_follow(self):
        helper = self._helper()
        line = self._sheet(add=[self._line("Renate", role="volunteer", volunteer_id=helper.id)])["named"][0]
        self.assertEqual((helper.hour_ids.minutes, helper.hour_ids.day, helper.hour_ids.centre_id), (120, date(2027, 3, 1), self.centre))
        self._sheet(remove=[line["id"]])
        self.assertFalse(helper.hour_ids.exists())
        self.assertIn(helper.id, [one["volunteer_id"] for one in self.session.get_attendance()["known"]], "offered to be ticked")

    def test_who_came_lately_is_offered(self):
        before = self._session(self.activity, datetime(2027, 2, 22, 9), datetime(2027, 2, 22, 11))
        self._sheet(before, add=[self._line("Herr Muster", group="older"), self._line("Frau Beispiel")])
        self._sheet(add=[self._line("Frau Beispiel")])
        known = self._as(self.session, self.room_user).get_attendance()["known"]
        self.assertEqual([(one["name"], one["age_group"], one["id"]) for one in known], [("Herr Muster", "older", False)])

    def test_a_locked_quarter_stays_as_it_is(self):
        self._sheet(add=[self._line("A")], counts={"participant": {"adults": 2}})
        quarters = self._as(self.env["sozial.activity.quarter"], self.room_manager)
        with self._told("lasts until"):
            quarters.create({"first_day": "2027-02-14", "centre_id": self.centre.id})
        self.now = PAST_QUARTER
        quarter = quarters.create({"first_day": "2027-02-14", "centre_id": self.centre.id})
        self.assertEqual((quarter.first_day, quarter.last_day), (date(2027, 1, 1), date(2027, 3, 31)))
        for values in (
            {"add": [self._line("B")]}, {"remove": self.session.attendance_ids.ids}, {"counts": {"participant": {"adults": 1}}},
            {"change": [{"id": self.session.attendance_ids.id, "age_group": "older"}]}, {"mode": "everybody"}, {},
        ):  # fmt: skip
            for user in (self.room_user, self.room_manager):
                with self.subTest(values=values, user=user.login), self._told("locked"):
                    self._sheet(user=user, **values)
        with self.assertRaises(UserError):
            self.session.sheet_ids.expense = 5
        for step in (lambda: quarter.sudo().write({"first_day": "2026-01-01"}), lambda: quarter.sudo().unlink()):
            with self._told("stays locked"):
                step()
        with self.assertRaises(AccessError):
            self._as(quarters, self.room_user).create({"first_day": "2026-01-01", "centre_id": self.centre.id})
        self.assertEqual(self.session.participants, 3)

    def test_rows_of_a_locked_quarter_stay_without_the_sheet_too(self):
        """The sheet refuses by itself; rows are also written one by one, by an import or from outside."""
        self._sheet(add=[self._line("A")])
        self.now = PAST_QUARTER
        self._as(self.env["sozial.activity.quarter"], self.room_manager).create({"first_day": "2027-01-01", "centre_id": self.centre.id})
        row = self._as(self.session.attendance_ids, self.room_user)
        another = {"session_id": self.session.id, "name": "B"}
        for step in (lambda: row.write({"age_group": "older"}), row.unlink, lambda: row.create(another)):
            with self._told("locked"):
                step()
        self.assertEqual((row.exists().age_group, self.session.participants), ("adults", 1))

    def test_the_lock_goes_by_the_clock_of_the_centre(self):
        self.now = PAST_QUARTER
        late = self._session(self.activity, datetime(2027, 3, 31, 22, 30), datetime(2027, 3, 31, 23))  # 1 April there
        self._as(self.env["sozial.activity.quarter"], self.room_manager).create({"first_day": "2027-01-01", "centre_id": self.centre.id})
        self._sheet(late, counts={"participant": {"adults": 1}})

    def test_a_correction_is_a_second_entry_with_a_reason(self):
        self._sheet(counts={"participant": {"adults": 2}})
        one_more = {"session_id": self.session.id, "age_group": "adults", "number": 1}
        correction = {**one_more, "source": "correction", "reason": "Liste nachgereicht"}
        counts = self._as(self.env["sozial.activity.count"], self.room_manager)
        with self._told("not locked"):
            counts.create(correction)
        self.now = PAST_QUARTER
        self._as(self.env["sozial.activity.quarter"], self.room_manager).create({"first_day": "2027-01-01", "centre_id": self.centre.id})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            counts.create({**correction, "reason": " "})
        with self.assertRaises(AccessError):
            self._as(counts, self.room_user).create(correction)
        counts.create(correction)
        self.assertEqual(self.session.participants, 3)
        self.assertEqual(self.session.count_ids.mapped("number"), [2, 1], "the first entry is kept")

    def test_thirty_people_in_one_request(self):
        lines = [self._line(f"Person {number}") for number in range(28)]
        lines += [self._line(f"Hilfe {number}", role="volunteer", volunteer_id=self._helper(f"Hilfe {number}").id) for number in (1, 2)]
        before = self._session(self.activity, datetime(2027, 2, 22, 9), datetime(2027, 2, 22, 11))
        self._sheet(before, add=[self._line("A")], counts={"participant": {"adults": 1}})  # caches of the server are warm
        session = self._as(self.session, self.room_user)
        session.env.user.has_group("base.group_user")
        session.get_attendance()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        session.save_attendance({"add": lines, "counts": {"participant": {"adults": 1}}})
        self.env.flush_all()
        queries = self.cr.sql_log_count - before
        self.assertEqual((session.participants, session.volunteers), (29, 2))
        self.assertLessEqual(queries, MOST_QUERIES)

    def test_names_go_numbers_stay(self):
        helper = self._helper()
        self._sheet(add=[self._line("Frau Beispiel"), self._line("Renate", role="volunteer", volunteer_id=helper.id)])
        rule = self.env.ref("sozial_management_room.retention_rule_room_attendance")
        self.assertFalse(rule._due_rows(self.company, date(2028, 6, 30)))
        due = rule._due_rows(self.company, date(2028, 7, 1))
        self.assertEqual(len(due), 2)
        rule._erase_rows(due)
        self.assertEqual(set(due.mapped("name")), {"–"})
        self.assertFalse(due.partner_id | due.volunteer_id.partner_id)
        self.assertEqual((self.session.participants, self.session.volunteers, helper.hour_ids.minutes), (1, 1, 120))
        self.assertFalse(rule._due_rows(self.company, date(2028, 7, 1)))

    def test_another_company_sees_nothing(self):
        self._sheet(add=[self._line("A")], counts={"participant": {"adults": 2}})
        self.now = PAST_QUARTER
        quarter = self.env["sozial.activity.quarter"].create({"first_day": "2027-01-01", "centre_id": self.centre.id})
        stranger = self._user("t_att_stranger", groups="sozial_management_room.group_sozial_room_manager", company=self.other_company)
        for record in (self.session.attendance_ids, self.session.count_ids, self.session.sheet_ids, quarter):
            with self.subTest(model=record._name):
                self.assertTrue(self._as(record, self.room_user).search([("id", "=", record.id)]), "the positive control")
                self.assertFalse(self._as(record, stranger).search([("id", "=", record.id)]))
        for step in ("get_attendance", "action_tally_link", "action_attendance"):
            with self.subTest(step=step), self.assertRaises(AccessError):
                getattr(self._as(self.session, stranger), step)()
        with self.assertRaises(AccessError):
            self._sheet(user=stranger, add=[self._line("B")])
        with self.assertRaises(AccessError):
            self._sheet(user=self.worker, add=[self._line("B")])
