import base64
import json
from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields, http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_access_log import SECRET, AccessLogCommon


@tagged("post_install", "-at_install")
class TestAccessLogRoutes(AccessLogCommon, HttpCase):
    """From outside: each route runs once, on a cursor that can write, and its row survives."""

    def setUp(self):
        super().setUp()
        self.attachment = self.env["ir.attachment"].create(
            {"name": "scan.txt", "raw": SECRET.encode(), "res_model": "sozial.contact", "res_id": self.note.id}
        )
        self.consent = (
            self.env["sozial.consent"]
            .with_user(self.worker)
            .create({"case_id": self.case.id, "subject_id": self.tenant.id, "evidence": base64.b64encode(b"%PDF-1.4 x")})
        )
        self._logged()
        self.authenticate(self.worker.login, self.worker.login)

    def _once(self, call, kind, case=True):
        """The call writes one row of this kind, without a second run on another cursor."""
        with self.assertNoLogs("odoo.http", "WARNING"), self.assertNoLogs("odoo.sql_db", "ERROR"):
            response = call()
        self.assertEqual(response.status_code, 200, response.text[:300])
        rows = self._logged()
        self.assertEqual(rows.mapped("kind"), [kind])
        self.assertEqual(rows.user_id, self.worker)
        self.assertEqual(rows.case_id, self.case.id if case else 0)
        return response

    def _call_kw(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.url_open(f"/web/dataset/call_kw/{model}/{method}", json={"jsonrpc": "2.0", "method": "call", "params": params})

    def test_form_and_lists_of_the_web_client(self):
        form = self._once(lambda: self._call_kw("sozial.case", "web_read", self.case.ids, {"concern": {}}), "opening")
        self.assertIn(SECRET, form.json()["result"][0]["concern"])
        self._once(lambda: self._call_kw("sozial.contact", "web_read", self.note.ids, {"text": {}}), "opening")
        other = self._open_case()
        self._logged()
        domain = [("id", "in", [self.case.id, other.id])]
        for method, args in {
            "web_search_read": [domain, {"concern": {}}],
            "search_read": [domain, ["concern"]],
            "search": [domain],
            "search_count": [domain],
            "name_search": ["SM", domain],
            "web_read_group": [domain, ["state"], ["__count"]],
            "formatted_read_group": [domain, ["state"], ["__count"]],
        }.items():
            with self.subTest(method):
                response = self._once(lambda: self._call_kw("sozial.case", method, *args), "list", case=False)  # noqa: B023
                self.assertTrue(response.json()["result"])

    def test_json_2(self):
        key = self.env["res.users.apikeys"].with_user(self.worker)._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        self._logged()
        other = self._open_case()
        self._logged()
        for model, method, body, kind in (
            ("sozial.case", "read", {"ids": self.case.ids, "fields": ["concern"]}, "opening"),
            ("sozial.contact", "read", {"ids": self.note.ids, "fields": ["text"]}, "opening"),
            ("sozial.case", "search_read", {"domain": [["id", "in", [self.case.id, other.id]]], "fields": ["concern"]}, "list"),
            ("sozial.case", "search", {"domain": [["concern", "ilike", SECRET]]}, "list"),
        ):
            with self.subTest(model=model, method=method):
                response = self._once(
                    lambda: self.url_open(  # noqa: B023
                        f"/json/2/{model}/{method}", json=body, headers={"Authorization": f"bearer {key}"}  # noqa: B023
                    ),
                    kind, case=kind == "opening",
                )  # fmt: skip
                self.assertTrue(response.json())

    def test_xml_rpc(self):
        self.worker.password = "Kennwort-Rotkehlchen"
        self._logged()
        args = [self.env.cr.dbname, self.worker.id, "Kennwort-Rotkehlchen", "sozial.case", "read", self.case.ids, ["concern"]]
        body = {"jsonrpc": "2.0", "method": "call", "params": {"service": "object", "method": "execute", "args": args}}
        with mute_logger("odoo.addons.rpc.controllers.jsonrpc", "odoo.addons.base.controllers.rpc"):
            response = self.url_open("/jsonrpc", json=body)
        self.assertEqual(response.json()["result"][0]["concern"], SECRET)
        self.assertEqual(self._logged().mapped("case_id"), [self.case.id])

    def test_exports(self):
        body = {
            "model": "sozial.case", "fields": [{"name": "concern", "label": "x", "type": "text"}], "ids": self.case.ids,
            "domain": [], "import_compat": False,
        }  # fmt: skip
        for kind in ("csv", "xlsx"):
            with self.subTest(kind):
                self._once(
                    lambda: self.url_open(f"/web/export/{kind}", {"data": json.dumps(body), "csrf_token": http.Request.csrf_token(self)}),  # noqa: B023
                    "export",
                )

    def test_files(self):
        for url in (
            f"/web/content/{self.attachment.id}",
            f"/web/content?id={self.attachment.id}&download=1",
            f"/web/content/ir.attachment/{self.attachment.id}/raw",
            f"/web/content/sozial.consent/{self.consent.id}/evidence",
            f"/web/image/sozial.consent/{self.consent.id}/evidence",
        ):
            with self.subTest(url):
                self._once(lambda: self.url_open(url), "attachment")  # noqa: B023
        self._once(lambda: self._call_kw("ir.attachment", "read", self.attachment.ids, ["datas"]), "attachment")
        self._once(lambda: self._call_kw("ir.attachment", "search_read", [("id", "=", self.attachment.id)], ["raw"]), "attachment")

    def test_files_of_others_are_no_business_of_the_log(self):
        elsewhere = self.env["ir.attachment"].create({"name": "x", "raw": b"x", "public": True})
        self.assertEqual(self.url_open(f"/web/content/{elsewhere.id}?unknown=1").status_code, 200)
        self.assertEqual(self.url_open("/web/image/99999999").status_code, 200)
        self.assertFalse(self._logged())

    def test_a_refused_file_is_not_logged(self):
        self.authenticate(self.colleague.login, self.colleague.login)
        self._logged()
        with mute_logger("odoo.http"):
            self.assertNotEqual(self.url_open(f"/web/content/{self.attachment.id}").status_code, 200)
        self.assertFalse(self._logged())

    def test_papers(self):
        for url in ("/report/html/sozial_management.consent_form/", "/report/pdf/sozial_management.consent_form/"):
            with self.subTest(url):
                self._once(lambda: self.url_open(f"{url}{self.consent.id}"), "print")  # noqa: B023

    def test_the_system_user_is_logged_and_reported(self):
        """Who goes on as the user for whom no rule holds reads under that name; the way there is on record."""
        self.system.group_ids = [Command.link(self.env.ref("base.group_system").id)]
        self.authenticate(self.system.login, self.system.login)
        self._logged()
        with self.assertNoLogs("odoo.http", "WARNING"):
            self.url_open("/web/become", allow_redirects=False)
        row = self._logged("administration")
        self.assertEqual((row.change, row.user_id), ("superuser", self.system))
        self.assertTrue(self.env["sozial.access.review"].search([("log_id", "=", row.id)]))
        response = self._call_kw("sozial.case", "web_read", self.case.ids, {"concern": {}})
        self.assertIn(SECRET, response.text)
        row = self._logged("opening")
        self.assertEqual((row.user_id, row.case_id, row.reason), (self.env.ref("base.user_root"), self.case.id, "superuser"))

    def test_without_the_mark_every_opening_would_run_twice(self):
        """The control of this class: the cursor really is read-only where a method is marked so."""
        case = self.env.registry["sozial.case"]
        with patch.object(case.web_read, "_readonly", True), self.assertLogs("odoo.http", "WARNING") as logs:
            with mute_logger("odoo.sql_db"):
                self._call_kw("sozial.case", "web_read", self.case.ids, {"concern": {}})
        self.assertIn("retrying with a read/write cursor", logs.output[0])
