"""What a case leaves outside its own tables: files, messages, notices, searches, logs."""

import base64
import json
import logging
from datetime import timedelta

import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..models.case.server_log import WithoutContent
from .rights.matrix import OF_A_CASE
from .side_doors import CLIENT, SECRET, SideDoorCase

FILE = base64.b64encode(SECRET.encode())


@tagged("post_install", "-at_install")
class TestFiles(SideDoorCase):
    def _file(self, **values):
        return self._mine("ir.attachment").create({"name": SECRET, "datas": FILE, **values})

    def test_files_of_a_case(self):
        for model in ("sozial.case", "sozial.contact", "sozial.consent"):
            file = self._file(res_model=model, res_id=self.rows[model].id)
            with self.subTest(model=model):
                self.assertEqual(self._as(file, self.worker).raw, SECRET.encode(), "the control")
                for user in self.intruders:
                    self.assertFalse(self._as(file, user).has_access("read"), user.login)
                    self.assertFalse(self._as(file, user).search([("id", "=", file.id)]), user.login)
                    self.assertFalse(self._as(file, user).search([("name", "=", SECRET)]), user.login)

    def test_pictures_and_scans_stored_as_fields(self):
        consent = self.rows["sozial.consent"].with_user(self.worker)
        consent.write({"evidence": FILE})
        self.env.flush_all()
        file = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "sozial.consent"), ("res_id", "=", consent.id), ("res_field", "=", "evidence")]
        )
        self.assertEqual(file.raw, SECRET.encode(), "the control")
        for user in self.intruders:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(file, user).read(["raw", "name"])

    def test_unbound_file_is_its_authors(self):
        """Before a form is saved its file has no record; administrators read those, so nothing of ours waits there."""
        file = self._file()
        for user in set(self.intruders) - {self.system}:
            with self.subTest(user=user.login):
                self.assertFalse(self._as(file, user).has_access("read"))
        bound = self._file(res_model="sozial.case", res_id=self.case.id)
        self.assertFalse(self._as(bound, self.system).has_access("read"))

    def test_forms_of_a_case_leave_no_unbound_file(self):
        """Fields of ours to which people upload files are binaries: they are bound when they are stored."""
        for model in OF_A_CASE:
            for name, field in self.env[model]._fields.items():
                if field.comodel_name == "ir.attachment" and field.store and not field.readonly:
                    self.fail(f"{model}.{name} uploads files before the row exists")

    def test_never_public_nor_by_token(self):
        place = {"res_model": "sozial.case", "res_id": self.case.id}
        with self.assertRaisesRegex(UserError, "not published"):
            self._file(**place, public=True)
        file = self._file(**place)
        with self.assertRaisesRegex(UserError, "not published"):
            file.public = True
        with self.assertRaisesRegex(UserError, "not published"):
            file.generate_access_token()
        open_one = self._file(public=True)
        with self.assertRaisesRegex(UserError, "not published"):
            open_one.write(place)
        self.assertTrue(self._file().generate_access_token(), "the control: other files get links")

    def test_a_foreign_file_is_not_drawn_to_a_case_of_ones_own(self):
        file = self._file(res_model="sozial.case", res_id=self.case.id)
        with self.assertRaises(AccessError):
            self._as(file, self.colleague).write({"res_id": self.own.id})
        with self.assertRaises(AccessError):
            self._mine("ir.attachment", self.colleague).create(
                {"name": "x", "res_model": "sozial.case", "res_id": self.case.id}
            )


