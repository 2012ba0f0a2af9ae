"""Ways around the front door: forms that are not saved, other models, messages past the chatter."""

import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SozialCommon

SECRET = "Kennwort-Zaunkönig"


@tagged("post_install", "-at_install")
class TestForms(SozialCommon):
    """A form that is not saved yet may name any record's id. It tells nothing about it."""

    def setUp(self):
        super().setUp()
        self.case = self._open_case()
        self.note = self.env["sozial.contact"].with_user(self.worker).create(
            {"case_id": self.case.id, "text": SECRET}
        )

    def _onchange(self, user, model, values, *names):
        self.env.flush_all()
        self.env.invalidate_all()
        records = self.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        spec = {name: {"fields": {"display_name": {}}} if records._fields[name].relational else {} for name in names}
        return records.onchange(values, [next(iter(values))], {**dict.fromkeys(values, {}), **spec})["value"]

    def _assert_closed(self, model, values, name, expected):
        self.assertEqual(self._onchange(self.worker, model, values, name)[name], expected)
        with self.assertRaises(AccessError):
            self._onchange(self.colleague, model, values, name)
        in_memory = self.env[model].with_user(self.colleague).with_context(allowed_company_ids=self.company.ids).new(values)
        self.assertFalse(in_memory[name])

    def test_note_does_not_name_the_client_of_a_foreign_case(self):
        note = {"case_id": self.case.id}, ["case_id"], {"client_id": {"fields": {"display_name": {}}}}
        told = self.env["sozial.contact"].with_user(self.worker).onchange(*note)
        self.assertEqual(told["value"]["client_id"]["id"], self.tenant.id, "the control")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.env["sozial.contact"].with_user(self.colleague).onchange(*note)

    def test_case_does_not_name_the_client_of_a_foreign_participant(self):
        self._assert_closed(
            "sozial.case", {"participant_ids": [Command.link(self.case.participant_ids.id)]}, "client_id",
            {"id": self.tenant.id, "display_name": self.tenant.display_name},
        )

    def test_case_does_not_count_foreign_notes(self):
        self._assert_closed("sozial.case", {"contact_ids": [Command.link(self.note.id)]}, "contact_count", 1)

    def test_case_does_not_name_the_worker_of_a_foreign_grant(self):
        lead = self.case.access_ids.filtered(lambda grant: grant.kind == "lead")
        self._assert_closed(
            "sozial.case", {"access_ids": [Command.link(lead.id)]}, "worker_id",
            {"id": self.worker.id, "display_name": self.worker.display_name},
        )

    def test_addendum_is_written_by_its_button_only(self):
        own = self._open_case(self.colleague)
        notes = self.env["sozial.contact"].with_user(self.colleague)
        with self.assertRaisesRegex(UserError, "Addendum to"):
            notes.create({"case_id": own.id, "addendum_to_id": self.note.id})
        note = notes.with_context(default_addendum_to_id=self.note.id).create({"case_id": own.id})
        self.assertFalse(note.addendum_to_id)


@tagged("post_install", "-at_install")
class TestMessages(SozialCommon):
    """Invariant 6: no free text reaches people without access, whichever way it is stored."""

    def setUp(self):
        super().setUp()
        self.case = self._open_case()
        self.free = {
            "model": "sozial.case", "res_id": self.case.id, "body": SECRET,
            "partner_ids": [Command.set(self.frontdesk.partner_id.ids)],
        }

    def test_message_past_the_chatter(self):
        messages = self.env["mail.message"].with_user(self.worker)
        for values in (self.free, {**self.free, "body": "", "subject": SECRET}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "contact note"):
                messages.create(values)
        with self.assertRaisesRegex(UserError, "contact note"):
            self.case.message_ids = [Command.create({"body": SECRET, "model": "sozial.case"})]

    def test_fixed_sentence_is_not_rewritten(self):
        self.case.activity_schedule("mail.mail_activity_data_todo", user_id=self.worker.id).action_done()
        message = self.case.message_ids.with_user(self.worker)
        self.assertEqual(len(message), 1, "a completed activity leaves a fixed sentence")
        with self.assertRaisesRegex(UserError, "contact note"):
            message.write({"body": SECRET})

    def test_message_does_not_move_onto_a_case(self):
        message = self.worker.partner_id.message_post(body=SECRET)
        # as superuser: the rights of the worker would stop it too, for another reason
        with self.assertRaisesRegex(UserError, "contact note"):
            self.env["mail.message"].sudo().browse(message.id).write({"model": "sozial.case", "res_id": self.case.id})

    def test_composer_for_many_records(self):
        values = {
            "composition_mode": "mass_mail", "model": "sozial.case", "res_ids": repr(self.case.ids), "subject": SECRET, "body": SECRET,
        }  # fmt: skip
        composers = self.env["mail.compose.message"].with_user(self.worker)
        elsewhere = composers.create({**values, "model": "res.partner", "res_ids": repr(self.tenant.ids)})
        moved = {"model": "sozial.case", "res_ids": repr(self.case.ids)}
        for call in (
            lambda: composers.create(values),
            lambda: composers.with_context(default_model="sozial.case").default_get(["body"]),
            lambda: composers.onchange(values, ["model"], {"body": {}}),
            lambda: elsewhere.write(moved),
        ):
            with self.assertRaisesRegex(UserError, "contact note"):
                call()
        self.env.cr.execute("UPDATE mail_compose_message SET model = 'sozial.case', res_ids = %s", [moved["res_ids"]])
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "contact note"):  # past all of that
            elsewhere.action_send_mail()
        self.assertFalse(self.env["mail.mail"].sudo().search([("subject", "=", SECRET)]))

    def test_planned_message(self):
        with self.assertRaisesRegex(UserError, "contact note"):
            self.env["mail.scheduled.message"].with_user(self.worker).create(
                {
                    "model": "sozial.case", "res_id": self.case.id, "body": SECRET,
                    "author_id": self.worker.partner_id.id, "scheduled_date": "2027-01-01 08:00:00",
                }
            )

    def test_planned_message_does_not_move_onto_a_case(self):
        planned = self.env["mail.scheduled.message"].sudo().create(
            {
                "model": "res.partner", "res_id": self.tenant.id, "body": SECRET,
                "author_id": self.worker.partner_id.id, "scheduled_date": "2037-01-01 08:00:00",
            }
        )
        with self.assertRaisesRegex(UserError, "contact note"):
            planned.write({"model": "sozial.case", "res_id": self.case.id})

    def test_assigning_an_activity_still_tells_the_colleague(self):
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        self.case.activity_schedule("mail.mail_activity_data_todo", user_id=self.colleague.id)
        told = self.env["mail.message"].sudo().search(
            [("model", "=", "sozial.case"), ("res_id", "=", self.case.id), ("partner_ids", "in", self.colleague.partner_id.ids)]
        )
        self.assertEqual(len(told), 1)


