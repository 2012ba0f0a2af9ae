import logging
from pathlib import Path
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .erasure_common import WORD, ErasureCommon

# Texts that stay, each for a reason: the neutral number of a case, on the case and on the review list.
KEPT_TEXTS = {("sozial.case", "name"), ("sozial.emergency", "case_number")}


@tagged("post_install", "-at_install")
class TestDeclarations(ErasureCommon):
    """Every field that could hold a word or lead to a person says what anonymisation does with it."""

    def _models(self):
        return [*self._models_below(), "sozial.case", "sozial.handover", "sozial.emergency"]

    def _undeclared(self):
        missing = []
        for name in self._models():
            model = self.env[name]
            if model._anonymise not in ("keep", "delete"):
                missing.append((name, "_anonymise"))
            if model._anonymise != "keep":
                continue
            for field in self.env["sozial.erasure"]._declarable(model):
                if getattr(field, "anonymise", None) not in ("blank", "keep"):
                    missing.append((name, field.name))
        return missing

    def test_everything_is_declared(self):
        self.assertGreaterEqual(len(self._models()), 10)
        self.assertEqual(self._undeclared(), [], "say _anonymise on the model, anonymise= on the field")

    def test_a_field_without_a_word_is_found(self):
        with patch.object(self.env["sozial.contact"]._fields["text"], "anonymise", None):
            self.assertEqual(self._undeclared(), [("sozial.contact", "text")])
        with patch.object(self.env.registry["sozial.case.access"], "_anonymise", None):
            self.assertEqual(self._undeclared(), [("sozial.case.access", "_anonymise")])

    def test_texts_that_stay_are_named(self):
        kept = {
            (name, field.name)
            for name in self._models()
            if self.env[name]._anonymise == "keep"
            for field in self.env["sozial.erasure"]._declarable(self.env[name])
            if field.anonymise == "keep" and field.type not in ("many2one", "many2many")
        }
        self.assertEqual(kept, KEPT_TEXTS)

    def test_persons_do_not_stay(self):
        """No link to a contact or a tenancy is kept."""
        for name in self._models():
            for field in self.env["sozial.erasure"]._declarable(self.env[name]):
                if field.comodel_name in ("res.partner", "sozial.tenancy", "sozial.dwelling") and self.env[name]._anonymise == "keep":
                    with self.subTest(model=name, field=field.name):
                        self.assertEqual(field.anonymise, "blank")

    def test_every_model_has_its_row_in_the_canary(self):
        self.assertEqual(set(self._models_below()), set(self.ROWS))


@tagged("post_install", "-at_install")
class TestCanary(ErasureCommon):
    """Invariant 9: a planted word is found nowhere afterwards: tables, files, log."""

    def _erase(self, action):
        case = self._full_case()
        planted = self._plant(case)
        found = self._places()
        self.assertEqual(planted - found, set(), "the positive control: the search finds what was planted")
        kept = self.env["ir.attachment"].search([("name", "=", WORD)], limit=1)
        where = kept.store_fname and kept._full_path(kept.store_fname)
        self.assertTrue(self._files() if where else ("ir_attachment", "db_datas") in found, f"the positive control: {where}")
        with self.assertLogs("odoo", logging.INFO) as log:
            case._erase(action)
            self.env["ir.attachment"]._gc_file_store_unsafe()
        self.assertEqual(self._places(), set())
        self.assertEqual(self._files(), [])
        self.assertIn("deleted", "\n".join(log.output), "the positive control: the log tells of the deletion")
        self.assertNotIn(WORD, "\n".join(log.output))
        return case

    def test_nothing_is_found_after_anonymisation(self):
        case = self._erase("anonymise").sudo()
        self.assertEqual(case.state, "anonymised")

    def test_nothing_is_found_after_deletion(self):
        case = self._erase("delete")
        self.assertFalse(case.exists())

    def test_no_other_database_collects_these_files(self):
        """Tests run side by side, and each collection of files looks at its own database only."""
        self.assertEqual(Path(self.env["ir.attachment"]._filestore()).name, self.env.cr.dbname)

    def test_the_search_finds_what_is_encoded(self):
        self.env["ir.config_parameter"].set_param("a.b", f"x {WORD.encode().hex()}")
        self.assertEqual(self._places(), {("ir_config_parameter", "value")})