@tagged("post_install", "-at_install")
class TestMessages(SideDoorCase):
    def test_nothing_but_the_case_has_messages(self):
        for model in sorted(set(OF_A_CASE) - {"sozial.case"}):
            row = self.rows[model]
            place = {"model": model, "res_id": row.id}
            with self.subTest(model=model):
                with self.assertRaises(UserError):
                    self._mine("mail.message").create({**place, "body": SECRET})
                with self.assertRaises(UserError):
                    self.env["mail.mail"].sudo().create({**place, "body_html": SECRET})
                with self.assertRaises(UserError):
                    self.env["mail.scheduled.message"].sudo().create({
                        **place, "body": SECRET, "author_id": self.worker.partner_id.id, "scheduled_date": "2030-01-01",
                    })  # fmt: skip
                link = {"res_model_id": self.env["ir.model"]._get_id(model), "res_id": row.id}
                with self.assertRaisesRegex(UserError, "on the case itself"):
                    self._mine("mail.activity").create({**link, "summary": SECRET, "user_id": self.worker.id})
                with self.assertRaisesRegex(UserError, "on the case itself"):
                    self._mine("calendar.event").create(
                        {**link, "name": SECRET, "start": "2026-12-01 09:00:00", "stop": "2026-12-01 10:00:00"}
                    )

    def test_planned_elsewhere_and_moved_here(self):
        """The text stays behind, and the assignee needs a grant here too."""
        case = {"res_model_id": self.env["ir.model"]._get_id("sozial.case"), "res_id": self.case.id}
        elsewhere = {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"), "res_id": self.tenant.id,
            "summary": SECRET, "note": SECRET, "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
        }  # fmt: skip
        moved = self.env["mail.activity"].sudo().create({**elsewhere, "user_id": self.worker.id})
        self.assertEqual(moved.summary, SECRET, "the control")
        moved.write(case)
        self.assertEqual(moved.res_model, "sozial.case")
        self.assertNotIn(SECRET, f"{moved.summary} {moved.note}")
        other = self.env["mail.activity"].sudo().create({**elsewhere, "user_id": self.colleague.id})
        with self.assertRaisesRegex(ValidationError, "no access"):
            other.write(case)

    def test_followers_recipients_and_mentioned_get_nothing(self):
        """Forged past the methods that refuse them."""
        self.env["mail.followers"].sudo().create(
            [{"res_model": "sozial.case", "res_id": self.case.id, "partner_id": user.partner_id.id} for user in self.intruders]
        )
        self.case.activity_schedule("mail.mail_activity_data_todo", user_id=self.worker.id).action_feedback(feedback=SECRET)
        message = self.case.sudo().message_ids[:1]
        self.assertTrue(message, "the control: there is a message")
        message.partner_ids = [Command.link(user.partner_id.id) for user in self.intruders]
        self.env["mail.notification"].sudo().create(
            [{"mail_message_id": message.id, "res_partner_id": user.partner_id.id} for user in self.intruders]
        )
        for user in self.intruders:
            with self.subTest(user=user.login):
                for record in self.rows.values():
                    self.assertFalse(self._as(record, user).has_access("read"))
                told = self._as(message, user).read(["body", "subject", "preview"]) if user != self.portal else ""
                for word in (SECRET, CLIENT):
                    self.assertNotIn(word, str(told))

    def test_activities_of_others(self):
        activity = self.case.activity_schedule("mail.mail_activity_data_todo", user_id=self.worker.id)
        self.assertTrue(self._as(activity, self.worker).has_access("read"), "the control")
        for user in self.intruders:
            activities = self._mine("mail.activity", user)
            with self.subTest(user=user.login):
                self.assertFalse(self._as(activity, user).has_access("read"))
                if activities.has_access("read"):
                    here = [("res_model", "=", "sozial.case"), ("res_id", "=", self.case.id)]
                    self.assertFalse(activities.search(here))
                    self.assertFalse(activities.search_count(here))
                    self.assertFalse([n for _u, n in activities._read_group(here, ["user_id"], ["__count"]) if n])

    def test_calendar_of_others(self):
        event = self._mine("calendar.event").create({
            "name": SECRET, "description": SECRET, "start": "2026-12-01 09:00:00", "stop": "2026-12-01 10:00:00",
            "res_model_id": self.env["ir.model"]._get_id("sozial.case"), "res_id": self.case.id,
        })  # fmt: skip
        told = self._as(event, self.worker).read(["name", "res_id"])[0]
        self.assertEqual(told["res_id"], self.case.id, "the control")
        for user in self.intruders:
            events = self._mine("calendar.event", user)
            try:
                told = self._as(event, user).read(["name", "description", "location", "res_id", "res_model", "partner_ids"])
            except AccessError as error:
                told = error
            with self.subTest(user=user.login):
                self.assert_silent(told)
                if isinstance(told, list):
                    self.assertFalse(told[0]["res_id"] or told[0]["res_model"])
                if events.has_access("read"):
                    self.assertFalse(events.search([("res_id", "=", self.case.id), ("res_model", "=", "sozial.case")]))

    def test_what_the_bus_carries(self):
        """Notices to browsers: to those who may open the case, and without content."""
        before = self.env["bus.bus"].sudo().search([], order="id desc", limit=1).id or 0
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        self.case.write({"urgency": "2", "concern": SECRET})
        self._mine("sozial.contact").create({"case_id": self.case.id, "text": SECRET})
        due = self._today() - timedelta(days=1)
        self.case.activity_schedule("mail.mail_activity_data_todo", due, summary=SECRET, user_id=self.colleague.id)
        self._clear_intake(self.case).action_assess()
        self._mine("calendar.event").create({
            "name": SECRET, "start": "2026-12-01 09:00:00", "stop": "2026-12-01 10:00:00",
            "res_model_id": self.env["ir.model"]._get_id("sozial.case"), "res_id": self.case.id,
        })  # fmt: skip
        self._mine("sozial.emergency", self.lead).action_open("Hilferufe aus der Wohnung", self.case.name)
        self.env.flush_all()
        self.env.cr.precommit.run()
        sent = self.env["bus.bus"].sudo().search([("id", ">", before)])
        self.assertTrue(sent, "the control: something was sent")
        for notice in sent:
            for word in (SECRET, CLIENT):
                self.assertNotIn(word, notice.message)
        concerned = {self.worker.partner_id.id, self.colleague.partner_id.id, self.lead.partner_id.id}
        addressed = {tuple(json.loads(notice.channel)[1:3]) for notice in sent if self.case.name in notice.message}
        self.assertTrue(addressed <= {("res.partner", partner) for partner in concerned}, addressed)

    def test_what_waits_in_the_mail_queue(self):
        self.case.action_grant_access(self.colleague.id, "co", SECRET)
        self.case.activity_schedule("mail.mail_activity_data_todo", summary=SECRET, note=SECRET, user_id=self.colleague.id)
        self._mine("sozial.emergency", self.lead).action_open("Hilferufe aus der Wohnung", self.case.name)
        mails = self.env["mail.mail"].sudo().search([("mail_message_id.model", "=", "sozial.case")])
        messages = self.env["mail.message"].sudo().search([("model", "=", "sozial.case"), ("res_id", "=", self.case.id)])
        self.assertTrue(messages, "the control")
        for record in [*messages, *mails]:
            told = str(record.read())
            for word in (SECRET, CLIENT):
                self.assertNotIn(word, told)


