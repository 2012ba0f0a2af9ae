"""Reports, templates, server actions, and what else hands documents out."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .rights.matrix import OF_A_CASE
from .side_doors import CLIENT, SECRET, SideDoorCase


@tagged("post_install", "-at_install")
class TestDocuments(SideDoorCase):
    """Reports, templates and actions see what their user sees."""

    def test_reports(self):
        report = self.env.ref("sozial_management.report_consent")
        consent = self.rows["sozial.consent"]
        self.assertIn(CLIENT, self._render(self.worker, report, consent), "the control")
        for user in self.intruders:
            with self.subTest(user=user.login), self.assertRaises(AccessError) as caught:
                self._render(user, report, consent)
            self.assert_silent(caught.exception)

    def _render(self, user, report, record):
        self.env.flush_all()
        self.env.invalidate_all()
        reports = self._mine("ir.actions.report", user)
        return str(reports._render_qweb_html(report.report_name, record.ids)[0], "utf-8")

    def test_a_report_made_by_an_administrator(self):
        """It shows who prints it what that person may read: the administrator nothing."""
        self.env["ir.ui.view"].create({
            "type": "qweb", "name": "x", "key": "sozial_management.side_door",
            "arch": "<t t-name='x'><p t-foreach='docs' t-as='doc' t-out='doc.concern'/></t>",
        })  # fmt: skip
        report = self.env["ir.actions.report"].create({
            "name": "x", "model": "sozial.case", "report_type": "qweb-html", "report_name": "sozial_management.side_door",
        })  # fmt: skip
        self.assertIn(SECRET, self._render(self.worker, report, self.case), "the control")
        for user in (self.system, self.colleague, self.lead):
            with self.subTest(user=user.login):
                try:
                    told = self._render(user, report, self.case)
                except Exception as error:  # noqa: BLE001  the renderer wraps refusals in errors of its own
                    told = error
                self.assertNotIn(SECRET, str(told))

    def test_mail_templates(self):
        template = self.env["mail.template"].create({
            "name": "x", "model_id": self.env["ir.model"]._get_id("sozial.case"),
            "subject": "{{ object.concern }}", "body_html": "<t t-out='object.concern'/>", "email_to": "a@example.org",
        })  # fmt: skip
        for user in (self.system, self.colleague):
            mine = self._as(template, user)
            for call in (
                lambda mine=mine: mine._render_field("subject", self.case.ids),
                lambda mine=mine: mine._render_field("body_html", self.case.ids),
                lambda mine=mine: mine.send_mail(self.case.id),
            ):
                with self.subTest(user=user.login), mute_logger("odoo.addons.mail.models.mail_render_mixin"):
                    try:
                        told = call()
                    except (AccessError, UserError) as error:
                        told = error
                    self.assertNotIn(SECRET, str(told))
        with self.assertRaises(UserError):  # who may read it, may not mail it
            self._as(template, self.worker).send_mail(self.case.id)
        self.assertFalse(self.env["mail.mail"].sudo().search([("subject", "ilike", SECRET)]))

    def test_server_actions(self):
        """Run by an administrator, they see nothing; run by whoever may, they do."""
        action = self.env["ir.actions.server"].create({
            "name": "x", "model_id": self.env["ir.model"]._get_id("sozial.case"), "state": "code",
            "code": "action = {'found': env['sozial.case'].search([('id', '=', %d)]).mapped('concern')}" % self.case.id,
        })  # fmt: skip
        self.assertEqual(self._as(action, self.worker).run(), {"found": [SECRET]}, "the control")
        for user in (self.system, self.colleague):
            with self.subTest(user=user.login):
                try:
                    told = self._as(action, user).run()
                except AccessError as error:
                    told = error
                self.assertNotIn(SECRET, str(told))

    def _cron(self, user):
        """A scheduled action that copies what it finds to where an administrator reads it."""
        return self.env["ir.cron"].with_user(self.system).create({
            "name": "x", "model_id": self.env["ir.model"]._get_id("res.partner"), "state": "code", "user_id": user.id,
            "code": "env['ir.config_parameter'].sudo().set_param('a.b', env['sozial.case'].search([('id', '=', %d)]).mapped('concern'))"
            % self.case.id,
        })  # fmt: skip

    def _found_by(self, cron):
        self.env["ir.config_parameter"].set_param("a.b", "-")
        try:
            self._as(cron.ir_actions_server_id, cron.user_id).run()
        except AccessError as refusal:
            return str(refusal)
        return self.env["ir.config_parameter"].get_param("a.b")

    def test_scheduled_actions(self):
        """They see what their user sees. In the name of a social worker they see cases: data protection is told."""
        last = self.env["sozial.access.log"].sudo().search([], order="id desc", limit=1).id or 0
        own = self._cron(self.system)
        self.assertNotIn(SECRET, self._found_by(own))
        borrowed = self._cron(self.worker)
        self.assertIn(SECRET, self._found_by(borrowed), "the control")
        own.with_user(self.system).user_id = self.worker
        self.env.cr.flush()
        changes = self.env["sozial.access.log"].sudo().search([("id", ">", last), ("change", "=", "code")]).mapped("what")
        self.assertEqual(len([what for what in changes if "ir.cron: x" in what]), 2, changes)

    def test_automatic_actions_on_cases(self):
        """Whatever kind an automation rule starts, making one is told to data protection; none writes or sends content."""
        cases, activity = self.env["ir.model"]._get_id("sozial.case"), self.env.ref("mail.mail_activity_data_todo").id
        kinds = {
            "code": {"code": "x = 1"},
            "object_write": {"update_path": "urgency", "value": "1"},
            "mail_post": {"mail_post_method": "comment", "template_id": self.env["mail.template"].create(
                {"name": "x", "model_id": cases, "subject": "x", "body_html": "<t t-out='object.concern'/>"}).id},
            "next_activity": {"activity_type_id": activity, "activity_summary": SECRET, "activity_note": SECRET,
                              "activity_user_type": "specific", "activity_user_id": self.worker.id},
            "followers": {"followers_type": "specific", "partner_ids": [Command.link(self.portal.partner_id.id)]},
        }  # fmt: skip
        for kind, values in kinds.items():
            with self.subTest(kind=kind):
                last = self.env["sozial.access.log"].sudo().search([], order="id desc", limit=1).id or 0
                action = self.env["ir.actions.server"].create({"name": "x", "model_id": cases, "state": kind, **values})
                self.env.cr.flush()
                told = self.env["sozial.access.log"].sudo().search([("id", ">", last), ("change", "=", "code")])
                self.assertIn("sozial.case", str(told.mapped("what")))
                here = {"active_model": "sozial.case", "active_id": self.case.id, "active_ids": self.case.ids}
                try:
                    self._as(action, self.worker).with_context(**here).run()
                except UserError as refusal:
                    self.assertNotIn(SECRET, str(refusal))
                with self.assertRaises(AccessError):
                    self._as(action, self.colleague).with_context(**here).run()
        self.env.flush_all()
        self.assertFalse(self.case.sudo().message_follower_ids)
        for record in [*self.case.sudo().message_ids, *self.case.sudo().activity_ids]:
            self.assertNotIn(SECRET, str(record.read()))
        self.assertTrue(self.case.sudo().activity_ids, "the control: an activity was planned")

    def test_nothing_is_sent_to_another_server(self):
        for model in ("sozial.case", "sozial.contact"):
            with self.assertRaisesRegex(ValidationError, "another server"):
                self.env["ir.actions.server"].create({
                    "name": "x", "model_id": self.env["ir.model"]._get_id(model), "state": "webhook", "webhook_url": "https://example.org",
                })  # fmt: skip

    def test_preview_of_an_import(self):
        """Preview and trial run of a file that names foreign cases; the uploaded file is its owner's."""
        lines = f'"Database ID","Concern"\n{self.case.id},"x"\n{self.own.id},"y"\n'
        upload = {"res_model": "sozial.case", "file": lines.replace("x", "Amsel").encode(), "file_name": "x.csv", "file_type": "text/csv"}
        options = {"has_headers": True, "quoting": '"', "separator": ",", "encoding": "utf-8", "advanced": False, "keep_matches": False}
        mine = self._mine("base_import.import").create(upload)
        self.assertIn("Amsel", str(mine.parse_preview(options)), "the control: one's own file is shown")
        for user in self.intruders:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(mine, user).read(["file"])
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(mine, user).parse_preview(options)
        upload["file"] = lines.encode()
        theirs = self._mine("base_import.import", self.colleague).create(upload)
        self.assert_silent(theirs.parse_preview(options))
        self.assert_silent(theirs.execute_import([".id", "concern"], [], options, dryrun=True))
        self.env.invalidate_all()
        self.assertEqual(self.case.sudo().concern, SECRET)

    def test_no_tracking_and_no_copies_in_other_tables(self):
        for model in OF_A_CASE:
            for name, field in self.env[model]._fields.items():
                self.assertFalse(getattr(field, "tracking", False), f"{model}.{name}")
        self.case.write({"concern": SECRET + " drei", "urgency": "1"})
        self.env.flush_all()
        self.assertFalse(self.env["mail.tracking.value"].sudo().search([("mail_message_id.model", "in", list(OF_A_CASE))]))

    def test_merged_contacts_say_nothing(self):
        twin = self.env["res.partner"].create({"name": CLIENT, "company_id": self.company.id})
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((twin + self.tenant).ids, twin)
        self.env.invalidate_all()
        self.assertEqual(self.note.sudo().partner_ids, twin, "the control: the note follows")
        told = self.env["mail.message"].sudo().search([("model", "=", "res.partner"), ("res_id", "=", twin.id)])
        self.assertNotIn(self.case.name, str(told.read()))
        for user in self.intruders:
            self.assertFalse(self._as(self.note, user).has_access("read"), user.login)

    def test_what_is_due_today_is_a_persons_own(self):
        self.case.sudo()._write_guarded({"next_review": self._today()})
        days = self._mine("sozial.my.day")
        self.assertIn(self.case.name, str(days.get_my_day()), "the control")
        for user in (self.colleague, self.lead):
            self.env.invalidate_all()
            self.assertNotIn(self.case.name, str(self._mine("sozial.my.day", user).get_my_day()))
