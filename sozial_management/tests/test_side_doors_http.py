"""The same doors, knocked at over the network: JSON-2, XML-RPC, addresses of files, pages, exports."""

import base64
import json
import logging
import xmlrpc.client
from datetime import timedelta

from odoo import Command, fields
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from .rights.matrix import OF_A_CASE
from .side_doors import CLIENT, SECRET, SideDoorCase

FILE = base64.b64encode(SECRET.encode())
REFUSED = ("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule", "odoo.addons.rpc.controllers.xmlrpc")


class OverTheNetwork(SideDoorCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = [cls.worker, *(user for user in cls.intruders if user._is_internal())]
        cls.env.ref("base.group_allow_export").user_ids = [Command.link(user.id) for user in users]

    def _key(self, user):
        keys = self.env["res.users.apikeys"].with_user(user)
        return keys._generate("rpc", "test", fields.Datetime.now() + timedelta(hours=1))

    def _json2(self, key, model, method, **arguments):
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(arguments),
            headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
        )


@tagged("post_install", "-at_install")
class TestInterfaces(OverTheNetwork):
    CALLS = (
        ("sozial.case", "read", {"fields": ["concern", "client_id"]}),
        ("sozial.case", "search_read", {"domain": [("concern", "ilike", SECRET)], "fields": ["concern"]}),
        ("sozial.case", "search_count", {"domain": [("client_id.name", "=", CLIENT)]}),
        ("sozial.case", "name_search", {"name": "SM-"}),
        ("sozial.case", "export_data", {"fields_to_export": ["concern"]}),
        ("sozial.case", "formatted_read_group", {"domain": [], "groupby": ["client_id"], "aggregates": ["__count"]}),
        ("sozial.contact", "search_read", {"domain": [], "fields": ["text"]}),
        ("sozial.contact", "read", {"fields": ["text"]}),
        ("sozial.case.participant", "search_read", {"domain": [], "fields": ["partner_id"]}),
    )

    def test_json_2(self):
        own = self.own.name
        for user in (self.worker, self.colleague, self.system, self.frontdesk):
            key = self._key(user)
            for model, method, arguments in self.CALLS:
                ids = {"ids": self.rows[model].ids} if method in ("read", "export_data") else {}
                with self.subTest(user=user.login, call=f"{model}/{method}"), mute_logger(*REFUSED):
                    answer = self._json2(key, model, method, **ids, **arguments).text
                    if user == self.worker:
                        self.assertNotIn(answer, ("[]", "0", "false"), "the control")
                        self.assertNotIn("AccessError", answer)
                    else:
                        self.assert_silent(_readable(answer).replace(own, ""))

    def test_xml_rpc(self):
        for user in (self.worker, self.colleague, self.system):
            key = self._key(user)
            for model, method, arguments in self.CALLS:
                ids = [self.rows[model].ids] if method in ("read", "export_data") else []
                with self.subTest(user=user.login, call=f"{model}/{method}"), mute_logger(*REFUSED):
                    try:
                        told = self.xmlrpc_object.execute_kw(get_db_name(), user.id, key, model, method, ids, arguments)
                    except xmlrpc.client.Fault as fault:
                        told = fault.faultString
                    if user == self.worker:
                        self.assertTrue(told, "the control")
                        self.assertNotIn("Fault", str(told))
                    else:
                        self.assert_silent(str(told).replace(self.own.name, ""))

    def test_tenants_have_no_interface_to_cases(self):
        """The tenant of the case, logged in to the portal, asks for it."""
        self.authenticate(self.portal.login, self.portal.login)
        for address in (
            f"/odoo/sozial.case/{self.case.id}", f"/mail/view?model=sozial.case&res_id={self.case.id}",
        ):  # fmt: skip
            with self.subTest(address=address), mute_logger("odoo.http"):
                self.assert_silent(self.url_open(address).text)
        for model, method, arguments in self.CALLS:
            with self.subTest(call=f"{model}/{method}"), mute_logger(*REFUSED):
                ids = [self.rows[model].ids] if method in ("read", "export_data") else []
                answer = self._call_kw(model, method, ids, arguments)
                self.assertIn('"error"', answer)
                self.assert_silent(_readable(answer))

    def _call_kw(self, model, method, args, kwargs):
        parameters = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"params": parameters}),
            headers={"Content-Type": "application/json"},
        ).text

    def test_the_history_by_its_routes(self):
        for user in (self.worker, self.colleague, self.system):
            self.authenticate(user.login, user.login)
            for route, parameters in (
                ("/mail/thread/messages", {"thread_model": "sozial.case", "thread_id": self.case.id}),
                ("/mail/thread/recipients", {"thread_model": "sozial.case", "thread_id": self.case.id}),
                ("/mail/message/post", {
                    "thread_model": "sozial.case", "thread_id": self.case.id,
                    "post_data": {"body": SECRET, "partner_ids": [self.portal.partner_id.id]},
                }),
                ("/mail/thread/subscribe", {
                    "res_model": "sozial.case", "res_id": self.case.id, "partner_ids": [self.portal.partner_id.id],
                }),
            ):  # fmt: skip
                with self.subTest(user=user.login, route=route), mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
                    answer = self.url_open(
                        route, data=json.dumps({"params": parameters}), headers={"Content-Type": "application/json"}
                    )
                    if user != self.worker:  # without a thread Odoo shows what else one may read
                        told = _readable(answer.text).replace(" ", "")
                        self.assertNotIn('"model":"sozial.case"', told)
                        self.assertNotIn(self.case.name, told)
        self.assertFalse(self.case.sudo().message_ids.filtered(lambda one: SECRET in (one.body or "")))
        self.assertFalse(self.case.sudo().message_follower_ids)