@tagged("post_install", "-at_install")
class TestSavedSearches(SideDoorCase):
    def _filter(self, user=None, **values):
        user = user or self.worker
        return self._mine("ir.filters", user).create_filter({
            "name": SECRET, "model_id": "sozial.case", "domain": f"[('client_id.name', '=', '{CLIENT}')]",
            "user_ids": [Command.set(user.ids)], **values,
        })  # fmt: skip

    def test_ones_own_only(self):
        saved = self._filter()
        mine = self._mine("ir.filters").get_filters("sozial.case")
        self.assertIn(saved.id, [one["id"] for one in mine], "the control")
        for user in self.intruders:
            if user == self.portal:
                continue
            with self.subTest(user=user.login):
                self.assertFalse(self._mine("ir.filters", user).search([("id", "=", saved.id)]))
                self.assertFalse(self._as(saved, user).has_access("read"))

    def test_not_shared(self):
        for users in ([Command.clear()], [Command.set((self.worker + self.colleague).ids)]):
            with self.subTest(users=users), self.assertRaisesRegex(UserError, "not shared"):
                self._filter(user_ids=users)
        saved = self._filter()
        with self.assertRaisesRegex(UserError, "not shared"):
            saved.user_ids = [Command.link(self.colleague.id)]
        self.assertTrue(self._filter(model_id="sozial.offer", user_ids=[Command.clear()], domain="[]"), "the control")

    def test_no_default_values(self):
        with self.assertRaisesRegex(UserError, "Default values"):
            self._mine("ir.default").set("sozial.contact", "text", SECRET, user_id=True)
        self._mine("ir.default").set("sozial.handover", "urgency", "1", user_id=True)
        kept = self.env["ir.default"].search([("user_id", "=", self.worker.id), ("field_id.model", "=", "sozial.handover")])
        with self.assertRaisesRegex(UserError, "Default values"):
            kept.with_user(self.worker).field_id = self.env["ir.model.fields"]._get("sozial.case", "urgency")

    def test_external_ids_tell_no_content(self):
        data = self.env["ir.model.data"].create(
            {"module": "__test__", "name": "note", "model": "sozial.contact", "res_id": self.note.id}
        )
        told = self._as(data, self.system).read(["display_name", "name", "complete_name", "reference"])
        self.assertIn("__test__.note", str(told), "the control")
        self.assert_silent(told)


