import warnings
from datetime import timedelta

import psycopg2

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .common import SozialCommon

SECRET = "Kennwort-Zaunkönig"


@tagged("post_install", "-at_install")
class TestGrants(SozialCommon):
    """Invariant 1: without a valid grant nothing, whoever asks; with one, everything."""

    def setUp(self):
        super().setUp()
        self.case = self._open_case(concern=SECRET)
        self.note = self.env["sozial.contact"].with_user(self.worker).create(
            {"case_id": self.case.id, "text": SECRET}
        )
        self.rows = [self.case, self.note, self.case.participant_ids, self.case.access_ids]

    def test_who_reads_and_who_does_not(self):
        for record in self.rows:
            for user in (self.worker, self.lead):
                with self.subTest(model=record._name, user=user.login):
                    self.assertTrue(self._as(record, user).has_access("read"))
                    self.assertTrue(self.env[record._name].with_user(user).search([("id", "in", record.ids)]))
            for user in (self.colleague, self.frontdesk, self.privacy, self.report, self.config, self.system, self.portal):
                with self.subTest(model=record._name, user=user.login):
                    self.assertFalse(self._as(record, user).has_access("read"))

    def test_search_group_count_and_name_of_a_colleague(self):
        for user, expected in ((self.worker, 1), (self.colleague, 0)):
            cases = self.env["sozial.case"].with_user(user)
            self.assertEqual(cases.search_count([("id", "=", self.case.id)]), expected)
            self.assertEqual(sum(n for _t, n in cases._read_group([], ["type_id"], ["__count"])), expected)
            self.assertEqual(len(cases.name_search(self.case.name)), expected)
            self.assertEqual(cases.search_count([("concern", "ilike", SECRET)]), expected)
            notes = self.env["sozial.contact"].with_user(user)
            self.assertEqual(notes.search_count([("text", "ilike", SECRET)]), expected)

    def test_system_administrator_gets_no_access_line(self):
        for model in ("sozial.case", "sozial.contact", "sozial.case.participant", "sozial.case.access", "sozial.handover"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.system).search([], limit=1)

    def test_a_group_rule_or_access_line_does_not_widen(self):
        """An administrator who gives everybody an access line and an open rule still gets nothing."""
        model = self.env["ir.model"]._get("sozial.case")
        self.env["ir.model.access"].create(
            {"name": "x", "model_id": model.id, "group_id": self.env.ref("base.group_system").id, "perm_read": True}
        )
        self.env["ir.rule"].create(
            {
                "name": "x",
                "model_id": model.id,
                "domain_force": "[(1, '=', 1)]",
                "groups": [Command.set(self.env.ref("base.group_system").ids)],
            }
        )
        self.assertEqual(self.env["sozial.case"].with_user(self.system).search_count([]), 0)
        self.assertEqual(self.env["sozial.case"].with_user(self.worker).search_count([("id", "=", self.case.id)]), 1)

    def test_colleague_with_grant_until_it_is_ended(self):
        grant_id = self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        self.assertEqual(self._as(self.case, self.colleague).concern, SECRET)
        self.case.access_ids.browse(grant_id).action_revoke()
        self.assertFalse(self._as(self.case, self.colleague).has_access("read"))
        self.assertFalse(self._as(self.note, self.colleague).has_access("read"))
        with self.assertRaisesRegex(UserError, "ended already"):
            self.case.access_ids.browse(grant_id).action_revoke()

    def test_a_grant_expires_by_the_clock(self):
        until = fields.Datetime.now() + timedelta(hours=1)
        grant_id = self.case.action_grant_access(self.colleague.id, "standin", "Urlaub", until)
        self.assertTrue(self._as(self.case, self.colleague).has_access("read"))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sozial_case_access SET valid_until = (now() at time zone 'utc') - interval '1 second' WHERE id = %s",
            [grant_id],
        )
        self.env.invalidate_all()
        self.assertFalse(self._as(self.case, self.colleague).has_access("read"))
        self.assertEqual(self.env["sozial.contact"].with_user(self.colleague).search_count([]), 0)

    def test_a_grant_of_tomorrow_does_not_hold_today(self):
        self.env["sozial.case.access"].sudo().create(
            {
                "case_id": self.case.id,
                "user_id": self.colleague.id,
                "kind": "co",
                "reason": "ab morgen",
                "valid_from": fields.Datetime.now() + timedelta(days=1),
            }
        )
        self.assertFalse(self._as(self.case, self.colleague).has_access("read"))

    def test_strict_has_no_standing_head_access(self):
        self.case.level = "strict"
        self.assertFalse(self._as(self.case, self.lead).has_access("read"))
        self.case.level = "confidential"
        self.assertTrue(self._as(self.case, self.lead).has_access("read"))
        strict = self._open_case(level="strict")
        self.assertFalse(self._as(strict, self.lead).has_access("read"))

    def test_level_is_for_the_one_in_charge_and_the_head(self):
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        with self.assertRaises(AccessError):
            self._as(self.case, self.colleague).level = "strict"

    def test_grants_are_not_forged(self):
        values = {"case_id": self.case.id, "user_id": self.colleague.id, "kind": "co", "reason": "x"}
        for user in (self.colleague, self.worker, self.system, self.lead):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["sozial.case.access"].with_user(user).create(values)
        with self.assertRaises(UserError):
            self.case.write({"access_ids": [Command.create(values)]})
        with self.assertRaises(AccessError):
            self._as(self.case, self.colleague).action_grant_access(self.colleague.id, "co", "Neugier")

    def test_grants_are_not_changed_or_deleted(self):
        grant = self.case.access_ids[:1]
        for record in (grant, grant.sudo()):
            with self.assertRaises(UserError):
                record.write({"valid_until": fields.Datetime.now()})
            with self.assertRaises(UserError):
                record.unlink()
        with self.assertRaisesRegex(UserError, "not deleted"):
            grant.sudo().unlink()

    def test_a_grant_says_what_is_missing(self):
        later = fields.Datetime.now() + timedelta(days=1)
        for args, message in (
            ((self.colleague.id, "co", " "), "Reason"),
            ((self.colleague.id, "lead", "x"), "Kind of access"),
            ((self.frontdesk.id, "co", "x"), "social worker"),
            ((self.colleague.id, "standin", "x"), "Until"),
            ((self.colleague.id, "standin", "x", fields.Datetime.now() - timedelta(days=1)), "future"),
            ((self.worker.id, "co", "x", later), "already"),
        ):
            with self.subTest(message=message), self.assertRaisesRegex(UserError, message):
                self.case.action_grant_access(*args)

    def test_exactly_one_lead(self):
        self.assertEqual(self.case.access_ids.filtered(lambda g: g.kind == "lead").user_id, self.worker)
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self.case._grant(self.colleague, "lead", "zweite Leitung")
        lead = self.case.access_ids.filtered(lambda g: g.kind == "lead")
        with self.assertRaisesRegex(UserError, "handed over"):
            lead.action_revoke()

    def test_a_row_does_not_move_into_or_out_of_a_case(self):
        foreign = self._open_case(user=self.colleague)
        participant = foreign.participant_ids
        with self.assertRaises(UserError):
            self._as(participant, self.worker).write({"case_id": self.case.id})
        with self.assertRaises(UserError):
            self.case.write({"participant_ids": [Command.link(participant.id)]})
        with self.assertRaises(AccessError):
            self.env["sozial.contact"].with_user(self.worker).create({"case_id": foreign.id, "text": "x"})

    def test_a_row_does_not_move_between_cases_of_ones_own(self):
        other = self._open_case()
        with self.assertRaisesRegex(UserError, "cannot move"):
            self.note.with_user(self.worker).write({"case_id": other.id})

    def test_every_child_of_a_case_carries_the_rule(self):
        """Walks the registry: a later model below the case without the rule fails here."""
        self.assertIn("sozial.contact", self.env.registry)
        context = {"user": self.env.user, "company_ids": []}
        wanted = {
            operator: safe_eval(self.env.ref(f"sozial_management.{rule}").domain_force, context)[0][2]
            for operator, rule in (("any", "rule_sozial_case_grant"), ("not any", "rule_sozial_case_lockout_rule"))
        }
        names = [
            name
            for name, model in self.env.registry.items()
            if not model._abstract and model._auto and self._below_case(model)
        ]
        self.assertGreaterEqual(len(names), 5)
        for name in names:
            with self.subTest(model=name):
                rules = self.env["ir.rule"].search([("model_id.model", "=", name), ("groups", "=", False)])
                everywhere = rules.filtered(lambda rule: rule.perm_read and rule.perm_write and rule.perm_unlink)
                domains = [safe_eval(rule.domain_force, context) for rule in everywhere]
                for operator, domain in wanted.items():
                    found = [each[0][2] for each in domains if len(each) == 1 and each[0][1] == operator]
                    self.assertIn(domain, found, operator)

    def _below_case(self, model):
        field = model._fields.get("case_id") or model._fields.get("contact_id")
        return field is not None and field.comodel_name in ("sozial.case", "sozial.contact")


