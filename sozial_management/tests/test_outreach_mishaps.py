from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .test_outreach import OutreachCommon
from .test_outreach_works import WorksCommon


@tagged("post_install", "-at_install")
class TestMishapsOfAnOutreach(OutreachCommon):
    """What happens to people in a hurry: the wrong button, last year's day, another quarter's building."""

    def _welcome(self):
        """A welcome talk that runs, entered by hand."""
        self.campaign.write({"kind": "welcome", "template_id": self.env.ref("sozial_management.letter_welcome").id})
        self.campaign.action_begin()
        return self.campaign

    def _day(self, days):
        return fields.Date.add(self._today(), days=days)

    def test_the_wrong_button_is_taken_back(self):
        visit = self._as(self._welcome().visit_ids[0], self.worker)
        visit.action_declined()
        visit.action_undo()
        self.assertEqual((visit.state, visit.tries, visit.next_try), ("planned", 0, self._today()))
        with self.assertRaisesRegex(UserError, "nothing was entered yet"):
            visit.action_undo()
        visit.action_tried()
        visit.action_card()
        visit.action_undo()
        self.assertEqual((visit.state, visit.tries, visit.result), ("tried", 1, False))
        visit.action_met()
        visit.action_undo()
        self.assertEqual((visit.state, visit.tries), ("tried", 1), "what was tried before it stays")
        with self.assertRaises(AccessError):
            self._as(visit, self.frontdesk).action_undo()
        self.campaign.action_done()
        with self.assertRaisesRegex(UserError, "does not run"):
            visit.action_undo()

    def test_what_was_ended_by_mistake_goes_on(self):
        self.campaign.action_cancel()
        self.campaign.action_reopen()
        self.assertEqual(self.campaign.state, "draft")
        with self.assertRaisesRegex(UserError, "does not fit"):
            self.campaign.action_reopen()
        self.campaign.action_begin()
        self.campaign.action_done()
        self.assertTrue(self.campaign.ended_on)
        with self.assertRaises(AccessError):
            self._as(self.campaign, self.worker).action_reopen()
        self.campaign.action_reopen()
        self.assertEqual((self.campaign.state, self.campaign.ended_on), ("running", False))
        self.campaign.action_done()
        with (
            patch.object(type(self.campaign), "_final_kinds", lambda _self: {"benefit_check"}),
            self.assertRaisesRegex(UserError, "were deleted at the end"),
        ):
            self.campaign.action_reopen()

    def test_buildings_are_those_of_the_quarter(self):
        elsewhere = self.building.copy({"house_number": "99", "quarter_id": self.quarter.copy({"name": "Anderswo"}).id})
        with self.assertRaisesRegex(ValidationError, f"{elsewhere.house_number}.*not in {self.quarter.name}"), self.env.cr.savepoint():
            self.campaign.building_ids = [Command.set((self.building | elsewhere).ids)]
        self.campaign.building_ids = [Command.set(self.building.ids)]
        with Form(self.campaign) as form:
            form.quarter_id = elsewhere.quarter_id
            self.assertFalse(form.building_ids[:], "buildings of the former quarter are not kept")
        self.assertEqual(self.campaign.quarter_id, elsewhere.quarter_id)

    def test_nobody_is_invited_to_a_day_that_is_over(self):
        self.campaign.action_begin()
        for name, day in (("appointment", self._day(-2)), ("until", self._day(-1))):
            before = self.campaign[name]
            self.campaign[name] = day
            with self.assertRaisesRegex(UserError, f"{self.campaign._fields[name].string}: this day is over"):
                self.campaign.action_print()
            self.campaign[name] = before
        self.campaign.until = self._today()
        copy = self.campaign.copy()
        self.assertEqual((copy.appointment, copy.until), (False, False), "last year's days are not taken along")
        self.campaign.action_print()
        self.assertEqual(self.campaign.letters_state, "running")

    def test_all_letters_say_the_same(self):
        self.campaign.action_begin()
        self.campaign.action_print()
        for values in ({"place": "Anderswo"}, {"appointment": False}, {"until": self._day(9)}, {"template_id": False}):
            with self.assertRaisesRegex(UserError, "are being printed"):
                self.campaign.write(values)
        with self.assertRaisesRegex(UserError, "are being printed"):
            self.campaign.action_print_anew()

    def test_wrong_letters_are_printed_anew(self):
        self._tenants(2)
        self.campaign.action_begin()
        self._print()
        self.campaign.sudo()._write_guarded({"letters_state": "ready"})
        outdated = self.campaign.letters_id
        self.campaign.place = "Anderer Treff"
        with self.assertRaises(AccessError):
            self._as(self.campaign, self.worker).action_print_anew()
        with (
            patch.object(type(self.campaign), "_final_kinds", lambda _self: {"benefit_check"}),
            self.assertRaisesRegex(UserError, "codes that hold once"),
        ):
            self.campaign.action_print_anew()
        self.campaign.action_print_anew()
        self.assertFalse(outdated.exists())
        self.assertEqual((self.campaign.letters_state, self.campaign.printed_count, self.campaign.skipped_count), ("running", 0, 0))

    def test_who_was_left_out_gets_a_letter_when_it_can_arrive(self):
        self.campaign.action_begin()
        self.building.zip = False
        self._print()
        rows = self.campaign.visit_ids
        self.assertEqual(set(rows.mapped("letter")), {"address", "vacant"})
        self.campaign.sudo()._write_guarded({"letters_state": "ready"})
        with self.assertRaisesRegex(UserError, "printed already"):
            self.campaign.action_print()
        self.building.zip = "99734"
        self._print()
        self.assertEqual({row.dwelling_id: row.letter for row in rows}, {self.dwelling: "printed", self.other_dwelling: "vacant"})
        self._let(self.other_dwelling)
        self.campaign.sudo()._write_guarded({"letters_state": "ready"})
        self._print()
        self.assertEqual(set(rows.mapped("letter")), {"printed"})

    def test_who_moved_in_later_has_declined_nothing(self):
        visit = self._welcome().visit_ids.filtered(lambda one: one.dwelling_id == self.dwelling)
        self.assertEqual(visit.tenant_id, self.tenant)
        visit.action_declined()
        self.campaign.action_done()
        visit.invalidate_recordset(["tenant_id"])
        self.assertFalse(visit.tenant_id)

    def test_nobody_of_another_company_goes(self):
        visit = self._welcome().visit_ids[0]
        stranger = self._user("fremd", "worker", company=self.other_company)
        with self.assertRaisesRegex(UserError, "(?i)compan"):
            self._as(visit, self.worker).user_id = stranger.id


