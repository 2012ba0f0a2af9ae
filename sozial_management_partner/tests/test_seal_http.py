"""The same doors over the network: JSON-2, XML-RPC, addresses of files, reports, pages and counters of the portal."""

import json
import xmlrpc.client
from datetime import timedelta

from odoo import Command, fields
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from .submission_common import ANSWERS, PDF, RIVAL, SECRET, SealedCase

REFUSED = ("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule", "odoo.addons.rpc.controllers.xmlrpc")
PLAIN = SECRET.encode("ascii", "ignore")


class OverTheNetwork(SealedCase, HttpCase):
    def _key(self, user):
        return self.env["res.users.apikeys"].with_user(user)._generate("rpc", "test", fields.Datetime.now() + timedelta(hours=1))

    def _login(self, user):
        self.authenticate(user and user.login, user and user.login)


@tagged("post_install", "-at_install")
class TestInterfaces(OverTheNetwork):
    CALLS = (
        ("sozial.submission", "read", {"fields": ["number"]}),
        ("sozial.submission", "search_read", {"domain": [], "fields": ["number", "partner_id"]}),
        ("sozial.submission", "search_count", {"domain": []}),
        ("sozial.submission", "name_search", {"name": ""}),
        ("sozial.submission", "formatted_read_group", {"domain": [], "groupby": ["lot_id"], "aggregates": ["__count"]}),
        ("sozial.submission.content", "read", {"fields": ["answer"]}),
        ("sozial.submission.content", "search_read", {"domain": [("answer", "ilike", SECRET)], "fields": ["answer"]}),
        ("sozial.submission.late", "search_read", {"domain": [], "fields": ["at_us"]}),
    )
    EMPTY = ("[]", "0", "false")

    def _ids(self, model, method):
        return self.rows[model].ids if method == "read" else []

    def test_json_2(self):
        for opened in (False, True):
            if opened:
                self._open()
                self.env.flush_all()
            for user in (self.procurement, self.system):
                key = self._key(user)
                for model, method, arguments in self.CALLS:
                    ids = {"ids": self._ids(model, method)} if method == "read" else {}
                    with self.subTest(user=user.login, call=f"{model}/{method}", opened=opened), mute_logger(*REFUSED):
                        answer = self.url_open(
                            f"/json/2/{model}/{method}",
                            data=json.dumps({**ids, **arguments}),
                            headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
                        ).text
                        if opened:
                            self.assertNotIn(answer, self.EMPTY, "the control")
                            self.assertNotIn("AccessError", answer)
                        else:
                            self.assert_silent(answer)
                            self.assertTrue(answer in self.EMPTY or "AccessError" in answer, answer)

    def test_xml_rpc(self):
        for user in (self.procurement, self.system):
            key = self._key(user)
            for model, method, arguments in self.CALLS:
                ids = [self._ids(model, method)] if method == "read" else []
                with self.subTest(user=user.login, call=f"{model}/{method}"), mute_logger(*REFUSED):
                    try:
                        told = self.xmlrpc_object.execute_kw(get_db_name(), user.id, key, model, method, ids, arguments)
                    except xmlrpc.client.Fault as fault:
                        told = fault.faultString
                        self.assert_silent(told)
                    else:
                        self.assertFalse(told)

    def test_the_browser_of_a_rival_asks_for_it(self):
        for user, may in ((self.bidder, True), (self.other_bidder, False)):
            self._login(user)
            for model, method, arguments in self.CALLS:
                if arguments.get("fields") == ["at_us"] or method in ("search_count", "formatted_read_group"):
                    continue
                ids = [self._ids(model, method)] if method == "read" else []
                with self.subTest(user=user.login, call=f"{model}/{method}"), mute_logger(*REFUSED):
                    answer = self.url_open(
                        f"/web/dataset/call_kw/{model}/{method}",
                        data=json.dumps({"params": {"model": model, "method": method, "args": ids, "kwargs": arguments}}),
                        headers={"Content-Type": "application/json"},
                    ).text
                    if may:
                        self.assertTrue(self.submission.number in answer or "Kennwort" in answer, answer)
                    else:
                        self.assert_silent(answer.encode().decode("unicode_escape", errors="replace"))