@tagged("post_install", "-at_install")
class TestServerLog(SideDoorCase):
    """Log lines of every level a server writes hold neither content nor names."""

    def _written(self):
        """Keeps what the server would write."""
        return self.assertLogs("odoo", logging.INFO)

    def test_ordinary_work(self):
        with self._written() as written:  # the control: something is logged
            note = self._mine("sozial.contact").create({"case_id": self.case.id, "text": SECRET})
            note.write({"text": SECRET + " zwei"})
            note.unlink()
            self._clear_intake(self.case).action_assess()
            with self.assertRaises(AccessError):
                self._as(self.note, self.colleague).read(["text"])
            self.env.flush_all()
        for word in (SECRET, CLIENT):
            self.assertNotIn(word, "\n".join(written.output))

    def test_a_failed_query_is_logged_without_its_values(self):
        with self._written() as written, self.assertRaises(psycopg2.errors.CheckViolation), self.env.cr.savepoint():
            self._mine("sozial.contact").create({"case_id": self.case.id, "text": SECRET, "minutes": 5000})
        logged = "\n".join(written.output)
        self.assertIn("bad query on table sozial_contact", logged, "the control")
        self.assertIn("minutes_plausible", logged)
        self.assertNotIn(SECRET, logged)

    def test_other_tables_are_logged_as_ever(self):
        with self._written() as written, self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
            self.env.cr.execute("SELECT 1 FROM res_partner WHERE name = %s AND nonsense", [CLIENT])
        self.assertIn(CLIENT, "\n".join(written.output))

    def test_an_export_is_logged_without_its_filter(self):
        line = logging.LogRecord(
            "odoo.addons.web.controllers.export", logging.INFO, "", 0, "User %d exported %d %r records from %s. Fields: %s. %s: %s",
            (7, 1, "sozial.case", "127.0.0.1", "name", "Domain", [("client_id.name", "=", CLIENT)]), None,
        )  # fmt: skip
        WithoutContent().filter(line)
        self.assertIn("sozial.case", line.getMessage())
        self.assertNotIn(CLIENT, line.getMessage())
        self.assertTrue(any(isinstance(one, WithoutContent) for one in logging.getLogger(line.name).filters))
