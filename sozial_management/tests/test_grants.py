from datetime import timedelta

import psycopg2

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SozialCommon


@tagged("post_install", "-at_install")
class TestLockout(SozialCommon):
    """A conflict of interest beats every grant."""

    def setUp(self):
        super().setUp()
        self.case = self._open_case()
        self.note = self.env["sozial.contact"].with_user(self.worker).create({"case_id": self.case.id, "text": "x"})
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")

    def test_shuts_out_and_ends_the_grant(self):
        self.assertTrue(self._as(self.note, self.colleague).has_access("read"), "the positive control")
        activity = self.case.activity_schedule("mail.mail_activity_data_todo", user_id=self.colleague.id)
        self.case.action_lock_out(self.colleague.id, "Schwester der Klientin")
        for record in (self.case, self.note, self.case.participant_ids, self.case.access_ids, self.case.lockout_ids):
            with self.subTest(model=record._name):
                self.assertFalse(self._as(record, self.colleague).has_access("read"))
        self.assertEqual(activity.user_id, self.worker)

    def test_beats_a_grant_that_still_holds(self):
        self.case.action_lock_out(self.colleague.id, "Nachbar")
        with self.assertRaisesRegex(UserError, "conflict of interest"):
            self.case.action_grant_access(self.colleague.id, "co", "doch")
        self.case._grant(self.colleague, "co", "am Verfahren vorbei")
        self.assertFalse(self._as(self.case, self.colleague).has_access("read"))
        self.assertFalse(self._as(self.note, self.colleague).has_access("read"))
        self.assertNotIn(self.colleague, self.case._granted_users())

    def test_the_head_too_and_for_good(self):
        self.case.action_lock_out(self.lead.id, "Schwager")
        self.assertFalse(self._as(self.case, self.lead).has_access("read"))
        self.case.level = "strict"
        self.case.level = "confidential"
        self.assertFalse(self.case._valid_grants(self.lead), "no new standing access behind its back")

    def test_lifting_needs_a_grant_again(self):
        lockout = self.case.lockout_ids.browse(self.case.action_lock_out(self.colleague.id, "Nachbar"))
        lockout.action_lift()
        self.assertFalse(self._as(self.case, self.colleague).has_access("read"))
        self.case.action_grant_access(self.colleague.id, "co", "umgezogen")
        self.assertTrue(self._as(self.case, self.colleague).has_access("read"))
        with self.assertRaisesRegex(UserError, "lifted already"):
            lockout.action_lift()

    def test_who_may_set_it(self):
        with self.assertRaises(AccessError):
            self._as(self.case, self.colleague).action_lock_out(self.lead.id, "x")
        with self.assertRaisesRegex(UserError, "Reason"):
            self.case.action_lock_out(self.colleague.id, " ")
        with self.assertRaisesRegex(UserError, "in charge"):
            self.case.action_lock_out(self.worker.id, "x")
        with self.assertRaises(AccessError):
            self.env["sozial.case.lockout"].with_user(self.worker).create(
                {"case_id": self.case.id, "user_id": self.lead.id, "reason": "x"}
            )

    def test_is_neither_changed_nor_deleted_nor_doubled(self):
        self.case.action_lock_out(self.colleague.id, "x")
        lockout = self.case.lockout_ids
        with self.assertRaises(UserError):
            lockout.sudo().write({"reason": "y"})
        with self.assertRaises(UserError):
            lockout.sudo().unlink()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self.case.action_lock_out(self.colleague.id, "y")


