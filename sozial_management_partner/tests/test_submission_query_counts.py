"""Pinned queries of lists, forms and pages of calls, submissions, reviews, awards and organisations: flat with more rows."""

from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tests import tagged

from odoo.addons.sozial_management.tests import test_query_counts

from . import test_call_query_counts
from .review_common import ReviewCommon
from .submission_common import PDF

# one page of each list as its role, with warm caches; whoever lets it rise says why
# (agreed scores: two of them read the single scores beside; letters: one reads the lot beside;
# form of a call: two read what the review waits for)
PINNED_LISTS = {
    "sozial.submission": 9, "sozial.submission.late": 7, "sozial.submission.envelope": 7, "sozial.call.opening": 9,
    "sozial.evidence.request": 3, "sozial.review.member": 5, "sozial.review": 11, "sozial.review.score": 8,
    "sozial.review.eligibility": 9, "sozial.review.consensus": 11, "sozial.award": 9, "sozial.award.letter": 8,
    "sozial.call.record": 6, "sozial.call.version": 5, "res.partner": 5,
}  # fmt: skip
PINNED_FORMS = {
    "sozial.call": 26, "sozial.call.version": 5, "sozial.call.question": 2, "sozial.submission": 13, "sozial.submission.envelope": 5,
    "sozial.call.opening": 15, "sozial.evidence.request": 9, "sozial.review.member": 9, "sozial.review": 10,
    "sozial.review.consensus": 10, "sozial.award": 15, "sozial.award.letter": 7, "sozial.call.record": 2, "res.partner": 28,
}  # fmt: skip
REVIEWER = ("sozial.review", "sozial.review.score", "sozial.review.consensus")
VIEWS = {("res.partner", "list"): "sozial_management_partner.view_partner_list_organisation"}
DOMAINS = {"res.partner": [("is_organisation", "=", True)]}
# which row of a call is opened, where it is not one below the call
ROW = {
    "sozial.call": lambda call: [("id", "=", call.id)],
    "res.partner": lambda call: [("id", "in", call._submitted().partner_id.ids)],
    "sozial.review.score": lambda call: [("review_id.call_id", "=", call.id)],
}


@tagged("post_install", "-at_install")
class TestSubmissionQueryCounts(ReviewCommon):
    """Calls that were run up to their awards, with few and with many rows of everything."""

    maxDiff = None
    _specification = test_query_counts.TestQueryCounts._specification
    _count = test_call_query_counts.TestCallQueryCounts._count

    @classmethod
    def _run_call(cls, bidders, questions):
        """A call with as many bidders, questions, files and members of joint bids; reviewed, letters sent."""
        call = cls._published(name=f"Aufruf {bidders}").sudo()
        cls.env["sozial.call.question"].create(
            [{"call_id": call.id, "original": "Frage", "text": "Frage", "answer": "Antwort"} for _one in range(questions)]
        ).with_user(cls.procurement).action_answer()
        for number in range(bidders):
            user = cls._bidder(cls._organisation(f"Verein {call.id} {number} e. V."), f"t_bidder_{call.id}_{number}")
            for lot in call.lot_ids:
                draft = cls._draft(user, lot)
                for file in range(number + 1):
                    draft._portal_attach(f"Konzept {file}.pdf", PDF + str(file).encode())
                    draft._portal_name_member(f"Chor {file}", "", f"chor{file}@example.com")
                    draft._portal_declare_member(draft.sudo().joint_ids[-1].token, f"Erklärung {file}.pdf", PDF + f"e{file}".encode())
                assert not draft._portal_hand_in().problems
        cls.env["sozial.submission.envelope"].with_user(cls.procurement).create(
            [{"call_id": call.id, "sender": f"Verein {one}", "kept_at": "Tresor"} for one in range(bidders)]
        )
        cls.call, cls.lot = call, call.lot_ids[0]
        cls.members = cls._appoint(cls.reviewer) | cls._appoint(cls.reviewer_two)
        cls._open()
        cls._late(call)
        cls.env["sozial.evidence.request"].with_user(cls.procurement).create(
            {"call_id": call.id, "name": "Freistellungsbescheid", "due": fields.Datetime.now() + timedelta(days=5)}
        ).action_ask()
        cls._decide()
        cls._declare()
        for member in cls.members:
            cls._score(member)
        cls.env["sozial.review.consensus"].with_user(cls.reviewer).create(
            [
                {"submission_id": one.id, "criterion_id": call.criterion_ids[1].id, "score": "3", "reason": "Besprochen"}
                for one in call._submitted()
            ]
        )
        call.with_user(cls.procurement).action_close_review()
        call.award_ids.with_user(cls.approver).action_approve()
        return call

    @classmethod
    def _late(cls, call):
        for partner in call._submitted().partner_id:
            cls.env["sozial.submission.late"].sudo().create(
                {"call_id": call.id, "lot_id": call.lot_ids[0].id, "partner_id": partner.id, "user_id": cls.bidder.id,
                 "at_us": "2026-11-22T10:00:00.000001+00:00", "deadline_us": "2026-11-22T10:00:00.000000+00:00", "cause": "late"}
            )  # fmt: skip

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small = cls._run_call(2, 1)
        cls._run_call(2, 1)

    def _records(self, model):
        user = self.reviewer if model in REVIEWER else self.procurement
        return self.env[model].with_user(user).with_context(allowed_company_ids=self.company.ids)

    def _asked(self, model, kind):
        records = self._records(model)
        view = self.env.ref(VIEWS[model, kind]).id if (model, kind) in VIEWS else False
        return records, self._specification(records, etree.fromstring(records.get_view(view, kind)["arch"]))

    def _list(self, model):
        records, specification = self._asked(model, "list")
        domain = DOMAINS.get(model, [])
        self.assertGreaterEqual(len(records.search(domain)), 2, model)
        return self._count(lambda: records.web_search_read(domain, specification, limit=80))

    def _form(self, model, call):
        """The form of the row of a call that has most below it."""
        records, specification = self._asked(model, "form")
        below = ROW.get(model, lambda call: [("call_id", "=", call.id)])
        row = records.search(DOMAINS.get(model, []) + below(call), order="id desc", limit=1)
        self.assertTrue(row, model)
        return self._count(lambda: row.web_read(specification))

    def test_lists_stay_flat(self):
        found = {model: self._list(model) for model in PINNED_LISTS}
        self.assertEqual(found, PINNED_LISTS)
        self._run_call(4, 3)
        self.assertEqual({model: self._list(model) for model in PINNED_LISTS}, found, "the same with more rows")

    def test_forms_stay_flat(self):
        found = {model: self._form(model, self.small) for model in PINNED_FORMS}
        self.assertEqual(found, PINNED_FORMS)
        large = self._run_call(4, 3)
        self.assertEqual({model: self._form(model, large) for model in PINNED_FORMS}, found, "the same with more rows")
