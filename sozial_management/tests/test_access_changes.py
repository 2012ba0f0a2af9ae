from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_access_log import AccessLogCommon


@tagged("post_install", "-at_install")
class TestAccessChanges(AccessLogCommon):
    """An administrator who changes rights to get in is on record and on the review list."""

    def setUp(self):
        super().setUp()
        self.admins = self.env(user=self.system)
        self.lead_group = self.env.ref("sozial_management.group_sozial_lead")
        self._logged()

    def _changes(self):
        rows = self._logged("administration")
        reviews = self.env["sozial.access.review"].search([("log_id", "in", rows.ids)])
        self.assertEqual(len(reviews), len(rows), "every change is on the review list")
        return {(row.change, row.operation, row.subject, row.target_user_id) for row in rows}

    def test_a_head_who_gives_the_role_to_himself(self):
        role = "sozial_management.group_sozial_lead"
        me = self._as(self.system, self.system)
        self.lead_group = self.lead_group.with_env(me.env)
        for name, give, take in (
            ("user", lambda: me.write({"group_ids": [Command.link(self.lead_group.id)]}),
             lambda: me.write({"group_ids": [Command.unlink(self.lead_group.id)]})),
            ("group", lambda: self.lead_group.write({"user_ids": [Command.link(me.id)]}),
             lambda: self.lead_group.write({"user_ids": [Command.unlink(me.id)]})),
            ("implied", lambda: self._implied().write({"implied_ids": [Command.link(self.lead_group.id)]}),
             lambda: self._implied().write({"implied_ids": [Command.unlink(self.lead_group.id)]})),
        ):  # fmt: skip
            with self.subTest(name):
                give()
                self.assertIn(("role_given", "write", role, me), self._changes())
                take()
                self.assertIn(("role_taken", "write", role, me), self._changes())

    def _implied(self):
        """A group that looks harmless, with the system administrator in it."""
        if not hasattr(self, "harmless"):
            self.harmless = self.admins["res.groups"].create({"name": "x", "user_ids": [Command.link(self.system.id)]})
            self._logged()
        return self.harmless

    def test_it_reads_as_a_sentence(self):
        self.system.with_user(self.system).write({"group_ids": [Command.link(self.lead_group.id)]})
        row = self._logged("administration").filtered(lambda one: one.subject.endswith("group_sozial_lead"))
        self.assertEqual(
            self._as(row, self.privacy).what, f"Head of social management: role given by {self.system.name} to {self.system.name}"
        )
        self.assertEqual(row.company_id, self.company)

    def test_new_archived_and_moved_users(self):
        role = "sozial_management.group_sozial_worker"
        user = self._user("t_new", "worker")
        self.assertIn(("role_given", "write", role, user), self._changes())
        user.active = False
        self.assertIn(("role_taken", "write", role, user), self._changes())
        user.active = True
        self.assertIn(("role_given", "write", role, user), self._changes())
        user.company_ids += self.other_company
        rows = self._logged("administration")
        self.assertEqual(rows.company_id, self.other_company, "another company's cases are another right")

    def test_what_does_not_change_a_role_is_no_business_of_the_log(self):
        self.worker.write({"group_ids": [Command.link(self.env.ref("base.group_no_one").id)]})
        self.worker.with_user(self.worker).write({"signature": "x"})
        self.env["res.groups"].create({"name": "x"}).write({"name": "y"})
        self.assertFalse(self._changes())

    def test_rules_and_access_rights(self):
        model = self.env["ir.model"]._get("sozial.contact")
        other = self.env["ir.model"]._get("res.partner")
        rule = self.env.ref("sozial_management.rule_sozial_case_grant")
        made = None
        for name, call, wanted in (
            ("rule", lambda: rule.write({"active": False}), {("rule", "write", "sozial.case")}),
            ("new rule", lambda: self.env["ir.rule"].create({"name": "x", "model_id": model.id}), {("rule", "create", "sozial.contact")}),
            ("no rule", lambda: rule.unlink(), {("rule", "unlink", "sozial.case")}),
            ("line", lambda: self.env["ir.model.access"].create({"name": "x", "model_id": model.id}),
             {("access", "create", "sozial.contact")}),
            ("foreign rule", lambda: self.env["ir.rule"].create({"name": "x", "model_id": other.id}), set()),
            ("foreign line", lambda: self.env["ir.model.access"].create({"name": "x", "model_id": other.id}), set()),
        ):  # fmt: skip
            with self.subTest(name):
                made = call()
                self.assertEqual({change[:3] for change in self._changes()}, wanted)
        made.model_id = model  # a harmless line that moves to a model of ours
        self.assertEqual({change[:3] for change in self._changes()}, {("access", "write", "sozial.contact")})

    def test_code(self):
        partner = self.env["ir.model"]._get("res.partner")
        action = self.env["ir.actions.server"].create(
            {"name": "x", "model_id": partner.id, "state": "code", "code": "env['so' + 'zial.case'].sudo()"}
        )
        self.assertEqual({change[:3] for change in self._changes()}, {("code", "create", "res.partner")})
        action.code = "action = {}"
        self.assertEqual({change[:3] for change in self._changes()}, {("code", "write", "res.partner")})
        self.env["ir.model.fields"].create(
            {"name": "x_cases", "model_id": partner.id, "ttype": "char", "depends": "name", "store": False,
             "compute": "for one in self: one['x_cases'] = 'x'"}
        )  # fmt: skip
        self.assertEqual({change[:3] for change in self._changes()}, {("field", "create", "res.partner")})
        view = self.env["ir.ui.view"].create(
            {"name": "x", "type": "qweb", "key": "test.x", "arch": "<t t-name='x'><t t-out=\"doc.sudo().name\"/></t>"}
        )
        self.assertEqual({change[:3] for change in self._changes()}, {("view", "create", "test.x")})
        view.arch = "<t t-name='x'>x</t>"
        self.assertEqual({change[:3] for change in self._changes()}, {("view", "write", "test.x")})
        view.arch = "<t t-name='x'>y</t>"
        self.assertFalse(self._changes())

    def test_code_that_is_not_called_code(self):
        """A computed value, the file name of a paper, the placeholders of mails: all of them run as code."""
        partner = self.env["ir.model"]._get("res.partner").id
        reach = "object.env['so' + 'zial.contact'].sudo().search([], limit=1).text"
        plain = self.admins["ir.actions.server"].create(
            {"name": "x", "model_id": partner, "state": "object_write", "update_path": "ref", "value": "x"}
        )
        template = self.admins["mail.template"].create({"name": "x", "model_id": partner, "subject": "{{ object.name }}"})
        report = self.admins["ir.actions.report"].create(
            {"name": "x", "model": "res.partner", "report_name": "test.x", "print_report_name": "object.name"}
        )
        mail = {"composition_mode": "mass_mail", "model": "res.partner", "res_ids": str(self.system.partner_id.ids)}
        self.assertFalse(self._changes(), "nothing that reaches further")
        for name, call, wanted in (
            ("value", lambda: plain.write({"evaluation_type": "equation", "value": reach}), ("code", "write", "res.partner")),
            ("file name", lambda: report.write({"print_report_name": reach}), ("code", "write", "test.x")),
            ("template", lambda: template.write({"subject": "{{ %s }}" % reach}), ("view", "write", "mail.template: x")),
            ("mail to many", lambda: self.admins["mail.compose.message"].create({**mail, "subject": "{{ %s }}" % reach, "body": "x"}),
             ("view", "create", "mail.compose.message")),
        ):  # fmt: skip
            with self.subTest(name):
                call()
                self.assertEqual({change[:3] for change in self._changes()}, {wanted})

    def test_code_in_a_translation(self):
        self.env["res.lang"]._activate_lang("de_DE")
        partner = self.env["ir.model"]._get("res.partner").id
        template = self.admins["mail.template"].create({"name": "x", "model_id": partner, "subject": "{{ object.name }}"})
        self._logged()
        template.update_field_translations("subject", {"de_DE": "{{ object.with_user(1).name }}"})
        self.assertEqual({change[:3] for change in self._changes()}, {("view", "write", "mail.template: x")})

    def test_sign_in_of_others(self):
        self._as(self.worker, self.system).write({"password": "Kennwort-Rotkehlchen"})
        self.assertEqual({(change[0], change[3]) for change in self._changes()}, {("password", self.worker)})
        self._as(self.portal, self.system).write({"password": "Kennwort-Rotkehlchen"})
        self.assertFalse(self._changes(), "somebody without a role of ours")
        self.worker.with_user(self.worker).sudo().write({"password": "Kennwort-Rotkehlchen"})
        self.assertFalse(self._changes(), "one's own")

    def test_data_protection_gets_one_task_and_reviews(self):
        self.env["mail.activity"].search([("res_model", "=", "sozial.access.review")]).unlink()
        for _times in range(2):
            self.env.ref("sozial_management.rule_sozial_case_grant").write({"domain_force": "[]"})
        reviews = self.env["sozial.access.review"].search([("log_id", "in", self._logged().ids)], order="id")
        tasks = self.env["mail.activity"].search([("res_model", "=", "sozial.access.review"), ("user_id", "=", self.privacy.id)])
        self.assertEqual(tasks.mapped("res_id"), reviews[:1].ids, "one task, however many changes")
        review = self._as(reviews[0], self.privacy)
        review.action_justified()
        self.assertEqual((review.verdict, review.reviewed_by_id), ("justified", self.privacy))
        self.assertFalse(tasks.exists())
        for user in (self.system, self.lead, self.config):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(reviews[1], user).action_justified()
        for call in (lambda: review.sudo().write({"verdict": "abuse"}), lambda: review.sudo().unlink()):
            with self.assertRaises(UserError):
                call()

    def test_nobody_reviews_oneself(self):
        self.privacy.group_ids += self.env.ref("base.group_system")
        self._logged()
        self.env.ref("sozial_management.rule_sozial_case_grant").with_user(self.privacy).write({"domain_force": "[]"})
        review = self.env["sozial.access.review"].search([("log_id", "in", self._logged().ids)])
        with self.assertRaisesRegex(UserError, "of one's own"):
            self._as(review, self.privacy).action_justified()

    def test_emergency_access_is_in_the_log(self):
        strict = self._open_case(level="strict")
        self._logged()
        emergencies = self.env["sozial.emergency"].with_user(self.colleague).with_context(allowed_company_ids=self.company.ids)
        emergencies.action_open("Hilferufe in der Wohnung", case_number=strict.name)
        row = self._logged("emergency")
        self.assertEqual((row.user_id, row.case_id, row.reason), (self.colleague, strict.id, "emergency"))
        emergencies.action_open("Hilferufe in der Wohnung", case_number="SM-1900-00001")
        row = self._logged("emergency")
        self.assertEqual((row.user_id, row.case_number, row.company_id), (self.colleague, False, self.company))