@tagged("post_install", "-at_install")
class TestFiles(OverTheNetwork):
    """Files by their address, with and without a token, pictures, reports and exports."""

    def setUp(self):
        super().setUp()
        self.file = self._mine("ir.attachment").create(
            {"name": "x.txt", "datas": FILE, "res_model": "sozial.case", "res_id": self.case.id}
        )
        self.rows["sozial.consent"].with_user(self.worker).write({"evidence": FILE, "evidence_name": "x.txt"})
        consent = self.rows["sozial.consent"].id
        token = "tok" + "en" * 8
        # forged: the method that gives tokens refuses files of a case
        self.env.cr.execute("UPDATE ir_attachment SET access_token = %s WHERE id = %s", [token, self.file.id])
        self.env.invalidate_all()
        limited = self.file.sudo()._get_raw_access_token()
        self.plain = (f"/web/content/{self.file.id}", f"/web/content/sozial.consent/{consent}/evidence?download=1")
        self.tokens = (f"/web/content/{self.file.id}?access_token={token}", f"/web/content/{self.file.id}?access_token={limited}")
        self.env.flush_all()

    def test_by_address(self):
        self.authenticate(self.worker.login, self.worker.login)
        for address in self.plain + self.tokens:
            with self.subTest(address=address):
                self.assertIn(SECRET, self.url_open(address).content.decode(), "the control")
        for user in (self.colleague, self.system, self.portal, None):
            self.authenticate(user and user.login, user and user.login)
            for address in self.plain + self.tokens:
                with self.subTest(user=user and user.login, address=address), mute_logger("odoo.http"):
                    self.assertNotIn(SECRET, self.url_open(address).content.decode(errors="replace"))

    def test_as_picture(self):
        for user in (self.colleague, self.system, self.portal, None):
            self.authenticate(user and user.login, user and user.login)
            for address in (f"/web/image/{self.file.id}", f"/web/image/sozial.consent/{self.rows['sozial.consent'].id}/signature"):
                with self.subTest(user=user and user.login, address=address), mute_logger("odoo.http"):
                    self.assertNotIn(SECRET.encode(), self.url_open(address).content)

    def test_reports(self):
        address = f"/report/html/sozial_management.consent_form/{self.rows['sozial.consent'].id}"
        self.authenticate(self.worker.login, self.worker.login)
        self.assertIn(CLIENT, self.url_open(address).text, "the control")
        for user in (self.colleague, self.system, self.portal, None):
            self.authenticate(user and user.login, user and user.login)
            for kind in ("html", "pdf"):
                with self.subTest(user=user and user.login, kind=kind), mute_logger("odoo.http"):
                    self.assert_silent(_readable(self.url_open(address.replace("html", kind)).text))

    def test_export(self):
        self.authenticate(self.worker.login, self.worker.login)
        self.assertIn(SECRET, self._export().content.decode(), "the control")
        for user in (self.colleague, self.system):
            self.authenticate(user.login, user.login)
            with self.subTest(user=user.login), mute_logger("odoo.http", "odoo.addons.web.controllers.export"):
                self.assert_silent(_readable(self._export().text))

    def _export(self):
        data = {
            "model": "sozial.case", "fields": [{"name": "concern", "label": "x", "type": "text"}], "ids": self.case.ids,
            "domain": [], "groupby": [], "context": {}, "import_compat": False,
        }  # fmt: skip
        return self.url_open(
            "/web/export/csv", data={"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}
        )


@tagged("post_install", "-at_install")
class TestServerLog(OverTheNetwork):
    """What goes wrong in a request is logged without what it was about."""

    def _written(self):
        return self.assertLogs("odoo", logging.INFO)

    def test_refused_and_failed_requests(self):
        key = self._key(self.worker)
        for values in (
            {"case_id": self.case.id, "text": SECRET, "minutes": 5000},  # the database refuses it
            {"case_id": self.case.id, "text": SECRET, "partner_ids": [(4, self.env.ref("base.partner_admin").id)]},
            {"case_id": self.case.id, "text": SECRET, "date": f"{SECRET}"},
        ):
            with self.subTest(values=sorted(values)), self._written() as written:
                self._json2(key, "sozial.contact", "create", vals_list=[values])
            logged = "\n".join(written.output)
            self.assertIn("text is left out", logged, "the control: the request stands there")
            self.assertNotIn(SECRET, logged)
            self.assertNotIn(CLIENT, logged)

    def test_other_requests_are_logged_as_ever(self):
        with self._written() as written:
            self._json2(self._key(self.worker), "res.users", "search_read", domain=[("nonsense", "=", CLIENT)])
        self.assertIn("nonsense", "\n".join(written.output))

    def test_every_model_of_a_case_is_recognised(self):
        self.assertFalse([model for model in OF_A_CASE if not model.startswith("sozial.")])


def _readable(text):
    """An answer in JSON without its escapes."""
    return text.encode().decode("unicode_escape", errors="replace") if "\\u" in text else text