@tagged("post_install", "-at_install")
class TestNeutralCommunication(SozialCommon):
    """Invariant 6: nothing of a case leaves through chatter, activities, mail or calendar."""

    def setUp(self):
        super().setUp()
        self.case = self._open_case(concern=SECRET)

    def _texts(self):
        """Everything that chatter, mails and activities of the case say."""
        messages = self.env["mail.message"].sudo().search([("model", "=", "sozial.case"), ("res_id", "=", self.case.id)])
        activities = self.env["mail.activity"].sudo().with_context(active_test=False).search(
            [("res_model", "=", "sozial.case"), ("res_id", "=", self.case.id)]
        )
        mails = self.env["mail.mail"].sudo().search([], order="id desc", limit=50)
        values = messages.mapped("body") + messages.mapped("subject") + mails.mapped("body_html")
        for name in ("summary", "note", "feedback", "res_name"):
            values += activities.mapped(name)
        values += self.env["mail.tracking.value"].sudo().search([("mail_message_id", "in", messages.ids)]).mapped("display_name")
        return " ".join(str(value) for value in values if value)

    def test_no_free_composer(self):
        for call in (
            lambda: self.case.message_post(body=SECRET),
            lambda: self.case.message_notify(body=SECRET, partner_ids=self.colleague.partner_id.ids),
            lambda: self.case.message_mail_with_source("mail.message_activity_done"),
            lambda: self.case.with_context(mail_post_autofollow=True).message_post(body=SECRET),
        ):
            with self.assertRaises(UserError):
                call()

    def test_no_fixed_sentence_to_somebody_of_ones_choice(self):
        """A mail from the social department tells a household who is a client, whatever it says."""
        view = self.env["ir.ui.view"].create(
            {"type": "qweb", "name": "x", "key": "sozial_management.x", "arch": "<t t-name='x'>An activity was completed.</t>"}
        )
        words = {"body": "An activity was completed.", "partner_ids": self.portal.partner_id.ids}
        for call in (
            lambda: self.case.message_post(**words),
            lambda: self.case.message_notify(**words),
            lambda: self.case.message_post_with_source(view, partner_ids=self.portal.partner_id.ids),
            lambda: self.case.message_mail_with_source(view, partner_ids=self.portal.partner_id.ids),
        ):
            with self.assertRaisesRegex(UserError, "contact note"):
                call()
        self.assertFalse(self.case.sudo().message_ids)

    def test_a_view_given_for_its_name_is_told_apart_without_a_warning(self):
        other = self.env["ir.ui.view"].create({"type": "qweb", "name": "x", "key": "sozial_management.x", "arch": f"<p>{SECRET}</p>"})
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with self.assertRaisesRegex(UserError, "contact note"):
                self.case.message_post_with_source(other)
            self.case.message_post_with_source(self.env.ref("mail.message_activity_done"), render_values={"feedback": SECRET})
        self.assertIn("activity was completed", self._texts())
        self.assertNotIn(SECRET, self._texts())

    def test_automatic_entries_are_dropped(self):
        """Odoo writes such lines where something changes; they neither stay nor stop the change."""
        self.assertFalse(self.case._message_log(body=SECRET))
        self.assertFalse(self.case.sudo().message_ids)

    def test_a_field_that_somebody_tracks_leaves_no_value(self):
        self.case._fields["concern"].tracking = True
        self.addCleanup(delattr, self.case._fields["concern"], "tracking")
        self.env.registry.clear_all_caches()
        self.addCleanup(self.env.registry.clear_all_caches)
        self.case.write({"concern": SECRET + " neu"})
        self.flush_tracking()
        self.assertFalse(self.env["mail.tracking.value"].sudo().search([("new_value_text", "ilike", SECRET)]))

    def flush_tracking(self):
        """Let the end of the transaction write what was tracked."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def test_nobody_follows(self):
        self.case.message_subscribe(partner_ids=self.colleague.partner_id.ids)
        self.assertFalse(self.case.message_follower_ids)

    def test_opening_and_changing_is_not_narrated(self):
        self.case.write({"urgency": "2", "concern": SECRET + " zwei"})
        self._clear_intake(self.case).action_assess()
        self.assertNotIn(SECRET, self._texts())
        self.assertFalse(any(field.tracking for field in self.case._fields.values() if hasattr(field, "tracking")))

    def test_activities_carry_no_text(self):
        activity = self.case.activity_schedule(
            "mail.mail_activity_data_todo", summary=SECRET, note=SECRET, user_id=self.worker.id
        )
        self.assertEqual(activity.summary, activity.activity_type_id.name)
        activity.write({"summary": SECRET, "note": SECRET})
        activity.action_feedback(feedback=SECRET)
        texts = self._texts()
        self.assertIn("activity was completed", texts, "the positive control")
        self.assertNotIn(SECRET, texts)

    def test_an_activity_needs_a_grant(self):
        with self.assertRaisesRegex(ValidationError, "no access"):
            self.case.activity_schedule("mail.mail_activity_data_todo", user_id=self.colleague.id)

    def test_ending_a_grant_takes_the_activities_away(self):
        grant_id = self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        activity = self.case.activity_schedule("mail.mail_activity_data_todo", user_id=self.colleague.id)
        self.assertTrue(self._as(activity, self.colleague).has_access("read"))
        self.case.access_ids.browse(grant_id).action_revoke()
        self.assertEqual(activity.user_id, self.worker)
        self.assertFalse(self._as(activity, self.colleague).has_access("read"))

    def _event(self, **values):
        return self.env["calendar.event"].with_user(self.worker).create(
            {
                "name": SECRET,
                "description": SECRET,
                "notes": SECRET,
                "location": SECRET,
                "start": "2026-12-01 09:00:00",
                "stop": "2026-12-01 10:00:00",
                "res_model_id": self.env["ir.model"]._get_id("sozial.case"),
                "res_id": self.case.id,
                **values,
            }
        )

    def test_appointments_tell_nothing(self):
        event = self._event()
        self.assertEqual((event.privacy, event.name), ("private", "Appointment"))
        event.write({"name": SECRET, "privacy": "public", "description": SECRET, "notes": SECRET, "location": SECRET})
        self.assertEqual(event.privacy, "private")
        self.assertNotIn(SECRET, f"{event.name} {event.description} {event.notes} {event.location}")
        self.assertNotIn(SECRET, self._texts())

    def test_no_client_as_attendee(self):
        with self.assertRaisesRegex(ValidationError, "only colleagues"):
            self._event(partner_ids=[Command.set((self.worker.partner_id + self.tenant).ids)])


@tagged("post_install", "-at_install")
class TestMyDay(SozialCommon):
    def test_for_social_workers(self):
        self.assertEqual(self.env["sozial.my.day"].with_user(self.worker).get_my_day()["caseload"], 0)
        for user in (self.frontdesk, self.system, self.config, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["sozial.my.day"].with_user(user).get_my_day()

    def test_sections(self):
        case = self._open_case(next_review=fields.Date.context_today(self.tenancy))
        quiet = self._open_case(opened_on=fields.Date.subtract(self._today(), days=40))
        self.env["sozial.handover"].with_user(self.frontdesk).create(
            {"topic_id": self.topic.id, "summary": "x", "partner_id": self.tenant.id, "tenant_knows": "no"}
        )
        case.activity_schedule("mail.mail_activity_data_todo", user_id=self.worker.id)
        self.env["calendar.event"].with_user(self.worker).create(
            {"name": "Team", "start": fields.Datetime.now(), "stop": fields.Datetime.now() + timedelta(minutes=1)}
        )
        day = self.env["sozial.my.day"].with_user(self.worker).get_my_day()
        self.assertEqual(day["caseload"], 2)
        self.assertEqual([row["id"] for row in day["reviews"]["rows"]], case.ids)
        self.assertEqual([row["id"] for row in day["stale"]["rows"]], quiet.ids)
        self.assertEqual(day["handovers"]["count"], 1)
        self.assertEqual(day["activities"]["count"], 1)
        self.assertEqual(day["appointments"]["rows"][0]["name"], "Team")
        other = self.env["sozial.my.day"].with_user(self.colleague).get_my_day()
        self.assertEqual((other["caseload"], other["stale"]["count"], other["activities"]["count"]), (0, 0, 0))