@tagged("post_install", "-at_install")
class TestAppointments(SozialCommon):
    """An appointment tells nothing, and to which case it belongs only its attendees know."""

    def setUp(self):
        super().setUp()
        self.case = self._open_case()
        self.times = {"start": "2026-12-01 10:00:00", "stop": "2026-12-01 11:00:00"}
        self.link = {"res_model_id": self.env["ir.model"]._get_id("sozial.case"), "res_id": self.case.id}
        self.events = self.env["calendar.event"].with_user(self.worker)

    def test_case_of_an_appointment_is_not_searched_nor_grouped(self):
        event = self.events.create({"name": SECRET, **self.times, **self.link})
        self.env.flush_all()
        domain = [("id", "=", event.id)]
        for user, expected in ((self.worker, 1), (self.colleague, 0), (self.system, 0)):
            self.env.invalidate_all()
            events = self.env["calendar.event"].with_user(user)
            attendees = self.env["calendar.attendee"].with_user(user)
            for link in (
                [("res_model", "=", "sozial.case")], [("res_id", "=", self.case.id)],
                [("res_model_id", "=", self.link["res_model_id"])],
            ):
                with self.subTest(user=user.login, link=link):
                    self.assertEqual(events.search_count(domain + link), expected)
            with self.subTest(user=user.login):
                self.assertEqual(attendees.search_count(
                    [("event_id", "=", event.id), ("event_id.res_model", "=", "sozial.case")]), expected)
                groups = attendees._read_group([("event_id", "=", event.id)], ["event_id.res_id"], ["__count"])
                self.assertEqual(sum(count for res_id, count in groups if res_id), expected)
        self.env.invalidate_all()
        self.assertEqual(self.env["calendar.event"].with_user(self.colleague).search_count(domain), 1, "but busy")

    def test_event_that_becomes_an_appointment_of_a_case(self):
        event = self.events.create({"name": SECRET, "description": SECRET, "location": SECRET, **self.times})
        event.write(self.link)
        self.assertEqual((event.name, event.privacy), ("Appointment", "private"))
        self.assertFalse(event.description or event.location)

    def test_calendar_opened_from_a_case_leaves_other_events_alone(self):
        event = self.events.create({"name": "Teambesprechung", **self.times})
        event.with_context(default_res_model="sozial.case", default_res_id=self.case.id).write({"name": "Team"})
        self.assertEqual(event.name, "Team")

    def test_client_with_a_portal_login_is_not_invited(self):
        with self.assertRaisesRegex(ValidationError, "Attendees"):
            self.events.create(
                {"name": "x", **self.times, **self.link, "partner_ids": [Command.link(self.portal.partner_id.id)]}
            )

    def test_no_free_text_on_an_appointment(self):
        event = self.events.create({"name": "x", **self.times, **self.link})
        with self.assertRaisesRegex(UserError, "contact note"):
            event.message_post(body=SECRET)