@tagged("post_install", "-at_install")
class TestAccessQuestions(AccessLogCommon):
    """What data protection asks, and how long the log is kept."""

    def _entries(self, number, **values):
        """Rows as the system writes them, each for another case."""
        values = {
            "at": self._at_noon(), "user_id": self.colleague.id, "kind": "opening",
            "company_id": self.company.id, "reason": "head", **values,
        }  # fmt: skip
        ids = []
        for index in range(number):
            row = {"case_id": 900000 + index, "case_number": f"SM-1999-{index:05}", **values}
            self.env.cr.execute(
                f"INSERT INTO sozial_access_log ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))}) RETURNING id",
                [*row.values()],
            )
            ids.append(self.env.cr.fetchone()[0])
        self.env.invalidate_all()
        return self.env["sozial.access.log"].browse(ids)

    def _at_noon(self):
        """On a working day of the last week."""
        day = fields.Datetime.now().replace(hour=11, minute=0) - timedelta(days=2)
        return day - timedelta(days=max(day.weekday() - 4, 0))

    def _found(self):
        rows = self.env["sozial.access.unusual"].with_user(self.privacy).with_context(allowed_company_ids=self.company.ids)
        return {(row.finding, row.user_id): row.number for row in rows.search([], limit=1000)}

    def test_unusual_from_the_companys_numbers(self):
        for finding, enough, values in (
            ("foreign", 10, {"reason": "head"}),
            ("foreign", 10, {"reason": "standin", "kind": "attachment"}),
            ("late", 5, {"reason": "lead", "at": self._at_noon().replace(hour=0, minute=30)}),
            ("export", 20, {"reason": "lead", "kind": "export"}),
            ("long", 1, {"reason": None, "kind": "list", "row_count": 200, "case_id": None, "case_number": None}),
            ("emergency", 1, {"reason": None, "kind": "emergency", "case_id": None, "case_number": None}),
            ("none", 1, {"reason": "superuser"}),
        ):
            with self.subTest(finding), self.env.cr.savepoint() as savepoint:
                self._entries(enough - 1, **values)
                self.assertNotIn((finding, self.colleague), self._found())
                self._entries(enough, **values)
                self.assertEqual(self._found().get((finding, self.colleague)), enough + (enough - 1 if enough == 1 else 0))
                savepoint.rollback()

    def test_own_caseload_by_day_is_nothing_unusual(self):
        self._entries(50, reason="lead")
        self._entries(50, reason="co")
        self.assertFalse(self._found())

    def test_old_rows_and_other_companies_do_not_count(self):
        self._entries(50, at=fields.Datetime.now() - timedelta(days=400))
        self._entries(50, company_id=self.other_company.id)
        self.assertFalse(self._found())

    def test_a_company_sets_its_own_numbers(self):
        self._entries(4)
        self.assertFalse(self._found())
        policy = self.env["sozial.access.policy"].with_user(self.privacy).create({"company_id": self.company.id, "foreign_cases": 3})
        self.assertEqual(self._found(), {("foreign", self.colleague): 4})
        row = self.env["sozial.access.unusual"].with_user(self.privacy).search([], limit=10)
        action = row.action_show_entries()
        self.assertEqual(self.env["sozial.access.log"].with_user(self.privacy).search_count(action["domain"]), 4)
        policy.foreign_cases = 5
        self.assertFalse(self._found())

    def test_who_read_this_case_and_what_did_this_person_read(self):
        self._as(self.case, self.worker).read(["concern"])
        self._as(self.case, self.lead).read(["concern"])
        self.env.cr.flush()
        questions = self.env["sozial.access.question"].with_user(self.privacy)
        logs = self.env["sozial.access.log"].with_user(self.privacy)
        answer = questions.create({"about": "case", "case_number": f" {self.case.name.lower()} "}).action_answer()
        self.assertEqual(logs.search(answer["domain"]).user_id, self.worker + self.lead)
        answer = questions.create({"about": "user", "user_id": self.lead.id}).action_answer()
        self.assertEqual(logs.search(answer["domain"]).mapped("case_number"), [self.case.name])
        today = self._today()
        answer = questions.create({"about": "user", "user_id": self.lead.id, "date_from": today, "date_until": today}).action_answer()
        self.assertTrue(logs.search_count(answer["domain"]))
        for values, message in (
            ({"about": "case"}, "Case number"),
            ({"about": "case", "case_number": "SM-1900-00001"}, "nothing is on record"),
            ({"about": "user"}, "Colleague"),
            ({"about": "user", "user_id": self.lead.id, "date_from": today, "date_until": "2020-01-01"}, "Until"),
        ):
            with self.subTest(message), self.assertRaisesRegex(UserError, message):
                questions.create(values).action_answer()

    def test_questions_are_for_data_protection(self):
        for user in (self.system, self.lead, self.config):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["sozial.access.question"].with_user(user).create({"about": "case", "case_number": self.case.name})

    def test_old_rows_are_purged_as_the_company_keeps_them(self):
        now = fields.Datetime.now()
        old = self._entries(2, at=now - timedelta(days=365 * 3 + 40))
        young = self._entries(2, at=now - timedelta(days=365 * 2))
        self.env["sozial.access.log"]._purge()
        self.env.invalidate_all()
        self.assertEqual((old + young).exists(), young)
        self.env["sozial.access.policy"].create({"company_id": self.company.id, "months": 12})
        self.env["sozial.access.log"]._purge()
        self.env.invalidate_all()
        self.assertFalse(young.exists())
        self.test_purge_leaves_the_guard()

    def test_purge_leaves_the_guard(self):
        """The purge opens the table for itself only, and never for rows of the last year."""
        fresh = self._entries(1)
        self.env["sozial.access.log"]._purge()
        for open_first in (False, True):
            with self.assertRaisesRegex(Exception, "append-only"), self.env.cr.savepoint():
                if open_first:
                    self.env.cr.execute("SELECT set_config('sozial.access_log_purge', 'on', true)")
                self.env.cr.execute("DELETE FROM sozial_access_log WHERE id = %s", [fresh.id])
        self.assertTrue(fresh.exists())