@tagged("post_install", "-at_install")
class TestEmergency(SozialCommon):
    """Invariant 4."""

    def setUp(self):
        super().setUp()
        self.case = self._open_case(level="strict")
        self.ask = self.env["sozial.emergency"].with_user(self.colleague).with_context(
            allowed_company_ids=self.company.ids
        )

    def _notices(self):
        return self.env["mail.notification"].sudo().search(
            [("mail_message_id.model", "=", "sozial.case"), ("mail_message_id.res_id", "=", self.case.id)]
        )

    def test_three_hours_logged_and_told(self):
        before = fields.Datetime.now()
        self.assertEqual(self.ask.action_open("Klientin droht mit Suizid", self.case.name), self.case.ids)
        grant = self.case._valid_grants(self.colleague)
        self.assertEqual(grant.kind, "emergency")
        self.assertLessEqual(grant.valid_until, fields.Datetime.now() + timedelta(hours=3))
        self.assertGreaterEqual(grant.valid_until, before + timedelta(hours=3))
        self.assertTrue(self._as(self.case, self.colleague).has_access("read"))
        told = self._notices().res_partner_id
        self.assertEqual(told, self.worker.partner_id + self.lead.partner_id)
        row = self.env["sozial.emergency"].search([("user_id", "=", self.colleague.id)])
        self.assertEqual((row.case_number, row.reason), (self.case.name, "Klientin droht mit Suizid"))

    def test_by_tenant(self):
        self.assertEqual(self.ask.action_open("Nachbarn hören Hilferufe", partner_id=self.tenant.id), self.case.ids)

    def test_ends_by_the_clock(self):
        self.ask.action_open("Klientin droht mit Suizid", self.case.name)
        self.env.cr.execute(
            "UPDATE sozial_case_access SET valid_until = (now() at time zone 'utc') - interval '1 second' "
            "WHERE kind = 'emergency'"
        )
        self.assertFalse(self._as(self.case, self.colleague).has_access("read"))

    def test_asking_in_vain_is_on_record(self):
        stranger = self.env["res.partner"].create({"name": "Niemand"})
        self.assertFalse(self.ask.action_open("nur mal nachsehen", partner_id=stranger.id))
        row = self.env["sozial.emergency"].search([("user_id", "=", self.colleague.id)])
        self.assertEqual((len(row), row.case_number), (1, False))

    def test_a_conflict_of_interest_beats_it(self):
        self.case.action_lock_out(self.colleague.id, "Bruder")
        self.assertFalse(self.ask.action_open("Klientin droht mit Suizid", self.case.name))
        self.assertFalse(self._as(self.case, self.colleague).has_access("read"))

    def test_what_is_missing(self):
        with self.assertRaisesRegex(UserError, "Reason"):
            self.ask.action_open("eilig", self.case.name)
        with self.assertRaisesRegex(UserError, "Case number or tenant"):
            self.ask.action_open("Klientin droht mit Suizid")
        for user in (self.frontdesk, self.system, self.config, self.privacy):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.ask.with_user(user).action_open("Klientin droht mit Suizid", self.case.name)

    def test_other_company_is_not_opened(self):
        stranger = self._user("t_stranger", "worker", company=self.other_company)
        ask = self.env["sozial.emergency"].with_user(stranger).with_context(allowed_company_ids=self.other_company.ids)
        self.assertFalse(ask.action_open("Klientin droht mit Suizid", self.case.name))

    def test_data_protection_reviews(self):
        self.ask.action_open("Klientin droht mit Suizid", self.case.name)
        row = self.env["sozial.emergency"].with_user(self.privacy).search([("user_id", "=", self.colleague.id)])
        row.action_justified()
        self.assertEqual((row.verdict, row.reviewed_by_id), ("justified", self.privacy))
        self.assertFalse(self.env["sozial.case"].with_user(self.privacy).has_access("read"))
        for user in (self.colleague, self.worker, self.lead, self.system):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(row, user).action_justified()
        for record in (row, row.sudo()):
            with self.assertRaises(UserError):
                record.write({"verdict": "abuse"})
            with self.assertRaises(UserError):
                record.unlink()

    def test_dialog(self):
        wizard = self.env["sozial.emergency.open"].with_user(self.colleague)
        action = wizard.create({"case_number": self.case.name, "reason": "Klientin droht mit Suizid"}).action_confirm()
        self.assertEqual(action["domain"], [("id", "in", self.case.ids)])
        action = wizard.create({"case_number": "SM-0000", "reason": "Klientin droht mit Suizid"}).action_confirm()
        self.assertEqual(action["tag"], "display_notification")


