"""Pinned queries of the portal's and the public pages of calls, measured through the server: flat with more rows."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .submission_common import PDF, SubmissionCommon

# queries of a request with warm caches, the session's own included; whoever lets one rise says why
PINNED = {
    "home": 17, "calls": 10, "calls_over": 10, "call": 16, "submissions": 22, "start": 12, "draft": 20, "receipt": 22,
    "joint": 12, "shared": 19, "proof": 10, "evidence": 8, "board": 8, "notice": 13, "board_json": 6, "feed": 6, "ocds": 8,
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestPortalQueryCounts(SubmissionCommon, HttpCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bidder.login = cls.bidder.email
        cls.small = cls._grow(1)
        cls._grow(1)

    @classmethod
    def _grow(cls, size):
        """A call with as many questions, and of Caritas a draft and a submission with as many files and members; an open proof."""
        call = cls._published(name=f"Aufruf {size}").sudo()
        questions = cls.env["sozial.call.question"]
        questions.create(
            [{"call_id": call.id, "original": "Frage", "text": "Frage", "answer": "Antwort"} for _one in range(size)]
        ).with_user(cls.procurement).action_answer()
        drafts = [cls._draft(lot=lot) for lot in call.lot_ids]
        for draft in drafts:
            for number in range(size):
                draft._portal_attach(f"Konzept {number}.pdf", PDF + str(number).encode())
                draft._portal_name_member(f"Chor {number}", "", f"chor{number}@example.com")
                draft._portal_declare_member(draft.sudo().joint_ids[-1].token, f"Erklärung {number}.pdf", PDF + f"e{number}".encode())
        assert not drafts[1]._portal_hand_in().problems
        cls.env["sozial.evidence"].create(
            [{"partner_id": cls.caritas.id, "kind": "tax", "file": b"eA==", "company_id": cls.company.id} for _one in range(size)]
        )
        joint = cls._draft(cls.other_bidder, call.lot_ids[0])
        joint._portal_name_member(cls.caritas.name, "", cls.bidder.email)
        shared = cls._draft(cls.other_bidder, call.lot_ids[1])
        shared._portal_name_member(cls.caritas.name, "", cls.bidder.email)
        shared.sudo().joint_ids.with_user(cls.bidder)._portal_confirm()
        return {
            "call": call.token, "draft": drafts[0].token, "receipt": drafts[1].token,
            "joint": joint.sudo().joint_ids.token, "shared": shared.token, "proof": cls._proof(call),
        }  # fmt: skip

    @classmethod
    def _proof(cls, call):
        """A proof that Caritas is asked for, in a call that was opened."""
        over = cls._published(name=f"{call.name}, geöffnet").sudo()
        cls._hand_in(lot=over.lot_ids[0])
        cls._open(over)
        request = cls.env["sozial.evidence.request"].with_user(cls.procurement).create(
            {"call_id": over.id, "name": "Freistellungsbescheid", "due": fields.Datetime.now() + timedelta(days=5)}
        )  # fmt: skip
        request.action_ask()
        return request.answer_ids.token

    def _paths(self, tokens):
        notice = f"/sozial/aufrufe/{tokens['call']}"
        return {
            "home": "/my", "calls": "/my/calls", "calls_over": "/my/calls?filterby=over", "call": f"/my/calls/{tokens['call']}",
            "submissions": "/my/submissions", "start": f"/my/submissions/start/{tokens['call']}",
            "draft": f"/my/submissions/{tokens['draft']}", "receipt": f"/my/submissions/{tokens['receipt']}",
            "joint": f"/my/joint/{tokens['joint']}", "shared": f"/my/submissions/{tokens['shared']}",
            "proof": f"/my/proof/{tokens['proof']}", "evidence": "/my/evidence", "board": "/sozial/aufrufe", "notice": notice,
            "board_json": "/sozial/aufrufe.json", "feed": "/sozial/aufrufe.atom", "ocds": f"{notice}/ocds.json",
        }  # fmt: skip

    def _measure(self, tokens):
        """{page: queries of its second request}; the marks show that the page was really there."""
        found = {}
        for name, path in self._paths(tokens).items():
            for _turn in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                page = self.url_open(path)
                found[name] = self.env.cr.sql_log_count - before
            self.assertEqual((page.status_code, page.url.endswith(path)), (200, True), name)
        return found

    def test_pages_stay_flat(self):
        self.env.flush_all()
        self.authenticate(self.bidder.login, "t_caritas")
        found = self._measure(self.small)
        self.assertEqual(found, PINNED)
        large = self._grow(5)
        self.env.flush_all()
        self.assertEqual(self._measure(large), found, "the same with more rows")
