"""All portal and public routes of this project's addons, with whatever a visitor may send.

Nothing answers with an error of the server, and nobody reads what belongs to a foreign organisation or a
tenant. Routes, methods and parameters come from the routing map: a new route is tried without being named here.
"""

import inspect
import threading
from urllib.parse import quote

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.sozial_management_partner.tests.duty_common import DutyCommon
from odoo.addons.sozial_management_partner.tests.portal_world import PortalWorld
from odoo.addons.sozial_management_partner.tests.referral_common import SECRET

REQUESTS = 2000
CANARIES = (SECRET, "Sorgenfrei", "0531 12345", "Bescheid.pdf", "t_caritas_two", "Berichtspflichtig")
PREFIXES = ("/my/", "/sozial/")
ODD = [
    "", " ", "0", "-1", "1e9", "99999999999999999999", "ä€\u202e", "../../etc", "%00", "'; --", "<b>x</b>", "None", "[1]", "x" * 5000,
    "\x00", "\ud7ff",
]  # fmt: skip
KNOWN = ["light", "state", "accepted", "green", "open", "over", "1", "2026-11-22", "31.12.2027", "a@example.com", "on", "csv", "xlsx"]


@tagged("post_install", "-at_install")
class TestPortalFuzz(PortalWorld, DutyCommon, HttpCase):
    """As a visitor without a login, as somebody of an organisation that has no part in anything, and as the owner."""

    def setUp(self):
        super().setUp()
        self.routes = sorted(self._all_routes(), key=lambda one: one[:2])
        report, proof = self._report(), self._proof()
        self._receipt(proof)
        world = (
            self.share, self.offered, self.draft, self.draft_file, self.proof, self.invited, self.joint, report, proof, self.plan,
        )  # fmt: skip
        self.tokens = [row.token for rows in world for row in rows.sudo()]
        rows = (
            self.evidence, self.file_line, self.capacity, self.colleague_there, self.tenant, self.referral, self.case, self.offer,
            proof.line_ids.receipt_ids[:1], proof.line_ids[:1],
        )  # fmt: skip
        self.ids = [str(row.id) for row in rows] + ["1", "2", "3"]
        self.visitors = {}
        for user in (None, self.other_bidder, self.bidder):
            self._log_in(user)

    def _log_in(self, user):
        """Have one connection and one form key for the whole run."""
        self.session = None  # the others stay logged in
        self.authenticate(user.login if user else None, user.login if user else None)
        page = self.url_open("/my/account" if user else "/web/login").text
        self.visitors[user.login if user else None] = (self.opener, page.split('name="csrf_token" value="')[1].split('"')[0])

    def _all_routes(self):
        """[(route, method, names of its parameters, its rule)]"""
        found = []
        threading.current_thread().dbname = self.cr.dbname  # the routing map asks the thread
        for rule in self.env["ir.http"].routing_map().iter_rules():
            endpoint = rule.endpoint
            module = endpoint.original_endpoint.__module__
            if not module.startswith("odoo.addons.sozial_") or not rule.rule.startswith(PREFIXES):
                continue
            names = [
                name for name, one in inspect.signature(endpoint.original_endpoint).parameters.items()
                if name != "self" and one.kind != one.VAR_KEYWORD and name not in rule.arguments
            ]  # fmt: skip
            methods = sorted({"GET", "POST"} & set(rule.methods or ()) or {"GET", "POST"})
            found += [(rule.rule, method, names, rule) for method in methods]
        return found

    def _value(self, data):
        """Something to send: a key that really exists, something a form sends, or something odd."""
        listed = (st.sampled_from(one) for one in (self.tokens + self.ids, KNOWN, ODD))
        return data.draw(st.one_of(*listed, st.text(max_size=30)))

    def _path(self, data, rule):
        parts = []
        for is_dynamic, part in rule._trace:
            converter = type(rule._converters[part]).__name__ if is_dynamic else None
            if converter is None:
                parts.append(part)
            elif converter == "SignedIntConverter":
                parts.append(data.draw(st.one_of(st.sampled_from(self.ids), st.integers(-(2**35), 2**70).map(str))))
            elif converter == "AnyConverter":
                parts.append(data.draw(st.sampled_from(sorted(rule._converters[part].items))))
            else:
                really = st.sampled_from(self.tokens)
                parts.append(quote(data.draw(st.one_of(really, really, st.none())) or self._value(data) or "x", safe=""))
        return "".join(parts).replace("|", "", 1)

    def _send(self, data, user):
        """One request: what was sent, and the answer."""
        self.opener, csrf = self.visitors[user]
        _route, method, names, rule = data.draw(st.sampled_from(self.routes))
        chosen = data.draw(st.lists(st.sampled_from([*names, "page", "filterby", "unknown"]), max_size=6, unique=True))
        sends = {name: self._value(data) for name in chosen}
        path = self._path(data, rule)
        if method == "GET":
            return rule.rule, (method, path, sends), self.url_open(path, params=sends, allow_redirects=False)
        files = {"file": (self._value(data)[:50] or "x", b"%PDF-1.7\n%%EOF")} if data.draw(st.booleans()) else None
        answer = self.url_open(path, data={"csrf_token": csrf, **sends}, files=files, allow_redirects=False, method="POST")
        return rule.rule, (method, path, sends), answer

    def test_two_thousand_requests(self):
        sent, reached, wrong = 0, set(), {}
        owner = self.bidder.login

        @seed(20261122)
        @settings(
            max_examples=REQUESTS, deadline=None, derandomize=False, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(data=st.data())
        def attempt(data):
            nonlocal sent
            user = data.draw(st.sampled_from(list(self.visitors)))
            route, what, answer = self._send(data, user)
            sent += 1
            if answer.status_code in (200, 303, 422):
                reached.add((route, user))
            read = [word for word in CANARIES if user != owner and word in answer.text]
            if answer.status_code >= 500 or read:
                wrong.setdefault((route, what[0], user, answer.status_code, *read), what)

        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule"):
            attempt()
        self.assertFalse(wrong, "\n".join(f"{key}: {what}" for key, what in wrong.items()))
        self.assertGreaterEqual(sent, REQUESTS)
        self.assertGreater(len(self.routes), 100)
        self.assertGreater(len({route for route, user in reached if user == owner}), 40, "many of them reach a page")