@tagged("post_install", "-at_install")
class TestEndOfWelcomeTalks(OutreachCommon):
    """A talk that took place does not fill the field days of a building for ever."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quarter.manager_id = cls.worker
        cls.new = cls._let(cls.other_dwelling, date_start=fields.Date.subtract(cls._today(), days=3))

    def _night(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 60):
            self.env["sozial.outreach"]._cron_welcome()
        return self.env["sozial.outreach"].search([("tenancy_id", "=", self.new.id)], limit=2)

    def test_it_ends_when_all_is_done(self):
        talk = self._night()
        talk.appointment = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        self.assertEqual(self._night().state, "running", "the newcomer is still to be visited")
        newcomer = talk.visit_ids.filtered("newcomer")
        newcomer.action_met()
        talk.appointment = fields.Datetime.add(fields.Datetime.now(), days=1)
        self.assertEqual(self._night().state, "running", "the talk is still to come")
        talk.appointment = False
        self.assertEqual(self._night().state, "running", "a talk may still be planned")
        talk.date = fields.Date.subtract(talk.date, days=61)
        self.assertEqual(self._night().state, "done")
        self.assertEqual(len(self._night()), 1, "and nobody is welcomed twice")

    def test_it_ends_after_half_a_year(self):
        talk = self._night()
        talk.date = fields.Date.subtract(talk.date, days=180)
        self.assertEqual(self._night().state, "running")
        talk.date = fields.Date.subtract(talk.date, days=1)
        self.assertEqual(self._night().state, "done")

    def test_a_manager_who_left_goes_nowhere(self):
        self.worker.sudo().active = False
        self.assertFalse(self._night().visit_ids.filtered("newcomer").user_id)


@tagged("post_install", "-at_install")
class TestMishapsOfWorks(WorksCommon):
    """A schedule is never left where nobody could change it."""

    def test_a_schedule_stays_with_its_buildings(self):
        draft = self.works.copy({"building_ids": [Command.set(self.building.ids)]})
        phase = self.works.phase_ids[0].copy({"outreach_id": draft.id, "building_id": self.building.id})
        other = self.building.copy({"house_number": "98"})
        for values in ({"kind": "benefit_check"}, {"building_ids": [Command.set(other.ids)]}):
            with self.assertRaisesRegex(ValidationError, "Delete them first"), self.env.cr.savepoint():
                draft.write(values)
        phase.unlink()
        draft.write({"kind": "benefit_check", "building_ids": [Command.set(other.ids)]})
