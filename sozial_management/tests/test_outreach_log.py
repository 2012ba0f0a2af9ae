import base64
import contextlib
import json

from odoo import Command, http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .test_outreach_ageing import _picture
from .test_outreach_works import WorksCommon

SECRET = "Kennwort-Beatmung"


class PrivateCommon(WorksCommon):
    """A sheet with needs and a checklist with a photograph, of the same tenant; the worker accompanies both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.works.action_begin()
        visits = cls.works.copy({"kind": "ageing", "user_id": cls.worker.id})
        visits.action_begin()
        here = [("dwelling_id", "=", cls.dwelling.id)]
        cls.sheet = cls.env["sozial.works.sheet"].search([("outreach_id", "=", cls.works.id), *here]).with_user(cls.worker)
        cls.sheet.write({"need_power": True, "need_note": SECRET})
        visit = visits.visit_ids.filtered(lambda one: one.dwelling_id == cls.dwelling)
        cls.check = cls.env["sozial.home.check"].with_user(cls.worker).create({"visit_id": visit.id, "wish": SECRET})
        cls.line = cls.check.line_ids[0]
        cls.line.write({"photo": _picture(), "finding": "barrier"})
        cls.measure = cls.check.measure_ids.create({"check_id": cls.check.id, "name": SECRET})
        cls.env.flush_all()

    def _logged(self):
        """What was logged since the last call."""
        self.env.cr.flush()
        last = getattr(self, "last_id", 0)
        rows = self.env["sozial.access.log"].sudo().search([("id", ">", last)], order="id")
        self.last_id = max(rows.ids, default=last)
        return rows

    def setUp(self):
        super().setUp()
        self._logged()


@tagged("post_install", "-at_install")
class TestPrivateLog(PrivateCommon):
    """Who reads needs and checklists leaves a row that names neither dwelling nor tenant."""

    def test_an_opening_is_one_row(self):
        for row, names, model, number in (
            (self.sheet, ["need_note"], "sozial.works.sheet", self.sheet.id),
            (self.check, ["wish"], "sozial.home.check", self.check.id),
            (self.line, ["finding"], "sozial.home.check", self.check.id),
            (self.measure, ["name"], "sozial.home.check", self.check.id),
        ):
            with self.subTest(row=row._name):
                self._as(row, self.worker).read(names)
                logged = self._logged()
                self.assertEqual(
                    (logged.kind, logged.user_id, logged.res_model, logged.record_id, logged.company_id),
                    ("opening", self.worker, model, number, self.company),
                )
                self.assertFalse(logged.case_id or logged.case_number or logged.reason)
                for secret in (self.dwelling.number, self.tenant.name, SECRET):
                    self.assertNotIn(secret, str(logged.read()))
                self.assertIn(str(number), logged.what)

    def test_a_form_with_its_lines_is_one_row(self):
        shown = {"wish": {}, "line_ids": {"fields": {"finding": {}}}, "measure_ids": {"fields": {"name": {}}}}
        self._as(self.check, self.worker).web_read(shown)
        self.assertEqual(self._logged().mapped("kind"), ["opening"])

    def test_lists_and_sums_are_one_row(self):
        neighbour = self._as(self.works.visit_ids.filtered(lambda one: one.dwelling_id == self.other_dwelling), self.worker)
        neighbour.action_open_sheet()
        self._logged()
        sheets = self.env["sozial.works.sheet"].with_user(self.worker)
        domain = [("outreach_id", "=", self.works.id)]
        for call, number in (
            (lambda: sheets.search_read(domain, ["need_note"]), 0),
            (lambda: sheets.web_search_read([*domain, ("need_power", "=", True)], {"need_note": {}}), self.sheet.id),
            (lambda: sheets.web_read_group(domain, ["need_power"], ["__count"]), 0),
            (lambda: sheets.name_search("", domain), 0),
        ):
            call()
            logged = self._logged()
            self.assertEqual((logged.kind, logged.record_id, logged.res_model), ("list", number, "sozial.works.sheet"))
            self.assertEqual(logged.company_id, self.company)

    def test_prints_and_exports_are_rows(self):
        report = self.env["ir.actions.report"].with_user(self.worker).with_context(force_report_rendering=True)
        report._render_qweb_pdf("sozial_management.report_home_check", self.check.ids)
        logged = self._logged()
        self.assertEqual((logged.kind, logged.record_id), ("print", self.check.id))
        self.worker.group_ids += self.env.ref("base.group_allow_export")
        self._as(self.sheet, self.worker).export_data(["need_note"])
        logged = self._logged()
        self.assertEqual((logged.kind, logged.record_id, logged.row_count), ("export", self.sheet.id, 1))

    def test_the_server_reads_without_a_row(self):
        self.sheet.sudo().read(["need_note"])
        self.env["sozial.outreach"]._gc_needs()
        self.assertFalse(self._logged())

    def test_the_system_user_is_unusual(self):
        self.env["sozial.access.log"]._log_rows("opening", {(self.sheet.id, self.company.id)}, "sozial.works.sheet")
        self.assertEqual(self._logged().reason, "superuser")
        found = self.env["sozial.access.unusual"].search([("company_id", "=", self.company.id), ("finding", "=", "none")])
        self.assertEqual(found.number, 1)

    def test_many_prints_are_unusual(self):
        policy = self.env["sozial.access.policy"].sudo()
        row = policy.search([("company_id", "=", self.company.id)]) or policy.create({"company_id": self.company.id})
        row.exported_cases = 2
        log = self.env["sozial.access.log"].with_user(self.worker)
        log._log_rows("export", {(number, self.company.id) for number in (1, 2)}, "sozial.works.sheet")
        self._logged()
        mine = [("company_id", "=", self.company.id), ("user_id", "=", self.worker.id), ("finding", "=", "export")]
        self.assertEqual(self.env["sozial.access.unusual"].search(mine).number, 2)


@tagged("post_install", "-at_install")
class TestPrivateDoors(PrivateCommon):
    """Whoever does not work on the outreach gets nothing, by whatever door."""

    def _strangers(self):
        elsewhere = self._user("t_elsewhere", "worker", company=self.other_company)
        self.env.cr.execute(
            "INSERT INTO sozial_outreach_team_rel (outreach_id, user_id) VALUES (%s, %s), (%s, %s)",
            [self.works.id, elsewhere.id, self.check.outreach_id.id, elsewhere.id],
        )
        self.env.invalidate_all()
        return (self.colleague, self.lead, self.frontdesk, self.report, self.config, self.privacy, self.system, self.portal, elsewhere)

    def test_exports_tell_nothing(self):
        """An export may ask for computed fields alone: no rule is asked for them by themselves."""
        exports = self.env.ref("base.group_allow_export")
        for user in self._strangers():
            if user != self.portal:
                user.group_ids += exports
            refusal = UserError if user == self.portal else AccessError  # who may not export at all is told so
            for row in (self.sheet, self.check, self.line, self.measure):
                names = row._fields.keys() & {
                    "has_photo", "tenant_id", "outreach_state", "dwelling_id", "former", "former_count", "moved_out_on", "has_needs",
                    "works_from", "barriers", "display_name", "question", "above", "copy_asked",
                }  # fmt: skip
                for name in sorted(names):
                    with self.subTest(user=user.login, row=row._name, name=name), self.assertRaises(refusal):
                        self._as(row, user).export_data([name])

    def test_questions_tell_nothing(self):
        for user in self._strangers():
            for row in (self.sheet, self.check, self.line, self.measure):
                rows = row.browse().with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
                here = [("id", "=", row.id)]
                for call in (
                    lambda rows=rows, here=here: rows.search(here),
                    lambda rows=rows, here=here: rows.search_count(here),
                    lambda rows=rows, here=here: rows.name_search("", here),
                    lambda rows=rows, here=here: rows.formatted_read_group(here, ["outreach_id"], ["__count"]),
                    lambda rows=rows, here=here: rows.search_read(here, ["display_name"]),
                ):
                    with self.subTest(user=user.login, row=row._name):
                        found = []
                        with contextlib.suppress(AccessError):  # without any right to the model
                            found = call()
                        self.assertFalse(found)

    def test_a_missing_row_looks_like_a_foreign_one(self):
        for row in (self.sheet, self.check, self.line, self.measure):
            said = []
            for one in (row, row.browse(row.sudo().search([], order="id desc", limit=1).id + 1000)):
                with self.assertRaises(AccessError) as refused:
                    self._as(one, self.colleague).read(["display_name"])
                said.append(str(refused.exception).replace(str(one.id), "N"))
            self.assertEqual(*said)

    def test_a_list_of_somebody_else_takes_no_line(self):
        """Commands of a list may name any row."""
        mine = self.works.copy({"kind": "ageing", "user_id": self.colleague.id})
        mine.action_begin()
        visit = mine.visit_ids.filtered(lambda one: one.dwelling_id == self.other_dwelling)
        check = self.env["sozial.home.check"].with_user(self.colleague).create({"visit_id": visit.id, "line_ids": []})
        for command in (Command.link(self.line.id), Command.update(self.line.id, {"remark": "x"}), Command.delete(self.line.id)):
            with self.subTest(command=command[0]), self.assertRaises(AccessError):
                self._as(check, self.colleague).write({"line_ids": [command]})
        with self.assertRaises(AccessError):
            self._as(check, self.colleague).onchange({"line_ids": [Command.link(self.line.id)]}, [], {"barriers": {}, "line_ids": {}})


@tagged("post_install", "-at_install")
class TestPrivateRoutes(PrivateCommon, HttpCase):
    """The same by address."""

    def _get(self, user, url):
        if user == self.public:
            self.authenticate(None, None)
        else:
            self.authenticate(user.login, user.login)
        return self.url_open(url)

    def test_photographs_and_files(self):
        of_line = [("res_model", "=", self.line._name), ("res_field", "=", "photo"), ("res_id", "=", self.line.id)]
        file = self.env["ir.attachment"].sudo().search(of_line)
        loose = self.env["ir.attachment"].create({"name": "x.txt", "raw": SECRET, "res_model": self.sheet._name, "res_id": self.sheet.id})
        photo = base64.b64decode(self.line.photo)
        urls = [
            f"/web/image/sozial.home.line/{self.line.id}/photo", f"/web/content/sozial.home.line/{self.line.id}/photo",
            f"/web/image/{file.id}", f"/web/content/{file.id}", f"/web/content/{loose.id}", f"/web/content/ir.attachment/{loose.id}/raw",
        ]  # fmt: skip
        for user in (self.worker, self.colleague, self.lead, self.frontdesk, self.system, self.portal, self.public):
            for url in urls:
                with self.subTest(user=user.login, url=url):
                    got = self._get(user, url)
                    there = got.status_code == 200 and (photo == got.content or SECRET.encode() == got.content)
                    self.assertEqual(there, user == self.worker)

    def test_a_photograph_is_on_record(self):
        self._get(self.worker, f"/web/image/sozial.home.line/{self.line.id}/photo")
        logged = self._logged()
        self.assertEqual((logged.kind, logged.record_id, logged.user_id), ("attachment", self.check.id, self.worker))

    def test_reads_of_the_web_client_run_once(self):
        self.authenticate(self.worker.login, self.worker.login)
        for model, method, args in (
            ("sozial.works.sheet", "web_read", [self.sheet.ids, {"need_note": {}}]),
            ("sozial.home.check", "web_search_read", [[("id", "=", self.check.id)], {"wish": {}}]),
        ):
            params = {"model": model, "method": method, "args": args, "kwargs": {}}
            with self.assertNoLogs("odoo.http", "WARNING"), self.assertNoLogs("odoo.sql_db", "ERROR"):
                got = self.url_open(
                    f"/web/dataset/call_kw/{model}/{method}", json={"jsonrpc": "2.0", "method": "call", "params": params}
                )
            self.assertIn(SECRET, got.text)
            self.assertEqual(len(self._logged()), 1)

    def test_exports_and_prints_by_address(self):
        self.colleague.group_ids += self.env.ref("base.group_allow_export")
        self.authenticate(self.colleague.login, self.colleague.login)
        body = {
            "model": "sozial.home.line", "fields": [{"name": "has_photo", "label": "x", "type": "boolean"}], "ids": self.line.ids,
            "domain": [], "import_compat": False,
        }  # fmt: skip
        got = self.url_open("/web/export/csv", {"data": json.dumps(body), "csrf_token": http.Request.csrf_token(self)})
        self.assertNotEqual(got.status_code, 200)
        got = self.url_open(f"/report/html/sozial_management.home_check_form/{self.check.id}")
        self.assertNotIn(SECRET, got.text)
        self.assertFalse(self._logged())
