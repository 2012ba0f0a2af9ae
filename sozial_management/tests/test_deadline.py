import datetime as dt

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import SozialCommon

NOW = "2026-11-23 09:00:00"  # a Monday


@tagged("post_install", "-at_install")
class TestDeadline(SozialCommon):
    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time(NOW))  # before anything is made: an access begins on the day it is given
        super().setUpClass()
        cls.company.sozial_federal_state = "TH"
        cls.case = cls._open_case()
        cls.suit = cls.env.ref("sozial_management.deadline_event_suit_served")
        cls.cure = cls.env.ref("sozial_management.deadline_rule_suit_cure")

    def _deadline(self, user=None, **values):
        by_hand = {} if values.get("rule_id") else {"name": "Unterlagen schicken", "due": "2026-12-01"}
        values = {"case_id": self.case.id, **by_hand, **values}
        return self.env["sozial.deadline"].with_user(user or self.worker).create(values)

    def _start(self, event=None, day="2026-11-20", **values):
        start = Form(self.env["sozial.deadline.start"].with_user(self.worker).with_context(default_case_id=self.case.id))
        start.event_id = event or self.suit
        start.event_date = day
        for name, value in values.items():
            setattr(start, name, value)
        return start

    # days ---------------------------------------------------------------------------------

    def test_the_suit_sets_four_periods_going(self):
        self._start().save().action_confirm()
        days = {one.rule_id.get_external_id()[one.rule_id.id].partition("deadline_rule_")[2]: one.due for one in self.case.deadline_ids}
        self.assertEqual(
            days,
            {
                "suit_ask_authority": dt.date(2026, 11, 27),
                "suit_defence": dt.date(2026, 12, 4),
                "suit_answer": dt.date(2026, 12, 18),
                "suit_cure": dt.date(2027, 1, 20),
            },
        )

    def test_an_end_on_a_holiday_of_the_state_moves(self):
        """Six weeks after 20 November is 1 January; § 193 BGB."""
        self.cure.sudo().write({"months": 0, "weeks": 6})
        deadline = self._deadline(rule_id=self.cure.id, event_date="2026-11-20", federal_state="TH")
        self.assertEqual(deadline.due, dt.date(2027, 1, 4))
        for state, day in (("BW", 7), ("TH", 6)):  # 6 January is a holiday in one of them
            deadline = self._deadline(rule_id=self.cure.id, event_date="2026-11-25", federal_state=state)
            self.assertEqual(deadline.due, dt.date(2027, 1, day))
            deadline.action_keep()

    def test_before_an_event_is_counted_back(self):
        rule = self.env.ref("sozial_management.deadline_rule_eviction_protection")
        deadline = self._deadline(rule_id=rule.id, event_date="2027-01-15", federal_state="TH")
        self.assertEqual(deadline.due, dt.date(2026, 12, 31))
        self.assertEqual((deadline.hard, deadline.threatens, deadline.legal_basis), (True, "home", "§ 765a (3) ZPO"))

    def test_the_day_of_a_court_counts(self):
        deadline = self._deadline(rule_id=self.cure.id, event_date="2026-11-20", due="2027-02-01")
        self.assertEqual(deadline.due, dt.date(2027, 2, 1))

    def test_without_a_state_nothing_is_guessed(self):
        self.company.sozial_federal_state = False
        with self.assertRaisesRegex(ValidationError, "Public holidays of"):
            self._deadline(rule_id=self.cure.id, event_date="2026-11-20")

    def test_the_state_follows_from_the_address(self):
        self.company.partner_id.write({"country_id": self.env.ref("base.de").id, "state_id": self.env.ref("base.state_de_ni").id})
        self.assertEqual(self.company.sozial_federal_state, "NI")
        self.company.partner_id.write({"country_id": self.env.ref("base.at").id, "state_id": False})
        self.assertEqual(self.company.sozial_federal_state, "NI", "what was chosen stays until another German state is given")

    def test_the_last_service_counts(self):
        self._start().save().action_confirm()
        self._start(day="2026-11-24").save().action_confirm()
        self.assertEqual(len(self.case.deadline_ids), 4)
        self.assertEqual(set(self.case.deadline_ids.mapped("event_date")), {dt.date(2026, 11, 24)})
        self.assertEqual(self.case.home_at_risk_on, dt.date(2027, 1, 25))

    def test_periods_that_do_not_matter_are_left_out(self):
        start = self._start()
        start.rule_ids.clear()
        with self.assertRaisesRegex(UserError, "Periods"):
            start.save().action_confirm()
        start = self._start()
        start.rule_ids.remove(id=self.cure.id)
        self.assertNotIn("§ 569", start.preview)
        start.save().action_confirm()
        self.assertEqual(len(self.case.deadline_ids), 3)

    def test_the_preview_tells_the_days(self):
        self.assertIn("20.01.2027", self._start().preview)

    # clocks -------------------------------------------------------------------------------

    def test_days_to_losing_the_home(self):
        self._start().save().action_confirm()
        self.assertEqual((self.case.home_at_risk_on, self.case.days_to_home_loss), (dt.date(2027, 1, 20), 58))
        self.assertEqual(self.case.next_deadline, dt.date(2026, 11, 27))
        self.case.deadline_ids.filtered(lambda one: one.rule_id == self.cure).action_keep()
        self.assertFalse(self.case.home_at_risk_on)

    def test_the_energy_clock(self):
        threat = self.env.ref("sozial_management.deadline_event_energy_threat")
        self._start(threat).save().action_confirm()
        self.assertEqual((self.case.energy_at_risk_on, self.case.days_to_energy_loss), (dt.date(2026, 12, 18), 25))
        self.assertFalse(self.case.home_at_risk_on)

    # ending -------------------------------------------------------------------------------

    def test_state_is_moved_by_the_buttons_only(self):
        deadline = self._deadline()
        with self.assertRaisesRegex(UserError, "Use the buttons"):
            deadline.write({"state": "kept"})
        with self.assertRaisesRegex(UserError, "Use the buttons"):
            self._deadline(state="kept")
        self.assertEqual(self._deadline(name="Mit Vorgabe").with_context(default_state="kept").copy().state, "open")
        deadline.action_keep()
        self.assertEqual((deadline.state, deadline.ended_on, deadline.ended_by_id), ("kept", dt.date(2026, 11, 23), self.worker))
        for change in (deadline.action_keep, deadline.action_drop, lambda: deadline.write({"name": "anders"})):
            with self.assertRaises(UserError):
                change()

    def test_dropping_needs_a_note(self):
        deadline = self._deadline()
        with self.assertRaisesRegex(UserError, "Note"):
            deadline.action_drop()
        deadline.note = "Klage zurückgenommen"
        deadline.action_drop()
        self.assertEqual(deadline.state, "dropped")

    def test_what_happened_is_not_deleted(self):
        past, future = self._deadline(due="2026-11-23"), self._deadline(name="Später")
        with self.assertRaises(UserError):
            past.unlink()
        future.unlink()
        self.assertFalse(future.exists())

    def test_no_new_deadline_in_a_closed_case(self):
        self.case.write({"close_reason": "solved", "outcome": "reached"})
        self.case.action_close()
        with self.assertRaises(UserError):
            self._deadline()

    def test_the_same_period_stands_once(self):
        self._deadline(rule_id=self.cure.id, event_date="2026-11-20")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._deadline(rule_id=self.cure.id, event_date="2026-11-20")

    # people -------------------------------------------------------------------------------

    def test_people_need_access(self):
        with self.assertRaisesRegex(ValidationError, "no access"):
            self._deadline(standin_id=self.colleague.id)
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        self.assertEqual(self._deadline(standin_id=self.colleague.id).user_id, self.worker)

    def test_colleagues_without_a_grant_see_nothing(self):
        deadline = self._deadline()
        self.assertTrue(self._as(deadline, self.worker).search_count([("id", "=", deadline.id)]))
        self.assertFalse(self._as(deadline, self.colleague).search_count([("id", "=", deadline.id)]))
        with self.assertRaises(AccessError):
            self._as(deadline, self.colleague).read(["name"])
        with self.assertRaises(AccessError):
            self.case.with_user(self.colleague)._record_event(self.suit, dt.date(2026, 11, 20), "TH")

    # reminders ----------------------------------------------------------------------------

    def _told(self):
        kind = self.env.ref("sozial_management.activity_type_deadline")
        found = self.env["mail.activity"].search([("activity_type_id", "=", kind.id), ("res_id", "=", self.case.id)])
        self.assertEqual(set(found.mapped("res_model")) - {"sozial.case"}, set())
        self.assertEqual(set(found.mapped("summary")) - {kind.name}, set(), "neutral")
        return sorted((one.user_id.login, one.date_deadline.isoformat()) for one in found)

    def _cron(self, now=NOW):
        with freeze_time(now):
            self.env["sozial.deadline"]._cron_escalate()
            self.env["sozial.deadline"]._cron_escalate()

    def test_reminder_then_escalation(self):
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        self._deadline(due="2026-12-10", remind_days=7, hard=True, standin_id=self.colleague.id)
        self._cron("2026-12-02 04:00:00")
        self.assertEqual(self._told(), [])
        self._cron("2026-12-03 04:00:00")
        self.assertEqual(self._told(), [("t_worker", "2026-12-10")])
        self._cron("2026-12-08 04:00:00")
        self.assertEqual(self._told(), [(who, "2026-12-10") for who in ("t_colleague", "t_lead", "t_worker")])

    def test_heads_are_not_told_of_a_strict_case(self):
        self.case.level = "strict"
        self._deadline(due="2026-11-24", hard=True)
        self._cron()
        self.assertEqual(self._told(), [("t_worker", "2026-11-24")])

    def test_a_soft_deadline_is_not_escalated(self):
        self._deadline(due="2026-11-20")
        self._cron()
        self.assertEqual(self._told(), [("t_worker", "2026-11-20")])

    def test_another_day_is_told_anew(self):
        deadline = self._deadline(due="2026-11-24")
        self._cron()
        deadline.due = "2026-11-26"
        self._cron()
        self.assertEqual(self._told(), [("t_worker", "2026-11-24"), ("t_worker", "2026-11-26")])

    def test_a_kept_deadline_leaves_the_desk(self):
        deadline, other = self._deadline(due="2026-11-24"), self._deadline(name="Anderes", due="2026-11-24")
        self._cron()
        deadline.action_keep()
        self.assertEqual(len(self._told()), 2, "another one ends on the same day")
        other.action_keep()
        self.assertEqual(self._told(), [])

    def test_my_day_lists_what_is_due(self):
        self._deadline(due="2026-11-22", hard=True)
        self._deadline(name="Fern", due="2027-03-01")
        section = self.env["sozial.my.day"].with_user(self.worker).get_my_day()["deadlines"]
        self.assertEqual([(row["name"], row["overdue"], row["hard"]) for row in section["rows"]], [("Unterlagen schicken", True, True)])
        self.assertEqual(self.env["sozial.my.day"].with_user(self.colleague).get_my_day()["deadlines"]["count"], 0)
