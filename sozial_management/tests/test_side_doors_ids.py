"""Ids are counted on: a foreign one and one that was never given get the same answer, by every way."""

import json
import re

from odoo import Command
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import HttpCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from .rights.matrix import OF_A_CASE
from .side_doors import ButtonCase, SideDoorCase

MISSING = 10**8


class FarIds:
    """Rows whose ids stand nowhere else in an answer: a 1 is in many a domain, two digits in many a token."""

    @classmethod
    def setUpClass(cls):
        with Registry(get_db_name()).cursor() as cr:  # a sequence goes on past the end of any transaction
            cr.execute(
                """SELECT setval(seqrelid::regclass, 70000000) FROM pg_sequence JOIN pg_class ON pg_class.oid = seqrelid
                WHERE relname LIKE 'sozial\\_%' AND nextval(seqrelid::regclass) < 70000000"""
            )
        super().setUpClass()


def _told(answer, record):
    """An answer without the id that was asked for."""
    told = f"{type(answer).__name__}: {answer}".replace(str(record.id), "ID")
    return re.sub(r"(Records|Datensätze): \d+", "", told)  # the new row of one's own that was refused


@tagged("post_install", "-at_install")
class TestForeignAndMissing(FarIds, ButtonCase):
    WAYS = {
        "read": lambda row: row.read(["create_date"]),
        "read of ids": lambda row: row.read(["id"]),
        "read of everything": lambda row: row.read(),
        "web_read": lambda row: row.web_read({"display_name": {}}),
        "web_save": lambda row: row.web_save({}, {"display_name": {}}),
        "write": lambda row: row.write({}),
        "unlink": lambda row: row.unlink(),
        "copy": lambda row: row.copy(),
        "copy_data": lambda row: row.copy_data(),
        "search": lambda row: row.search([("id", "=", row.id)]),
        "search_read": lambda row: row.search_read([("id", "=", row.id)], ["create_date"]),
        "search_count": lambda row: row.search_count([("id", "=", row.id)]),
        "group": lambda row: row.formatted_read_group([("id", "=", row.id)], [], ["__count"]),
        "who and when": lambda row: row.get_metadata(),
        "external id": lambda row: row.get_external_id(),
        "form": lambda row: row.onchange({}, [], {"display_name": {}}),
        "may I": lambda row: row.has_access("read"),
        "may I write": lambda row: row.has_access("write"),
        "which may I": lambda row: row._filtered_access("read").ids,
        "require": lambda row: row.check_access("read"),
        "text": lambda row: row.display_name,
        "export": lambda row: row.export_data(["id", "create_date"]),
        "import": lambda row: row.load([".id", "company_id"], [[str(row.id), "x"]])["ids"],
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.group_allow_export").user_ids = [Command.link(cls.colleague.id)]
        cls.env["ir.model.data"].create(  # names for imports and exports, which a missing row has not
            [{"module": "test", "name": model.replace(".", "_"), "model": model, "res_id": row.id} for model, row in cls.rows.items()]
        )

    def _kept(self):
        """Rows that stay. Ids of dialogs count dialogs, and those go by themselves."""
        return {model: row for model, row in self.rows.items() if not row._transient}

    def _answer(self, row, way):
        row = self._as(row, self.colleague)
        savepoint = self.env.cr.savepoint()
        try:
            return way(row)
        except Exception as error:  # noqa: BLE001  whatever is told is compared
            return error
        finally:
            savepoint.close(rollback=True)

    def _assert_same(self, row, way):
        missing = row.browse(MISSING)
        with mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule"):
            self.assertEqual(_told(self._answer(row, way), row), _told(self._answer(missing, way), missing))

    def test_by_every_way_to_a_record(self):
        for model, row in self._kept().items():
            for name, way in self.WAYS.items():
                with self.subTest(model=model, way=name):
                    self._assert_same(row, way)

    def test_by_every_button(self):
        for model, row in self._kept().items():
            for name in self._methods(model):
                method = getattr(type(self.env[model]), name)
                if getattr(method, "_api_private", False) or isinstance(method, type):
                    continue
                arguments = self._arguments(name, method)
                with self.subTest(model=model, method=name):
                    self._assert_same(row, lambda row, name=name, arguments=arguments: getattr(row, name)(*arguments))

    def test_by_what_can_be_hung_on_a_case(self):
        """Rows below it, dialogs, files, activities, appointments, messages, searches, forms."""
        case_model = self.env["ir.model"]._get_id("sozial.case")
        mine = lambda model: self._mine(model, self.colleague)  # noqa: E731
        ways = {
            "file": lambda case: mine("ir.attachment").create({"name": "x", "res_model": "sozial.case", "res_id": case.id}),
            "activity": lambda case: mine("mail.activity").create({"res_model_id": case_model, "res_id": case.id}),
            "appointment": lambda case: mine("calendar.event").create(
                {"name": "x", "start": "2026-12-01 09:00:00", "stop": "2026-12-01 10:00:00", "res_model_id": case_model, "res_id": case.id}
            ),
            "message": lambda case: mine("mail.message").create({"model": "sozial.case", "res_id": case.id, "body": "x"}),
            "composer": lambda case: mine("mail.compose.message").create({"model": "sozial.case", "res_ids": str(case.ids)}),
            "composer by context": lambda case: mine("mail.compose.message").with_context(
                default_model="sozial.case", default_res_ids=case.ids).create({}),
            "form of a note": lambda case: mine("sozial.contact").onchange(
                {"case_id": case.id}, ["case_id"], {"company_id": {}, "partner_ids": {}}),
            "form by context": lambda case: mine("sozial.contact").with_context(default_case_id=case.id).onchange(
                {}, [], {"case_id": {"fields": {"display_name": {}}}, "company_id": {}}),
            "values of a new note": lambda case: mine("sozial.contact").with_context(default_case_id=case.id).default_get(["case_id"]),
        }  # fmt: skip
        for model in sorted(self.env.registry):
            link = self.env[model]._fields.get("case_id")
            if model.startswith("sozial.") and self.env[model]._transient and link is not None and not link.related:
                ways[model] = lambda case, model=model: mine(model).create({"case_id": case.id})
        for model in sorted(name for name in OF_A_CASE if "case_id" in self.env[name]._fields):
            ways[model] = lambda case, model=model: mine(model).create({"case_id": case.id})
        self.assertGreater(len(ways), 20)
        for name, way in ways.items():
            with self.subTest(way=name):
                answer = self._answer(self.case, way)
                self.assertTrue(isinstance(answer, UserError) or not isinstance(answer, Exception), answer)
                self._assert_same(self.case, way)

    def test_the_control(self):
        """Who may open the case learns that it is there."""
        for way in ("read", "web_read", "copy_data", "who and when"):
            self.assertNotIsInstance(self.WAYS[way](self._as(self.note, self.worker)), Exception)
        self.assertTrue(self._as(self.case, self.worker).has_access("read"))

    def test_several_at_once(self):
        """One's own case and a foreign one, one's own and a missing one."""
        told = set()
        for row in (self.case, self.case.browse(MISSING)):
            both = self._as(self.own + row, self.colleague)
            told.add(_told(self._answer(both, lambda both: both.read(["concern"])), row))
            told.add(_told(self._answer(both, lambda both: both.mapped("concern")), row))
            self.assertEqual(both._filtered_access("read"), self.own)
        self.assertEqual(len(told), 1, told)


@tagged("post_install", "-at_install")
class TestAddresses(FarIds, SideDoorCase, HttpCase):
    """The same over the network."""

    def test_by_address(self):
        consent = self.rows["sozial.consent"]
        self.authenticate(self.colleague.login, self.colleague.login)
        for address in (
            "/odoo/sozial.case/%s", "/odoo/cases/%s", "/mail/view?model=sozial.case&res_id=%s", "/web/image/sozial.case/%s/concern",
        ):  # fmt: skip
            with self.subTest(address=address), mute_logger("odoo.http"):
                self.assertEqual(*(self._page(address, row) for row in (self.case, self.case.browse(MISSING))))
        for address in (
            "/web/content/sozial.consent/%s/evidence", "/web/image/sozial.consent/%s/signature", "/sozial/subject-part/%s.json",
            "/report/html/sozial_management.consent_form/%s",
        ):  # fmt: skip
            with self.subTest(address=address), mute_logger("odoo.http"):
                self.assertEqual(*(self._page(address, row) for row in (consent, consent.browse(MISSING))))

    def _page(self, address, row):
        answer = self.url_open(address % row.id, allow_redirects=False)
        # pages carry a token and the time; where they lead and what they say is what matters
        text = answer.text.replace(str(row.id), "ID") if "html" not in answer.headers.get("Content-Type", "") else len(answer.text) // 200
        return answer.status_code, answer.headers.get("Location", "").replace(str(row.id), "ID"), text

    def test_by_calls(self):
        self.authenticate(self.colleague.login, self.colleague.login)
        for route, parameters in (
            ("/web/dataset/call_kw/sozial.case/web_read", {
                "model": "sozial.case", "method": "web_read", "kwargs": {"specification": {"display_name": {}}},
            }),
            ("/web/dataset/call_button/sozial.case/action_assess", {"model": "sozial.case", "method": "action_assess", "kwargs": {}}),
            ("/mail/thread/messages", {"thread_model": "sozial.case"}),
            ("/mail/thread/recipients", {"thread_model": "sozial.case"}),
            ("/mail/data", {"fetch_params": [
                ["mail.thread", {"thread_model": "sozial.case", "request_list": ["activities", "followers"]}],
            ]}),
        ):  # fmt: skip
            with self.subTest(route=route), mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
                self.assertEqual(*(self._call(route, parameters, row.id) for row in (self.case, self.case.browse(MISSING))))

    def _call(self, route, parameters, row_id):
        parameters = json.loads(json.dumps(parameters))
        if "fetch_params" in parameters:
            parameters["fetch_params"][0][1]["thread_id"] = row_id
        elif "thread_model" in parameters:
            parameters["thread_id"] = row_id
        else:
            parameters["args"] = [[row_id]]
        answer = self.url_open(route, data=json.dumps({"params": parameters}), headers={"Content-Type": "application/json"}).json()
        answer.get("error", {}).get("data", {}).pop("debug", None)
        return json.dumps(answer, sort_keys=True).replace(str(row_id), "ID")
