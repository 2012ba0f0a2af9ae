from datetime import timedelta

import psycopg2

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import SozialCommon


@tagged("post_install", "-at_install")
class TestCase(SozialCommon):
    def test_only_the_kind_is_needed(self):
        case = self.env["sozial.case"].with_user(self.worker).create({"type_id": self.kind.id})
        self.assertRegex(case.name, r"^SM-\d{4}-\d{5}$")
        self.assertEqual(case.display_name, case.name)
        self.assertEqual((case.state, case.level, case.worker_id), ("intake", "confidential", self.worker))
        self.assertEqual(case.next_review, fields.Date.add(fields.Date.context_today(case), days=90))

    def test_numbers_count_for_each_company(self):
        stranger = self._user("t_stranger", "worker", company=self.other_company)
        cases = self.env["sozial.case"].with_user(stranger).with_context(allowed_company_ids=self.other_company.ids)
        mine, theirs = self._open_case(), cases.create({"type_id": self.kind.id})
        self.assertEqual(mine.name[-5:], "00001")
        self.assertEqual(theirs.name[-5:], "00001")

    def test_client_and_quarter_follow(self):
        case = self._open_case()
        self.assertEqual((case.client_id, case.quarter_id), (self.tenant, self.quarter))

    def test_form_opens_a_case(self):
        with Form(self.env["sozial.case"].with_user(self.worker)) as form:
            form.type_id = self.kind
            form.tenancy_id = self.tenancy
            with form.participant_ids.new() as row:
                row.partner_id = self.tenant
        case = form.save()
        self.assertEqual(case.client_id, self.tenant)

    def test_guarded_fields_are_not_written(self):
        case = self._open_case()
        for values in (
            {"state": "closed"},
            {"worker_id": self.colleague.id},
            {"name": "SM-1"},
            {"closed_on": "2026-01-01"},
            {"company_id": self.other_company.id},
            {"reopened_from_id": case.id},
        ):
            with self.subTest(values=values):
                with self.assertRaises(UserError):
                    case.write(values)
                with self.assertRaises(UserError):
                    case.sudo().with_context(bypass=True, force_write=True).write(values)

    def test_state_cannot_be_created(self):
        with self.assertRaises(UserError):
            self._open_case(state="closed")
        with self.assertRaises(UserError):
            self.env["sozial.case"].with_user(self.worker).with_context(default_state="closed").create(
                {"type_id": self.kind.id, "state": "closed"}
            )

    def test_state_cannot_slip_in_by_default(self):
        """A board sends the column as default; it opens in intake all the same."""
        cases = self.env["sozial.case"].with_user(self.worker)
        case = cases.with_context(
            default_state="support", default_worker_id=self.colleague.id, default_closed_on="2026-01-01"
        ).create({"type_id": self.kind.id})
        self.assertEqual((case.state, case.worker_id, case.closed_on), ("intake", self.worker, False))

    def test_board_shows_the_phases_in_order(self):
        self._open_case()
        groups = self.env["sozial.case"].with_user(self.worker).with_context(read_group_expand=True).web_read_group(
            [("is_active", "=", True)], ["state"], ["__count"]
        )["groups"]
        self.assertEqual(
            [group["state"] for group in groups], ["intake", "assessment", "planning", "support", "review"]
        )

    def test_closing_lists_all_that_is_missing(self):
        case = self._open_case()
        with self.assertRaises(UserError) as caught:
            case.action_close()
        self.assertIn("Reason for closing", str(caught.exception))
        self.assertIn("Outcome", str(caught.exception))
        self.env["sozial.case.close"].with_user(self.worker).create(
            {"case_id": case.id, "close_reason": "solved", "outcome": "reached"}
        ).action_confirm()
        self.assertEqual((case.state, case.closed_on), ("closed", fields.Date.context_today(case)))
        self.assertFalse(case.next_review, "a closed case is not reviewed")
        with self.assertRaises(UserError):
            case.action_support()

    def test_a_closed_case_stays_as_it_was(self):
        case = self._open_case()
        case.write({"close_reason": "solved", "outcome": "reached"})
        case.action_close()
        for values in ({"concern": "anders"}, {"outcome": "partly"}, {"opened_on": "2020-01-01"}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "stays as it is"):
                case.write(values)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            case.participant_ids.date_end = self._today()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            case.write({"participant_ids": [Command.create({"partner_id": self.worker.partner_id.id, "role": "helper"})]})
        with self.assertRaisesRegex(UserError, "stays as it is"):
            self.env["sozial.case.participant"].with_user(self.worker).create(
                {"case_id": case.id, "partner_id": self.worker.partner_id.id, "role": "helper"}
            )
        with self.assertRaisesRegex(UserError, "stays as it is"):
            case.participant_ids.unlink()
        with self.assertRaisesRegex(UserError, "already"):
            case.action_close()

    def test_the_database_refuses_a_closed_case_without_reason(self):
        case = self._open_case()
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE sozial_case SET state = 'closed' WHERE id = %s", [case.id])

    def test_declining_is_for_the_intake(self):
        case = self._open_case()
        with self.assertRaisesRegex(UserError, "Reason for closing"):
            case.action_decline()
        case.close_reason = "not_responsible"
        case.action_decline()
        self.assertEqual(case.state, "declined")
        other = self._open_case()
        self._clear_intake(other).action_assess()
        with self.assertRaisesRegex(UserError, "only a case in intake"):
            other.action_decline()

    def test_taking_up_again_opens_a_linked_case_and_keeps_the_old_one(self):
        case = self._open_case()
        case.write({"close_reason": "solved", "outcome": "partly"})
        case.action_close()
        action = case.action_reopen()
        new = self.env["sozial.case"].with_user(self.worker).browse(action["res_id"])
        self.assertEqual((new.reopened_from_id, new.state, new.client_id), (case, "intake", self.tenant))
        self.assertEqual((case.state, case.outcome), ("closed", "partly"))

    def test_no_copy_no_delete(self):
        case = self._open_case()
        with self.assertRaises(UserError):
            case.copy()
        with self.assertRaises(UserError):
            case.sudo().unlink()

    def test_import_of_a_state_is_refused(self):
        result = self.env["sozial.case"].with_user(self.worker).load(
            ["type_id/.id", "state"], [[str(self.kind.id), "closed"]]
        )
        self.assertFalse(result["ids"])