@tagged("post_install", "-at_install")
class TestGrantsFollowThePerson(SozialCommon):
    """Archiving a user, changing groups or company: grants follow or end, never leak."""

    def setUp(self):
        super().setUp()
        self.case = self._open_case()
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        self.activity = self.case.activity_schedule("mail.mail_activity_data_todo", user_id=self.colleague.id)

    def _assert_ended(self):
        self.assertFalse(self.case._valid_grants(self.colleague))
        self.assertEqual(self.activity.user_id, self.worker)

    def test_archived_and_back_again(self):
        self.assertTrue(self.case._valid_grants(self.colleague), "the positive control")
        self.colleague.active = False
        self._assert_ended()
        self.colleague.active = True
        self.assertFalse(self._as(self.case, self.colleague).has_access("read"), "old grants do not revive")

    def test_role_taken_from_the_user(self):
        group = self.env.ref("sozial_management.group_sozial_worker")
        self.colleague.write({"group_ids": [Command.unlink(group.id)]})
        self._assert_ended()

    def test_role_taken_from_the_side_of_the_group(self):
        self.env.ref("sozial_management.group_sozial_worker").write({"user_ids": [Command.unlink(self.colleague.id)]})
        self._assert_ended()

    def test_moved_to_another_company(self):
        self.colleague.write(
            {"company_ids": [Command.set(self.other_company.ids)], "company_id": self.other_company.id}
        )
        self._assert_ended()

    def test_the_case_of_who_leaves_goes_to_the_head(self):
        note = self.env["sozial.contact"].with_user(self.worker).create({"case_id": self.case.id, "text": "x"})
        own = self.case.activity_schedule("mail.mail_activity_data_todo", user_id=self.worker.id)
        self.worker.active = False
        self.assertEqual(self.case.worker_id, self.lead)
        self.assertEqual(own.user_id, self.lead)
        self.assertTrue(self._as(note, self.lead).has_access("read"))
        leads = self.case.sudo().access_ids.filtered(lambda grant: grant.kind == "lead" and not grant.revoked_at)
        self.assertEqual(leads.user_id, self.lead)
        self.assertFalse(self.case._valid_grants(self.worker))

    def test_somebody_must_take_over(self):
        self.lead.active = False
        with self.assertRaisesRegex(UserError, "Appoint a head"):
            self.worker.active = False

    def test_closed_cases_need_no_successor(self):
        self.case.write({"close_reason": "solved", "outcome": "reached"})
        self.case.action_close()
        self.worker.active = False
        self.assertFalse(self.case._valid_grants(self.worker))

    def test_a_new_head_gets_and_a_former_head_loses_standing_access(self):
        strict = self._open_case(level="strict")
        successor = self._user("t_successor", "worker")
        self.assertFalse(self._as(self.case, successor).has_access("read"))
        group = self.env.ref("sozial_management.group_sozial_lead")
        successor.write({"group_ids": [Command.link(group.id)]})
        self.assertTrue(self._as(self.case, successor).has_access("read"))
        self.assertFalse(self._as(strict, successor).has_access("read"))
        self.lead.write({"group_ids": [Command.unlink(group.id)]})
        self.assertFalse(self._as(self.case, self.lead).has_access("read"))

    def test_a_head_who_is_hired_gets_standing_access(self):
        hired = self._user("t_hired", "lead")
        self.assertTrue(self._as(self.case, hired).has_access("read"))
        self.assertFalse(self._as(self.case, self._user("t_hired_too", "worker")).has_access("read"))

    def test_merging_contacts_gives_nobody_access(self):
        twin = self.env["res.partner"].create({"name": "Erika Sorgenfrei", "company_id": self.company.id})
        outsider = self._user("t_outsider", "worker")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((twin + self.tenant).ids, twin)
        self.env.invalidate_all()
        self.assertEqual(self.case.participant_ids.partner_id, twin)
        self.assertEqual(self.case.client_id, twin)
        self.assertEqual(twin.tenant_number, "T-1")
        self.assertFalse(self._as(self.case, outsider).has_access("read"))
        self.assertTrue(self._as(self.case, self.worker).has_access("read"))
