"""Reports, templates, server actions, and what else hands documents out."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
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
        self.case.sudo()._write_guarded({"next_review": fields.Date.today()})
        days = self._mine("sozial.my.day")
        self.assertIn(self.case.name, str(days.get_my_day()), "the control")
        for user in (self.colleague, self.lead):
            self.env.invalidate_all()
            self.assertNotIn(self.case.name, str(self._mine("sozial.my.day", user).get_my_day()))