@tagged("post_install", "-at_install")
class TestContactNote(SozialCommon):
    def setUp(self):
        super().setUp()
        self.case = self._open_case()

    def _note(self, user=None, **values):
        notes = self.env["sozial.contact"].with_user(user or self.worker)
        return notes.create({"case_id": self.case.id, "text": "Sprach über die Miete.", **values})

    def _age(self, note, hours):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sozial_contact SET create_date = create_date - %s * interval '1 hour' WHERE id = %s",
            [hours, note.id],
        )
        self.env.invalidate_all()

    def test_note_counts_on_the_case(self):
        self._note(minutes=20)
        self.assertEqual(self.case.contact_count, 1)
        self.assertTrue(self.case.last_contact_at)

    def test_author_is_whoever_writes(self):
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        note = self._note(user=self.colleague, user_id=self.worker.id)
        self.assertEqual(note.user_id, self.colleague)
        with self.assertRaisesRegex(UserError, "Only"):
            note.with_user(self.worker).write({"text": "anders"})

    def test_locks_after_48_hours(self):
        note = self._note()
        self._age(note, 47)
        note.text = "Korrigiert."
        self._age(note, 2)
        self.assertTrue(note.is_locked)
        for user in (self.worker, self.env.user):
            with self.assertRaisesRegex(UserError, "48 hours"):
                note.with_user(user).write({"text": "zu spät"})
        with self.assertRaisesRegex(UserError, "48 hours"):
            note.unlink()

    def test_addendum_to_a_fixed_note(self):
        note = self._note()
        self._age(note, 50)
        self.env["sozial.contact.addendum"].with_user(self.worker).create(
            {"contact_id": note.id, "text": "Termin bestätigt."}
        ).action_confirm()
        self.assertEqual(note.addendum_ids.mapped("text"), ["Termin bestätigt."])
        self.assertEqual(self.case.contact_count, 1, "an addendum is no further contact")

    def test_a_note_stays_in_its_case(self):
        other = self._open_case()
        note = self._note()
        with self.assertRaisesRegex(UserError, "cannot move"):
            note.case_id = other

    def test_with_whom_is_limited_to_participants(self):
        stranger = self.env["res.partner"].create({"name": "Fremde Person"})
        with self.assertRaisesRegex(ValidationError, "With"):
            self._note(partner_ids=[Command.set(stranger.ids)])
        self._note(partner_ids=[Command.set(self.tenant.ids)])

    def test_the_future_is_no_contact(self):
        with self.assertRaisesRegex(ValidationError, "When"):
            self._note(date=fields.Datetime.now() + timedelta(days=2))

    def test_no_note_on_a_closed_case(self):
        self.case.write({"close_reason": "solved", "outcome": "reached"})
        self.case.action_close()
        with self.assertRaisesRegex(UserError, "is closed"):
            self._note()

    def test_minutes_are_plausible(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self._note(minutes=-5)


@tagged("post_install", "-at_install")
class TestHandover(SozialCommon):
    def _handover(self, user=None, **values):
        handovers = self.env["sozial.handover"].with_user(user or self.frontdesk)
        return handovers.create(
            {
                "topic_id": self.topic.id,
                "summary": "Zwei Mieten offen. Möchte reden.",
                "tenancy_id": self.tenancy.id,
                "partner_id": self.tenant.id,
                "tenant_knows": "yes",
                **values,
            }
        )

    def test_taking_opens_a_case_with_the_taker_in_charge(self):
        handover = self._handover()
        action = self._as(handover, self.worker).action_take()
        case = self.env["sozial.case"].with_user(self.worker).browse(action["res_id"])
        self.assertEqual(case.worker_id, self.worker)
        self.assertEqual(case.client_id, self.tenant)
        self.assertEqual(case.type_id, self.env.ref("sozial_management.case_type_rent_debt"))
        self.assertEqual(case.concern, handover.summary)
        self.assertEqual(case.handover_id, handover)

    def test_author_sees_day_and_contact_person_and_no_case(self):
        handover = self._handover()
        self._as(handover, self.worker).action_take()
        seen = self._as(handover, self.frontdesk)
        self.assertEqual(seen.state, "taken")
        self.assertEqual(seen.worker_id.name, self.worker.name)
        self.assertTrue(seen.handed_on)
        self.assertNotIn("case_id", self.env["sozial.handover"]._fields)
        with self.assertRaises(AccessError):
            self.env["sozial.case"].with_user(self.frontdesk).search([], limit=1)

    def test_only_new_ones_are_in_the_inbox_of_others(self):
        handover = self._handover()
        self.assertTrue(self._as(handover, self.colleague).has_access("read"))
        self._as(handover, self.worker).action_take()
        self.assertFalse(self._as(handover, self.colleague).has_access("read"))
        self.assertTrue(self._as(handover, self.worker).has_access("read"))

    def test_another_back_office_colleague_sees_nothing(self):
        handover = self._handover()
        other = self._user("t_frontdesk_two", "frontdesk")
        self.assertFalse(self._as(handover, other).has_access("read"))
        self.assertTrue(self._as(handover, self.frontdesk).has_access("read"))
        for user in (self.system, self.privacy, self.report, self.config, self.portal):
            self.assertFalse(self._as(handover, user).has_access("read"), user.login)

    def test_taken_once(self):
        handover = self._handover()
        self._as(handover, self.worker).action_take()
        with self.assertRaises(UserError):
            self._as(handover, self.colleague).action_take()
        with self.assertRaisesRegex(UserError, "dealt with this hand-over already"):
            self._as(handover, self.worker).action_take()

    def test_back_office_cannot_take(self):
        handover = self._handover()
        with self.assertRaisesRegex(AccessError, "social worker"):
            self._as(handover, self.frontdesk).action_take()

    def test_declining_needs_a_reason_that_the_author_reads(self):
        handover = self._handover()
        wizard = self.env["sozial.handover.decline"].with_user(self.worker)
        wizard.create({"handover_id": handover.id, "reason": "Bitte an die Schuldnerberatung."}).action_confirm()
        seen = self._as(handover, self.frontdesk)
        self.assertEqual((seen.state, seen.decline_reason), ("declined", "Bitte an die Schuldnerberatung."))
        with self.assertRaises(UserError):
            wizard.create({"handover_id": self._handover().id, "reason": "  "}).action_confirm()

    def test_state_and_author_are_not_written(self):
        handover = self._handover()
        for values in ({"state": "taken"}, {"worker_id": self.frontdesk.id}, {"author_id": self.worker.id}):
            with self.subTest(values=values), self.assertRaises(UserError):
                handover.write(values)
        handover.write({"summary": "Drei Mieten offen."})
        self._as(handover, self.worker).action_take()
        with self.assertRaises(UserError):
            self._as(handover, self.frontdesk).write({"summary": "später"})

    def test_forged_values_at_creation_are_ignored(self):
        handover = self._handover(state="taken", worker_id=self.frontdesk.id, author_id=self.worker.id)
        self.assertEqual((handover.state, handover.author_id), ("new", self.frontdesk))
        self.assertFalse(handover.worker_id)

    def test_answers_that_are_missing(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self._handover(tenant_knows=False)
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self._handover(tenancy_id=False, partner_id=False)
