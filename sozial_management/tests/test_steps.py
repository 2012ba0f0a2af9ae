import datetime as dt

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import SozialCommon

NOW = "2026-11-23 09:00:00"  # a Monday
TODAY = dt.date(2026, 11, 23)


@tagged("post_install", "-at_install")
class TestSteps(SozialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sozial_federal_state = "TH"
        cls.kind, cls.other_kind = cls.env["sozial.case.type"].create(
            [{"name": "Mietschulden", "code": "t_debt", "skips_planning": True}, {"name": "Alter", "code": "t_age"}]
        )
        cls.suit = cls.env.ref("sozial_management.deadline_event_suit_served")
        cls.call = cls.env.ref("mail.mail_activity_data_call")
        cls.first, cls.talk, cls.support, cls.review, cls.court = cls.env["sozial.case.template.step"].create(
            [
                {"type_id": cls.kind.id, "name": "Anrufen", "activity_type_id": cls.call.id},
                {"type_id": cls.kind.id, "name": "Erstgespräch", "offset_days": 7},
                {"type_id": cls.kind.id, "name": "Rate?", "anchor": "support", "offset_days": 30},
                {"type_id": cls.kind.id, "name": "Fallbesprechung", "anchor": "review", "role": "head"},
                {"type_id": cls.kind.id, "name": "Zum Amt", "anchor": "event", "event_id": cls.suit.id, "offset_days": 3},
            ]
        )
        cls.env["sozial.case.template.step"].create({"type_id": cls.other_kind.id, "name": "Hausbesuch", "offset_days": 10})

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(NOW))
        self.case = self._open_case(type_id=self.kind.id)

    def _steps(self, case=None):
        return [(one.name, one.due) for one in (case or self.case).step_ids.sorted(lambda one: (one.due, one.id)) if one.state == "open"]

    def _state(self, state):
        self.case._write_state(state)

    # planning -----------------------------------------------------------------------------

    def test_a_case_begins_with_the_steps_of_its_kind(self):
        self.assertEqual(self._steps(), [("Anrufen", TODAY), ("Erstgespräch", dt.date(2026, 11, 30))])
        first = self.case.step_ids.filtered(lambda one: one.template_id == self.first)
        self.assertEqual((first.user_id, first.activity_type_id), (self.worker, self.call))

    def test_a_phase_brings_its_steps(self):
        self._state("assessment")
        self.assertNotIn("Rate?", dict(self._steps()))
        with freeze_time("2026-12-01 09:00:00"):
            self._state("support")
        self.assertEqual(dict(self._steps())["Rate?"], dt.date(2026, 12, 31))
        self.assertEqual((self.case.assessment_on, self.case.support_on), (TODAY, dt.date(2026, 12, 1)))

    def test_each_review_brings_its_steps_anew_and_support_does_not(self):
        self._state("support")
        self._state("review")
        self.case.step_ids.filtered(lambda one: one.template_id in self.review | self.support).action_done()
        with freeze_time("2027-02-01 09:00:00"):
            self._state("support")
            self._state("review")
        self.assertEqual(dict(self._steps())["Fallbesprechung"], dt.date(2027, 2, 1))
        self.assertNotIn("Rate?", dict(self._steps()))

    def test_an_event_brings_its_steps_and_its_day_moves_them(self):
        deadlines = self.case._record_event(self.suit, dt.date(2026, 11, 20), "TH")
        self.assertEqual(dict(self._steps())["Zum Amt"], TODAY)
        self.case._record_event(self.suit, dt.date(2026, 11, 25), "TH")
        self.assertEqual(dict(self._steps())["Zum Amt"], dt.date(2026, 11, 28))
        deadlines.write({"note": "Klage zurückgenommen"})
        deadlines.action_drop()
        self.assertNotIn("Zum Amt", dict(self._steps()))

    def test_the_head_gets_steps_only_with_access(self):
        self._state("review")
        self.assertEqual(self.case.step_ids.filtered(lambda one: one.template_id == self.review).user_id, self.lead)
        strict = self._open_case(type_id=self.kind.id, level="strict")
        strict._write_state("review")
        self.assertEqual(strict.step_ids.filtered(lambda one: one.template_id == self.review).user_id, self.worker)

    # planning anew ------------------------------------------------------------------------

    def test_another_kind_replaces_open_steps_and_keeps_the_rest(self):
        self.case.step_ids.filtered(lambda one: one.template_id == self.first).action_done()
        self.env["sozial.case.step"].with_user(self.worker).create({"case_id": self.case.id, "name": "Eigener", "due": "2026-12-24"})
        self.case.write({"type_id": self.other_kind.id})
        self.assertEqual(self._steps(), [("Hausbesuch", dt.date(2026, 12, 3)), ("Eigener", dt.date(2026, 12, 24))])
        self.assertIn("Anrufen", self.case.step_ids.mapped("name"))

    def test_a_changed_template_touches_only_the_case_that_is_planned_anew(self):
        other = self._open_case(type_id=self.kind.id)
        self.talk.with_user(self.config).write({"name": "Erstgespräch zu zweit"})
        self.assertIn("Erstgespräch", dict(self._steps()))
        self.case.action_plan_steps()
        self.assertIn("Erstgespräch zu zweit", dict(self._steps()))
        self.assertIn("Erstgespräch", dict(self._steps(other)))
        self.talk.with_user(self.config).active = False
        self.case.action_plan_steps()
        self.assertEqual(len(self._steps()), 1)

    def test_a_moved_day_stays_until_its_origin_moves(self):
        talk = self.case.step_ids.filtered(lambda one: one.template_id == self.talk)
        talk.due = "2026-12-10"
        self.case.action_plan_steps()
        self.assertEqual(talk.due, dt.date(2026, 12, 10))
        self.case.opened_on = "2026-11-20"
        self.assertEqual(talk.due, dt.date(2026, 11, 27))

    def test_what_is_done_is_not_planned_again(self):
        self.case.step_ids.action_done()
        self.case.opened_on = "2026-11-01"
        self.assertEqual(self._steps(), [])

    def test_closing_takes_open_steps_away(self):
        self.case.step_ids.filtered(lambda one: one.template_id == self.first).action_done()
        self.case.write({"close_reason": "not_responsible"})
        self.case.action_decline()
        self.assertEqual(self.case.step_ids.mapped("name"), ["Anrufen"])

    def test_under_legal_hold_open_steps_are_left_out_instead(self):
        self.case.action_set_hold("Klage", "2099-01-01")
        self.case.write({"type_id": self.other_kind.id})
        self.assertEqual(set(self.case.step_ids.filtered(lambda one: one.state == "skipped").mapped("name")), {"Anrufen", "Erstgespräch"})

    # by hand ------------------------------------------------------------------------------

    def test_what_is_done_stays(self):
        step = self.case.step_ids[0]
        step.action_done()
        self.assertEqual((step.ended_on, step.ended_by_id), (TODAY, self.worker))
        for call in (lambda: step.write({"name": "x"}), step.action_done, step.unlink):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                call()

    def test_leaving_out_needs_a_reason(self):
        step = self.case.step_ids[0]
        with self.assertRaisesRegex(UserError, "Note"):
            step.action_skip()
        step.note = "Person ist im Krankenhaus"
        step.action_skip()
        self.assertEqual(step.state, "skipped")

    def test_only_people_with_access_get_steps(self):
        with self.assertRaisesRegex(ValidationError, "no access"):
            self.case.step_ids[0].user_id = self.colleague
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        self.case.step_ids[0].user_id = self.colleague

    def test_state_and_template_are_not_written(self):
        for values in ({"state": "done"}, {"template_id": self.talk.id}, {"anchor_date": "2026-01-01"}):
            with self.assertRaisesRegex(UserError, "not set directly"):
                self.case.step_ids[0].write(values)

    def test_a_form_tells_nothing_about_other_cases(self):
        """A draft that names a foreign case learns neither its worker nor its head."""
        with self.assertRaises(AccessError), Form(self.env["sozial.case.step"].with_user(self.colleague)) as form:
            form.name = "x"
            form.case_id = self.case.with_user(self.colleague)

    def test_a_step_is_counted_from_one_thing(self):
        for values in ({"anchor": "event"}, {"event_id": self.suit.id}, {"offset_days": 1000}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env["sozial.case.template.step"].create({"type_id": self.kind.id, "name": "x", **values})
                self.env.flush_all()

    # screens ------------------------------------------------------------------------------

    def test_my_day_shows_own_steps_of_the_week(self):
        steps = self.env["sozial.my.day"].with_user(self.worker).get_my_day()["steps"]
        mine = [row for row in steps["rows"] if row["case_id"] == self.case.id]
        self.assertEqual([(row["name"], row["today"]) for row in mine], [("Anrufen", True), ("Erstgespräch", False)])
        self.assertFalse(self.env["sozial.my.day"].with_user(self.colleague).get_my_day()["steps"]["count"])

    def test_only_own_titles_and_notes_are_paragraphs_of_the_case(self):
        self.assertFalse(self.case._passage_records("sozial.case.step"))
        own = self.env["sozial.case.step"].with_user(self.worker).create({"case_id": self.case.id, "name": "Tochter anrufen"})
        self.assertEqual(self.case._passage_records("sozial.case.step"), own)

    def test_every_kind_comes_with_steps(self):
        kinds = self.env["sozial.case.type"].search([]) - self.kind - self.other_kind
        shipped = kinds.filtered(lambda kind: kind.get_external_id()[kind.id].startswith("sozial_management.case_type_"))
        self.assertGreaterEqual(len(shipped), 12)
        for kind in shipped:
            with self.subTest(kind=kind.code):
                self.assertGreaterEqual(len(kind.template_step_ids), 5)
                self.assertIn("review", kind.template_step_ids.mapped("anchor"))