@tagged("post_install", "-at_install")
class TestOtherTraces(SozialCommon):
    def test_counter_of_case_numbers_is_not_read(self):
        self._open_case()
        ranges = self.env["ir.sequence.date_range"].sudo().search([("sequence_id.code", "=", "sozial.case")])
        self.assertTrue(ranges, "the control")
        for user in (self.system, self.frontdesk, self.worker):
            with self.subTest(user=user.login):
                sequences = self.env["ir.sequence"].with_user(user)
                self.assertFalse(sequences.search([("code", "=", "sozial.case")]))
                self.assertFalse(self.env["ir.sequence.date_range"].with_user(user).search([("id", "in", ranges.ids)]))
        self.assertTrue(self.env["ir.sequence"].sudo().search([("code", "=", "sozial.case")]))

    def test_deleting_a_contact_does_not_tell_who_is_a_client(self):
        names = ("Klient", "Mieter", "Anbieter", "Arbeitgeber")
        client, tenant, provider, elsewhere = self.env["res.partner"].create([{"name": name} for name in names])
        self._open_case(participant_ids=[Command.create({"partner_id": client.id, "role": "client"})])
        self.tenancy.occupant_ids = [Command.create({"partner_id": tenant.id})]
        self.env["sozial.offer"].search([], limit=1).provider_id = provider
        self.env["res.company"].create({"name": "Firma", "partner_id": elsewhere.id})  # nothing of ours refers to it
        self.env.flush_all()
        messages = {self._refused_deletion(partner, context) for partner in (client, tenant, provider, elsewhere)
                    for context in ({}, {"_force_unlink": True})}  # fmt: skip
        self.assertEqual(len(messages), 1, "a client gets the same sentence as anybody whom something refers to")
        self.assertIn("cannot be deleted", messages.pop())
        self.env["res.partner"].create({"name": "Niemand"}).unlink()

    def _refused_deletion(self, partner, context):
        """What an administrator is told."""
        partner = partner.with_user(self.system).with_context(**context)
        savepoint = self.env.cr.savepoint()
        try:
            with mute_logger("odoo.sql_db"):
                partner.unlink()
            return "deleted"
        except UserError as refusal:
            return str(refusal)
        except psycopg2.IntegrityError as refusal:
            return partner._sql_error_to_message(refusal)
        finally:
            savepoint.close(rollback=True)

    def test_a_refused_deletion_is_told_without_tables(self):
        self._open_case()
        for record in (self.kind, self.dwelling, self.worker):
            with self.subTest(model=record._name), mute_logger("odoo.sql_db"):
                with self.assertRaises(psycopg2.IntegrityError) as caught, self.env.cr.savepoint():
                    record.sudo().unlink()
                sentence = self.env["sozial.case"]._sql_error_to_message(caught.exception)
                self.assertIn("Archive it instead", sentence)
                self.assertNotIn("sozial_", sentence)


@tagged("post_install", "-at_install")
class TestStandingAccess(SozialCommon):
    def test_who_stops_being_head_loses_the_standing_access(self):
        role = self.env.ref("sozial_management.group_sozial_lead")
        worker = self.env.ref("sozial_management.group_sozial_worker")
        first = self._open_case()
        self.assertTrue(self._as(first, self.lead).has_access("read"))
        self.lead.write({"group_ids": [Command.unlink(role.id), Command.link(worker.id)]})
        self.assertFalse(self._as(first, self.lead).has_access("read"), "taken away on the user")

        self.lead.group_ids |= role
        second = self._open_case()
        self.assertTrue(self._as(second, self.lead).has_access("read"))
        role.user_ids -= self.lead
        self.assertFalse(self._as(second, self.lead).has_access("read"), "taken away on the group")
        self.assertTrue(self._as(second, self.worker).has_access("read"), "the worker in charge keeps the case")

    def test_other_grants_outlive_the_role(self):
        case = self._open_case(level="strict")
        case.action_grant_access(self.lead.id, "co", "Tandem")
        self.lead.group_ids |= self.env.ref("sozial_management.group_sozial_worker")
        self.lead.group_ids -= self.env.ref("sozial_management.group_sozial_lead")
        self.assertTrue(self._as(case, self.lead).has_access("read"))


@tagged("post_install", "-at_install")
class TestEnds(SozialCommon):
    def test_closing_leaves_no_open_activity(self):
        case = self._open_case()
        case.activity_schedule("mail.mail_activity_data_todo", user_id=self.worker.id)
        case.write({"close_reason": "solved", "outcome": "reached"})
        case.action_close()
        self.assertFalse(
            self.env["mail.activity"].sudo().search([("res_model", "=", "sozial.case"), ("res_id", "=", case.id)])
        )

    def test_taken_up_again_once(self):
        case = self._open_case()
        case.write({"close_reason": "solved", "outcome": "reached"})
        case.action_close()
        case.action_reopen()
        with self.assertRaisesRegex(UserError, "taken up again already"):
            case.action_reopen()

    def test_a_handover_says_what_it_is_about(self):
        values = {"topic_id": self.topic.id, "tenancy_id": self.tenancy.id, "tenant_knows": "yes"}
        handovers = self.env["sozial.handover"].with_user(self.frontdesk)
        for summary in ("  ", "x" * 2001):
            with self.subTest(length=len(summary)), self.assertRaisesRegex(ValidationError, "What is it about"):
                handovers.create({**values, "summary": summary})
        self.assertEqual(handovers.create({**values, "summary": "x"}).partner_id, self.tenant, "by the tenancy alone")
