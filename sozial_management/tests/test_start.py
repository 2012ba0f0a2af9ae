from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..hooks import post_init_hook, uninstall_hook
from .common import SozialCommon


@tagged("post_install", "-at_install")
class TestStart(SozialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._user("t_admin", groups="base.group_system,sozial_management.group_sozial_config")
        cls.starts = cls.env["sozial.start"].with_context(allowed_company_ids=cls.company.ids)

    def _steps(self, user=None):
        start = self.starts.with_user(user or self.config).get_start()
        return {step["key"]: step for step in start["steps"]}

    def test_for_configuration_only(self):
        self.assertTrue(self._steps())
        for user in (self.worker, self.lead, self.frontdesk, self.system, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.starts.with_user(user).get_start()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.starts.with_user(user).get_roles()

    def test_each_step_shows_what_is_done(self):
        steps = self._steps()
        self.assertTrue(steps["roles"]["done"])
        self.assertTrue(steps["import"]["done"])
        self.assertIn("1", steps["import"]["state"])
        self.assertFalse(steps["kinds"]["done"])
        self.assertFalse(steps["catalogue"]["done"])
        self.starts.with_user(self.config).action_confirm_kinds()
        self.assertTrue(self._steps()["kinds"]["done"])
        self.env["sozial.offer"].create(
            {
                "name": "Sprechstunde",
                "summary": "Wir hören zu.",
                "topic_ids": [Command.set(self.topic.ids)],
                "category_id": self.env["sozial.offer.category"].search([], limit=1).id,
                "company_id": self.company.id,
                "is_published": True,
            }
        )
        self.assertTrue(self._steps()["catalogue"]["done"])

    def test_actions_of_the_steps_exist(self):
        for step in self._steps().values():
            if step.get("action"):
                self.assertTrue(self.env.ref(step["action"]))

    def test_no_figure_tells_of_cases(self):
        self._open_case()
        start = self.starts.with_user(self.config).get_start()
        self.assertNotIn("Case", [loss["label"] for loss in start["losses"]])
        self.assertEqual(len(start["losses"]), 5)

    def test_roles_are_given_and_taken(self):
        user = self._user("t_new", groups="base.group_user")
        role = self.env.ref("sozial_management.group_sozial_worker")
        starts = self.starts.with_user(self.admin)
        starts.set_role(user.id, role.id, True)
        self.assertTrue(user.has_group("sozial_management.group_sozial_worker"))
        row = next(row for row in starts.get_roles("t_new")["users"] if row["id"] == user.id)
        self.assertEqual(row["roles"], {role.id: "own"})
        starts.set_role(user.id, role.id, False)
        self.assertFalse(user.has_group("sozial_management.group_sozial_worker"))

    def test_configuration_alone_gives_no_roles(self):
        role = self.env.ref("sozial_management.group_sozial_lead")
        with self.assertRaises(AccessError):
            self.starts.with_user(self.config).set_role(self.config.id, role.id, True)

    def test_only_our_roles_are_given(self):
        with self.assertRaises(UserError):
            self.starts.with_user(self.admin).set_role(self.worker.id, self.env.ref("base.group_system").id, True)

    def test_installation_gives_administrators_configuration_and_nothing_else(self):
        post_init_hook(self.env)
        ours = self.env.ref("sozial_management.privilege_sozial").group_ids
        self.assertEqual(self.system.group_ids & ours, self.env.ref("sozial_management.group_sozial_config"))
        self.assertFalse(self.system.all_group_ids & (ours - self.env.ref("sozial_management.group_sozial_config")))
        self.assertFalse(self.env["sozial.case"].with_user(self.system).has_access("read"))

    def test_a_later_administrator_gets_nothing(self):
        later = self._user("t_later", groups="base.group_system")
        self.assertFalse(later.all_group_ids & self.env.ref("sozial_management.privilege_sozial").group_ids)

    def test_uninstalling_leaves_no_rows_about_us(self):
        case = self._open_case()
        case.activity_schedule("mail.mail_activity_data_todo", user_id=self.worker.id)
        event = self.env["calendar.event"].with_user(self.worker).create(
            {
                "name": "x",
                "start": "2026-12-01 09:00:00",
                "stop": "2026-12-01 10:00:00",
                "res_model_id": self.env["ir.model"]._get_id("sozial.case"),
                "res_id": case.id,
                "partner_ids": [Command.set(self.worker.partner_id.ids)],
            }
        )
        other = self.env["calendar.event"].create(
            {"name": "y", "start": "2026-12-01 09:00:00", "stop": "2026-12-01 10:00:00"}
        )
        attachment = self.env["ir.attachment"].create({"name": "a", "res_model": "sozial.case", "res_id": case.id})
        uninstall_hook(self.env)
        self.assertFalse(event.exists() or attachment.exists())
        self.assertTrue(other.exists())
        for model, name in (("mail.activity", "res_model"), ("mail.message", "model"), ("mail.followers", "res_model")):
            rows = self.env[model].sudo().with_context(active_test=False).search([(name, "=like", "sozial.%")])
            self.assertFalse(rows, model)
        self.assertFalse(self.env["ir.sequence"].search([("code", "=like", "sozial.%")]))