@tagged("post_install", "-at_install")
class TestAnonymise(ErasureCommon):
    def setUp(self):
        super().setUp()
        self.full = self._full_case()

    def test_the_statistics_stay(self):
        kept = ("name", "type_id", "quarter_id", "opened_on", "closed_on", "close_reason", "outcome", "topic_ids", "level")
        case = self.full.sudo()
        before = {name: case[name] for name in kept}
        minutes = sum(case.contact_ids.mapped("minutes"))
        case._erase("anonymise")
        self.assertEqual({name: case[name] for name in kept}, before)
        self.assertTrue(case.quarter_id and case.topic_ids and minutes)
        self.assertEqual(sum(case.contact_ids.mapped("minutes")), minutes)
        self.assertEqual(case.contact_count, 1)

    def test_the_person_goes(self):
        case = self.full.sudo()
        handover, signal = case.handover_id, case.signal_ids.signal_id
        case._erase("anonymise")
        for name in ("client_id", "tenancy_id", "participant_ids", "consent_ids", "signal_ids", "handover_id", "lockout_ids"):
            with self.subTest(field=name):
                self.assertFalse(case[name])
        self.assertFalse(case.contact_ids.partner_ids)
        self.assertFalse(signal.exists(), "the tenancy no longer tells that its tenant was counselled")
        self.assertFalse(handover.partner_id or handover.tenancy_id or handover.contact_name)
        self.assertEqual((handover.state, handover.topic_id), ("taken", self.topic))

    def test_who_still_reads_it(self):
        """The worker would remember whose minutes these are; the head keeps the row for the figures."""
        self.full.sudo()._erase("anonymise")
        for user, expected in ((self.worker, False), (self.colleague, False), (self.lead, True)):
            with self.subTest(user=user.login):
                self.assertEqual(self._as(self.full, user).has_access("read"), expected)

    def test_a_later_case_no_longer_points_at_it(self):
        later = self.env["sozial.case"].browse(self.full.action_reopen()["res_id"])
        self.full.sudo()._erase("anonymise")
        self.assertFalse(later.sudo().reopened_from_id)
        self.assertTrue(later.sudo().client_id, "the running case keeps its own")

    def test_nothing_is_written_into_it_afterwards(self):
        case = self.full.sudo()
        case._erase("anonymise")
        lead = self.env["sozial.case"].with_user(self.lead).browse(case.id)
        model_id = self.env["ir.model"]._get_id("sozial.case")
        for call in (
            lambda: lead.write({"concern": "x"}),
            lambda: lead.action_reopen(),
            lambda: lead.action_set_hold("x", "2099-01-01"),
            lambda: self.env["sozial.case.participant"].create({"case_id": case.id, "partner_id": self.tenant.id}),
            lambda: self.env["sozial.contact"].with_user(self.lead).create({"case_id": case.id, "text": "x"}),
            lambda: self.env["ir.attachment"].create({"name": "x", "res_model": "sozial.case", "res_id": case.id}),
            lambda: lead.activity_schedule("mail.mail_activity_data_todo", user_id=self.lead.id),
            lambda: self.env["calendar.event"].create(
                {"name": "x", "start": "2026-12-01", "stop": "2026-12-01", "res_model_id": model_id, "res_id": case.id}
            ),
            lambda: case._erase("anonymise"),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                call()

    def test_an_active_case_is_not_erased(self):
        case = self._open_case()
        for action in ("anonymise", "delete"):
            with self.assertRaisesRegex(UserError, "only a closed or declined"):
                case._erase(action)

    def test_what_is_not_declared_goes_all_the_same(self):
        """A field somebody adds on their own database is emptied, a link that must be there takes its row along."""
        contact = self.env["sozial.contact"]
        with patch.object(contact._fields["text"], "anonymise", None), patch.object(contact._fields["user_id"], "anonymise", None):
            self.full.sudo()._erase("anonymise")
        self.assertFalse(self.full.sudo().contact_ids)

    def test_nobody_calls_it_from_outside(self):
        for name in ("_erase", "_anonymise_rows"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                get_public_method(self.env["sozial.case"] if name == "_erase" else self.env["sozial.erasure"], name)


@tagged("post_install", "-at_install")
class TestHold(ErasureCommon):
    """Invariant 9: erasure under legal hold is refused, on every way."""

    def setUp(self):
        super().setUp()
        self.note = self.env["sozial.contact"].with_user(self.worker).create({"case_id": self.case.id, "text": "x"})
        self.later = fields.Date.add(self.today, days=30)
        self.hold = self.env["sozial.case.hold"].browse(self.case.action_set_hold("Lawsuit 12 C 34/26", self.later))

    def test_erasure_is_refused(self):
        self._close(self.case)
        for action in ("anonymise", "delete"):
            with self.assertRaisesRegex(UserError, "legal hold"):
                self.case._erase(action)
        self.hold.with_user(self.worker).action_lift()
        self.case._erase("anonymise")
        self.assertEqual(self.case.sudo().state, "anonymised")

    def test_direct_deletion_is_refused_whatever_the_context(self):
        file = self.env["ir.attachment"].create({"name": "x", "res_model": "sozial.contact", "res_id": self.note.id, "raw": b"x"})
        for records in (self.case, self.note, self.case.participant_ids, self.case.access_ids, file):
            for each in (records, records.sudo(), records.sudo().with_context(_force_unlink=True)):
                with self.subTest(records=each, su=each.env.su), self.assertRaises(UserError), self.env.cr.savepoint():
                    each.unlink()
        with self.assertRaisesRegex(UserError, "legal hold"):
            self.case.sudo().with_context(_force_unlink=True).unlink()

    def test_the_refusal_tells_nothing_to_others(self):
        """It names the case and its hold: whoever may not open the case is refused before."""
        file = self.env["ir.attachment"].create({"name": "x", "res_model": "sozial.case", "res_id": self.case.id, "raw": b"x"})
        for user in (self.colleague, self.frontdesk, self.privacy, self.report, self.config, self.system, self.portal):
            for record in (self.case, file, self.note):
                with self.subTest(user=user.login, record=record._name), self.assertRaises(AccessError) as refusal:
                    self._as(record, user).unlink()
                self.assertNotIn(self.case.sudo().name, str(refusal.exception))

    def test_no_cascade_reaches_a_case(self):
        """No foreign key of the case deletes it along: kinds, companies and tenancies are held or let go."""
        rows = self.env.execute_query(
            SQL(
                """SELECT conname, confrelid::regclass::text FROM pg_constraint
                   WHERE conrelid = 'sozial_case'::regclass AND contype = 'f' AND confdeltype = 'c'"""
            )
        )
        self.assertEqual(rows, [])
        muted = mute_logger("odoo.sql_db")
        for record in (self.kind, self.company, self.tenant):
            with self.subTest(record=record._name), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint(), muted:
                record.sudo().with_context(_force_unlink=True).unlink()
                self.env.flush_all()
        self.assertTrue(self.case.exists())

    def test_a_context_from_outside_switches_no_guard_off(self):
        """Without hold, too: `_force_unlink` of a call skips Odoo's own guards against deletion."""
        self.hold.with_user(self.worker).action_lift()
        consent = self._given()
        with self.assertRaisesRegex(UserError, "not deleted"):
            consent.with_context(_force_unlink=True).unlink()

    def test_who_sets_and_lifts(self):
        for user in (self.colleague, self.frontdesk, self.privacy, self.config, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(self.case, user).action_set_hold("x", self.later)
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        with self.assertRaisesRegex(AccessError, "in charge"):
            self._as(self.hold, self.colleague).action_lift()
        self._as(self.hold, self.lead).action_lift()
        self.assertFalse(self.case.sudo().legal_hold)
        self.assertEqual(self.hold.lifted_by_id, self.lead)
        with self.assertRaisesRegex(UserError, "lifted already"):
            self.hold.with_user(self.lead).action_lift()

    def test_what_a_hold_needs(self):
        self.hold.with_user(self.worker).action_lift()
        for reason, day, message in (
            ("", self.later, "Reason"),
            ("  ", self.later, "Reason"),
            ("x", False, "Review on"),
            ("x", self.today, "Review on"),
        ):
            with self.subTest(reason=reason, day=day), self.assertRaisesRegex(UserError, message):
                self.case.action_set_hold(reason, day)
        self.case.action_set_hold("x", self.later)
        with self.assertRaisesRegex(UserError, "already"):
            self.case.action_set_hold("x", self.later)

    def test_it_is_changed_by_its_buttons_only(self):
        for call in (
            lambda: self.hold.sudo().write({"lifted_at": fields.Datetime.now()}),
            lambda: self.hold.sudo().unlink(),
            lambda: self.case.write({"legal_hold": False}),
            lambda: self.env["sozial.case"].with_user(self.worker).create({"type_id": self.kind.id, "legal_hold": True}),
        ):
            with self.assertRaises(UserError):
                call()
        self.hold.with_user(self.worker).action_review(fields.Date.add(self.later, days=30))
        self.assertEqual(self.hold.review_on, fields.Date.add(self.later, days=30))
        self.hold.with_user(self.worker).action_lift()
        with self.assertRaisesRegex(UserError, "not deleted"):
            self.hold.sudo().unlink()
