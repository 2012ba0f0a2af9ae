"""Invariant 19: every portal route and every model that the portal reads, tried as somebody of a foreign organisation.

Generated from the routing map and the registry: a new route or model without an entry in `portal_world` fails here.
"""

import re
import threading
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from .portal_world import PortalWorld
from .referral_common import SECRET

ADDON = "sozial_management_partner"
CANARIES = (SECRET, "Sorgenfrei", "Bescheid.pdf", "4711")
KINDS = re.compile(r"<any\(([^)]+)\):\w+>")
METHODS = ("search_read", "read", "export_data", "search_count", "name_search", "write", "unlink", "copy", "create")


@tagged("post_install", "-at_install")
class TestPortalMatrix(PortalWorld, HttpCase):
    maxDiff = None

    def _routes(self):
        """{(route, method)} of this addon that ask for a login and are no part of the back end."""
        found = set()
        threading.current_thread().dbname = self.env.cr.dbname  # as in a request
        for rule in self.env["ir.http"].routing_map().iter_rules():
            endpoint = rule.endpoint
            module = endpoint.original_endpoint.__module__
            if f".{ADDON}." in module and endpoint.routing["auth"] == "user" and rule.rule.startswith("/my/"):
                methods = {"GET", "POST"} & set(rule.methods or ()) or {"GET"}
                found |= {(route, method) for route in self._spelled_out(rule.rule) for method in methods}
        return found

    def _spelled_out(self, route):
        """A route that serves several kinds, once for each of them."""
        kinds = KINDS.search(route)
        return [KINDS.sub(kind.strip(), route) for kind in kinds[1].split(",")] if kinds else [route]

    def _stored(self):
        """What all rows are, as one hash a table."""
        self.env.flush_all()
        models = self.env.registry.items()
        names = [name for name, model in models if model._original_module == ADDON and model._auto and not model._transient]
        names += ["res.partner", "res.users", "ir.attachment", "mail.message"]
        hashes = {}
        for table in sorted({self.env[name]._table for name in names}):
            rows = SQL("SELECT md5(string_agg(row::text, '|' ORDER BY id)) FROM %s row", SQL.identifier(table))
            self.env.cr.execute(rows)
            hashes[table] = self.env.cr.fetchone()[0]
        return hashes

    def _login(self, user, password):
        self.env.flush_all()
        self.authenticate(user.login, password)

    def test_every_route_has_an_entry(self):
        self.assertEqual(self._routes(), set(self._entries()))

    def test_the_owner_reads(self):
        """The positive control of the next test."""
        self._login(self.bidder, "t_caritas")
        for (route, method), (path, _form, mark) in self._entries().items():
            if method == "GET":
                with self.subTest(route=route):
                    answer = self.url_open(path)
                    self.assertEqual(answer.status_code, 200)
                    self.assertIn(mark, answer.text)

    @mute_logger("odoo.http")
    def test_a_stranger_reads_and_changes_nothing(self):
        self._login(self.other_bidder, "t_verein")
        csrf = self._csrf()
        before = self._stored()
        for (route, method), (path, form, mark) in self._entries().items():
            with self.subTest(route=route, method=method):
                answer = self.url_open(path) if method == "GET" else self.url_open(path, data={"csrf_token": csrf, **form})
                self.assertLess(answer.status_code, 500)
                for word in filter(None, (*CANARIES, mark, self.invited.name, self.share.number)):
                    self.assertNotIn(word, answer.text)
                now = self._stored()
                self.assertEqual({name for name in now if now[name] != before[name]} - {"res_users"}, set())

    def _csrf(self):
        return self.url_open("/my/evidence").text.split('name="csrf_token" value="')[1].split('"')[0]

    def test_every_model_has_a_row(self):
        own = {name for name in self._models() if self.env[name].with_user(self.bidder).has_access("read")}
        self.assertEqual(own, set(self._world()))

    def _models(self):
        models = self.env.registry.items()
        return sorted(name for name, model in models if model._original_module == ADDON and not model._abstract)

    def _key(self, user):
        expires = fields.Datetime.now() + timedelta(hours=1)
        return self.env["res.users.apikeys"].with_user(user)._generate("rpc", "t", expires)

    def _ask(self, key, model, row):
        """{method: answer} by JSON-2."""
        only = {"domain": [("id", "in", row.ids)]}
        bodies = {
            "search_read": only, "read": {"ids": row.ids}, "search_count": only,
            "export_data": {"ids": row.ids, "fields_to_export": ["display_name"]}, "name_search": {"name": ""},
            "write": {"ids": row.ids, "vals": {"company_id": self.other_company.id}}, "unlink": {"ids": row.ids},
            "copy": {"ids": row.ids}, "create": {"vals_list": [{"company_id": self.company.id}]},
        }  # fmt: skip
        return {
            method: self.url_open(f"/json/2/{model}/{method}", json=bodies[method], headers={"Authorization": f"bearer {key}"})
            for method in METHODS
        }

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_every_model_by_json_2(self):
        keys = {user: self._key(user) for user in (self.bidder, self.other_bidder)}
        before = self._stored()
        for model, row in self._world().items():
            mine, theirs = self._ask(keys[self.bidder], model, row), self._ask(keys[self.other_bidder], model, row)
            with self.subTest(model=model):
                self.assertEqual(mine["search_count"].json(), 1, "the positive control")
                self.assertEqual(theirs["search_count"].json(), 0)
                self.assertEqual(theirs["search_read"].json(), [])
                self.assertNotIn(row.id, [number for number, _name in theirs["name_search"].json()])
                for method, answer in theirs.items():
                    self.assertLess(answer.status_code, 500, method)
                    if method in ("read", "export_data", "write", "unlink", "copy", "create"):
                        self.assertGreaterEqual(answer.status_code, 400, method)
                    for word in (*CANARIES, self.invited.name, self.share.number):
                        self.assertNotIn(word, answer.text, method)
        now = self._stored()
        self.assertEqual({name for name in now if now[name] != before[name]} - {"res_users", "mail_message"}, set())

    @mute_logger("odoo.http")
    def test_every_model_as_a_file(self):
        self._login(self.other_bidder, "t_verein")
        for model, row in self._world().items():
            for name in (name for name, field in row._fields.items() if field.type == "binary"):
                for path in (f"/web/content/{model}/{row.id}/{name}", f"/web/image/{model}/{row.id}/{name}"):
                    with self.subTest(path=path):
                        answer = self.url_open(path)
                        self.assertLess(answer.status_code, 500)
                        self.assertNotIn(SECRET.encode(), answer.content)

    @mute_logger("odoo.http")
    def test_every_attachment_by_its_number(self):
        attachments = self.env["ir.attachment"].sudo().search(
            [("res_model", "in", list(self._world())), ("res_field", "!=", False), ("id", "!=", 0)]
        )  # fmt: skip
        ours = attachments.filtered(lambda one: SECRET.encode() in (one.raw or b""))
        self.assertGreaterEqual(len(ours), 4)
        self.assertIn(self._world()["sozial.agreement.proof.receipt"].id, ours.mapped("res_id"))
        self._login(self.other_bidder, "t_verein")
        for attachment in ours:
            for path in (f"/web/content/{attachment.id}", f"/web/content/{attachment.id}?download=true", f"/web/image/{attachment.id}"):
                answer = self.url_open(path)
                self.assertLess(answer.status_code, 500)
                self.assertNotIn(SECRET.encode(), answer.content)

    @mute_logger("odoo.http")
    def test_what_the_database_cannot_compare_is_not_found(self):
        self._login(self.bidder, "t_caritas")
        missing = ("/sozial/aufrufe/%00", "/my/referrals/a%00b", "/my/evidence/%00/file", "/my/%00")
        numbers = (f"/my/evidence/{2**70}/file", f"/my/evidence/-{2**70}/file", f"/my/agreements/page/{2**63}")
        for path in missing + numbers:
            with self.subTest(path=path):
                self.assertEqual(self.url_open(path).status_code, 404)
        answer = self.url_open(f"/my/referrals/{self.share.token}/message", data={"csrf_token": self._csrf(), "body": "Ja\x00wohl"})
        self.assertIn("Jawohl", answer.text)