@tagged("post_install", "-at_install")
class TestFilesAndReports(OverTheNetwork):
    def test_files_by_their_address(self):
        stored = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "sozial.submission.content"), ("res_id", "=", self.file.id), ("res_field", "=", "file")]
        )
        token = "tok" + "en" * 8
        # forged: the method that gives tokens refuses files of submissions
        self.env.cr.execute("UPDATE ir_attachment SET access_token = %s WHERE id = %s", [token, stored.id])
        self.env.invalidate_all()
        limited = stored._get_raw_access_token()
        own = f"/my/submissions/{self.submission.token}/file/{self.file.token}"
        addresses = (
            own, f"/web/content/{stored.id}", f"/web/content/sozial.submission.content/{self.file.id}/file?download=1",
            f"/web/content/{stored.id}?access_token={token}", f"/web/content/{stored.id}?access_token={limited}",
        )  # fmt: skip
        self._login(self.bidder)
        for address in addresses[:1]:
            self.assertIn(PLAIN, self.url_open(address).content, "the control")
        for user in (self.procurement, self.system, self.other_bidder, self.reviewer, None):
            self._login(user)
            for address in addresses:
                with self.subTest(user=user and user.login, address=address), mute_logger("odoo.http"):
                    self.assertNotIn(PLAIN, self.url_open(address).content)
        self._open()
        self.env.flush_all()
        self._login(self.procurement)
        for address in addresses[1:]:
            with self.subTest(address=address):
                self.assertIn(PLAIN, self.url_open(address).content, "the control: after the opening")

    def test_export_of_a_list(self):
        self.env.ref("base.group_allow_export").user_ids = [Command.link(user.id) for user in (self.procurement, self.system)]
        data = {
            "model": "sozial.submission.content", "fields": [{"name": "answer", "label": "x", "type": "text"}], "ids": False, "domain": [],
            "groupby": [], "context": {}, "import_compat": False,
        }  # fmt: skip
        for opened in (False, True):
            if opened:
                self._open()
                self.env.flush_all()
            for user in (self.procurement, self.system):
                self._login(user)
                with self.subTest(user=user.login, opened=opened):
                    told = self.url_open(
                        "/web/export/csv", data={"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}
                    ).content.decode()
                    self.assertEqual(SECRET in told, opened)

    def test_pages_of_the_office(self):
        for user in (self.procurement, self.system):
            self._login(user)
            row = self.submission.id
            for address in (f"/odoo/sozial.submission/{row}", f"/mail/view?model=sozial.submission&res_id={row}"):
                with self.subTest(user=user.login, address=address), mute_logger("odoo.http"):
                    self.assert_silent(self.url_open(address).text)


@tagged("post_install", "-at_install")
class TestPortal(OverTheNetwork):
    """The whole way of an organisation, and what a rival sees of it."""

    def _csrf(self, page):
        return page.split('name="csrf_token" value="')[1].split('"')[0]

    def _post(self, address, page="/my/submissions/start", files=None, **values):
        text = self.url_open(page).text
        return self.url_open(address, data={**values, "csrf_token": self._csrf(text)}, files=files)

    def test_from_the_call_to_the_receipt(self):
        newcomer = self._bidder(self._organisation("Kiezverein e. V."), "t_kiez")
        self._login(newcomer)
        start = f"/my/submissions/start/{self.call.token}"
        answer = self._post(start, page=start, lot=str(self.lot.id))
        draft = self.env["sozial.submission"].sudo().search([("partner_id", "=", newcomer.commercial_partner_id.id)])
        self.assertTrue(answer.url.endswith(draft.token))
        page, answers = f"/my/submissions/{draft.token}", {f"answer_{key}": key for key in ANSWERS}
        told = self._post(f"{page}/save", page=page, quiet="1", answer_who="Wir sind neu").json()
        self.assertEqual(told, {"problem": ""})
        draft.invalidate_recordset()
        self.assertEqual(draft._answers(), {"who": "Wir sind neu"})
        answer = self._post(f"{page}/hand-in", page=page, answer_idea="Spieleabend")
        self.assertIn("alert-danger", answer.text)
        self.assertIn("Spieleabend", answer.text, "what was typed is still there")
        answer = self._post(
            f"{page}/hand-in", page=page, files={"files": ("virus.exe", b"MZ", "application/pdf")}, **answers
        )
        self.assertIn("virus.exe", answer.text)
        draft.invalidate_recordset()
        self.assertEqual(draft.state, "draft")
        answer = self._post(
            f"{page}/hand-in", page=page, files={"files": ("Konzept.pdf", PDF, "application/pdf")}, **answers
        )
        draft.invalidate_recordset()
        self.assertEqual(draft.state, "submitted")
        for word in (draft.number, draft.sha256, "Konzept.pdf", "o_submission_receipt"):
            self.assertIn(word, answer.text)
        copy = self.url_open(f"{page}/copy")
        self.assertEqual(copy.json()["receipt_number"], draft.number)
        answer = self._post(f"{page}/change", page=page)
        self.assertFalse(answer.url.endswith(draft.token))
        self._post(f"{page}/withdraw", page=page)
        draft.invalidate_recordset()
        self.assertEqual(draft.state, "withdrawn")

    def test_late_is_refused_explained_and_logged(self):
        self._login(self.bidder)
        page = f"/my/submissions/{self.draft.token}"
        token = self._csrf(self.url_open(page).text)
        self._pass_deadline(self.call)
        self.env.flush_all()
        before = self.env["sozial.submission.late"].sudo().search_count([])
        answer = self.url_open(f"{page}/hand-in", data={"csrf_token": token, "answer_idea": "zu spät"})
        self.assertIn("o_submission_late", answer.text)
        self.assertEqual(self.env["sozial.submission.late"].sudo().search_count([]), before + 1)
        told = self.url_open(f"{page}/save", data={"csrf_token": token, "quiet": "1", "answer_idea": "zu spät"}).json()
        self.assertTrue(told["problem"])
        self.draft.invalidate_recordset()
        self.assertEqual(self.draft.sudo().state, "draft")
        self.assertNotIn("zu spät", str(self.draft.sudo()._answers()))

    def test_a_rival_sees_and_changes_nothing(self):
        self._login(self.other_bidder)
        page = f"/my/submissions/{self.submission.token}"
        own = f"/my/submissions/{self.rival.token}"
        self.assertIn(RIVAL, self.url_open(own).text, "the control")
        start = f"/my/submissions/start/{self.call.token}"
        for address in (page, f"{page}/copy", f"/my/submissions/{self.draft.token}", "/my/submissions", start):
            with self.subTest(address=address):
                self.assert_silent(self.url_open(address).text)
        for step in ("save", "hand-in", "change", "withdraw", "confirm", "remove", "evidence"):
            with self.subTest(step=step):
                self.assert_silent(self._post(f"{page}/{step}", page=start, answer_idea="x").text)
        self.submission.invalidate_recordset()
        self.assertEqual(self.submission.sudo().state, "submitted")
        self.assertTrue(self.submission.sudo()._is_intact())

    def test_counters_of_the_portal(self):
        for user, count in ((self.bidder, 2), (self.other_bidder, 2), (self.portal, 0)):
            self._login(user)
            asked = json.dumps({"params": {"counters": ["sozial_submission_count"]}})
            told = self.url_open("/my/counters", data=asked, headers={"Content-Type": "application/json"}).json()["result"]
            with self.subTest(user=user.login):
                self.assertEqual(told["sozial_submission_count"], count)

    def test_a_get_changes_nothing(self):
        self._login(self.bidder)
        for step in ("hand-in", "withdraw", "change", "save?answer_idea=x", "confirm"):
            with mute_logger("odoo.http"):
                self.url_open(f"/my/submissions/{self.draft.token}/{step}")
        self.draft.invalidate_recordset()
        self.assertEqual((self.draft.state, self.draft._answers()["idea"]), ("draft", f"{SECRET} idea"))

    def test_the_list_costs_the_same_for_many(self):
        self._login(self.bidder)
        self.url_open("/my/submissions")
        counts = []
        for turn in range(2):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.url_open("/my/submissions")
            counts.append(self.env.cr.sql_log_count - before)
            if not turn:
                for number in range(4):
                    self._draft(lot=self._published(name=f"Aufruf {number}").sudo().lot_ids[0])
        self.assertLessEqual(counts[1], counts[0] + 3)
