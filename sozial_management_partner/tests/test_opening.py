"""Opening by two persons, its protocol, and proof that is asked for afterwards."""

import io
from datetime import timedelta

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .submission_common import PDF, RIVAL, SECRET, SubmissionCommon


class OpeningCommon(SubmissionCommon):
    def _begin(self, user=None):
        return self.call.with_user(user or self.procurement).action_begin_opening()

    def _confirm(self, user=None):
        self.call.invalidate_recordset()
        return self.call.with_user(user or self.second_procurement).action_confirm_opening()

    def _opened(self):
        """{number} of what the office reads."""
        return set(self.env["sozial.submission"].with_user(self.procurement).search([("call_id", "=", self.call.id)]).mapped("number"))


@tagged("post_install", "-at_install")
class TestOpening(OpeningCommon):
    def test_two_persons_after_the_deadline_once(self):
        submission = self._hand_in()
        with self.assertRaisesRegex(UserError, self.call.number):
            self._begin()
        self._pass_deadline(self.call)
        with self.assertRaises(UserError):
            self._confirm()  # nobody began
        self._begin()
        self.assertFalse(self.call.opened_at)
        self.assertFalse(self._opened(), "the first person alone opens nothing")
        with self.assertRaisesRegex(UserError, "second person|zweite Person"):
            self._confirm(self.procurement)
        with self.assertRaises(UserError):
            self._begin(self.second_procurement)
        self._confirm()
        self.assertEqual(self.call.state, "opened")
        self.assertTrue(self.call.opened_at)
        self.assertEqual(self._opened(), {submission.number})
        with self.assertRaises(UserError):
            self._confirm(self.approver)
        with self.assertRaises(UserError):
            self._begin(self.approver)

    def test_the_whole_second_of_the_deadline_still_belongs_to_the_bidders(self):
        for shift, may in ((timedelta(0), False), (timedelta(microseconds=999_999), False), (timedelta(seconds=1), True)):
            with self.subTest(shift=shift), self.env.cr.savepoint() as savepoint, self._at(self._deadline() + shift):
                if may:
                    self._begin()
                    self.assertTrue(self.call.intake_closed_at)
                else:
                    with self.assertRaises(UserError):
                        self._begin()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_nothing_comes_in_once_the_first_person_has_begun(self):
        """Even with a time stamp from before the deadline: it would be missing in the protocol."""
        draft = self._draft()
        before = self._deadline(seconds=-1)
        self._pass_deadline(self.call)
        self._begin()
        with self._at(self._deadline(seconds=-1)):
            outcome = draft._portal_hand_in()
        self.assertEqual(outcome.refused.cause, "opening")
        self.assertTrue(before)

    def test_only_who_runs_calls_opens(self):
        self._hand_in()
        self._pass_deadline(self.call)
        for user in (self.reviewer, self.lead, self.system, self.frontdesk, self.bidder, self.stranger):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._begin(user)
        self._begin()
        for user in (self.reviewer, self.lead, self.system, self.bidder, self.stranger):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._confirm(user)

    def test_the_protocol_lists_what_was_found(self):
        submission, rival = self._hand_in(), self._hand_in(self.other_bidder, secret=RIVAL)
        withdrawn = self._hand_in(self.other_bidder, lot=self.lot_two, secret=RIVAL)
        withdrawn._portal_withdraw()
        draft = self._draft(lot=self.lot_two)
        with self._at(self._deadline(seconds=2)):
            draft._portal_hand_in()
        self.env["sozial.submission.envelope"].with_user(self.procurement).create(
            {"call_id": self.call.id, "sender": "Förderverein", "kept_at": "Tresor"}
        )
        self._open()
        opening = self.call.opening_ids
        protocol = opening.protocol
        self.assertEqual({line["number"] for line in protocol["submissions"]}, {submission.number, rival.number})
        self.assertEqual([line["number"] for line in protocol["not_counted"]], [withdrawn.number])
        self.assertEqual([line["organisation"] for line in protocol["late"]], [self.caritas.name])
        self.assertEqual([line["sender"] for line in protocol["envelopes"]], ["Förderverein"])
        [line] = [line for line in protocol["submissions"] if line["number"] == submission.number]
        self.assertEqual((line["sha256"], line["intact"], line["files"][0]["name"]), (submission.sha256, True, "Konzept.pdf"))
        self.assertNotIn(self.verein.name, str(protocol["not_counted"]), "who withdrew is not named")
        self.assertNotIn(SECRET, str(protocol), "no content")
        self.assertTrue(opening.is_intact)
        for step in (lambda: opening.sudo().write({"protocol": {}}), lambda: opening.sudo().unlink()):
            with self.assertRaises(UserError):
                step()

    def test_what_is_changed_afterwards_is_found(self):
        submission = self._hand_in()
        self._open()
        opening = self.call.opening_ids
        self.assertTrue(opening._is_intact(), "the control")
        for query in (
            "UPDATE sozial_submission_content SET answer = 'anders' WHERE submission_id = %(id)s AND key = 'idea'",
            "UPDATE sozial_submission SET state = 'withdrawn' WHERE id = %(id)s",
            "UPDATE sozial_call_opening SET protocol = jsonb_set(protocol, '{name}', '\"x\"') WHERE call_id = %(call)s",
        ):
            with self.subTest(query=query), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(query, {"id": submission.id, "call": self.call.id})
                self.env.invalidate_all()
                self.assertFalse(opening._is_intact())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_the_protocol_is_printed(self):
        """The text of the PDF, as a reader takes it out."""
        submission = self._hand_in()
        paper = self.env["sozial.submission.envelope"].with_user(self.procurement)
        paper.create({"call_id": self.call.id, "sender": "Kirchengemeinde Süd", "kept_at": "Tresor"})
        self._open()
        report = self.env["ir.actions.report"].with_user(self.procurement).with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf("sozial_management_partner.report_opening_protocol", self.call.opening_ids.ids)
        self.assertEqual(kind, "pdf")
        pages = PdfReader(io.BytesIO(content)).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        for word in (self.call.number, submission.number, self.procurement.name, self.second_procurement.name, self.caritas.name,
                     "Kirchengemeinde Süd"):  # fmt: skip
            self.assertIn(word, text)
        self.assertIn(submission.sha256, "".join(text.split()))
        self.assertIn(self.call.opening_ids.sha256, "".join(text.split()))

    def test_nobody_prints_before(self):
        self._hand_in()
        self._pass_deadline(self.call)
        self._begin()
        report = self.env["ir.actions.report"].with_user(self.procurement)
        told = report._render_qweb_html("sozial_management_partner.report_opening_protocol", self.call.opening_ids.ids)[0].decode()
        self.assertNotIn(self.caritas.name, told)
        self.assertNotIn("SHA-256", told)

    def test_a_call_without_any_submission_is_opened_too(self):
        self._open()
        self.assertEqual(self.call.opening_ids.protocol["submissions"], [])
        self.assertTrue(self.call.opening_ids.is_intact)


@tagged("post_install", "-at_install")
class TestEvidenceRequest(OpeningCommon):
    def _request(self, **values):
        requests = self.env["sozial.evidence.request"].with_user(self.procurement)
        due = fields.Datetime.now() + timedelta(days=6)
        return requests.create({"call_id": self.call.id, "name": "Freistellungsbescheid", "due": due, **values})

    def test_a_new_request_has_no_time_yet(self):
        self.assertFalse(self.env["sozial.evidence.request"].with_user(self.procurement).new({}).due_text)

    def test_not_before_the_opening(self):
        with self.assertRaises(UserError):
            self._request()

    def test_all_alike_with_one_date(self):
        one, _two = self._hand_in(), self._hand_in(self.other_bidder, secret=RIVAL)
        self._draft(lot=self.lot_two)
        self._open()
        request = self._request()
        request.action_ask()
        self.assertEqual(request.answer_ids.partner_id, self.caritas + self.verein)
        with self.assertRaises(UserError):
            request.action_ask()
        with self.assertRaises(UserError):
            request.due += timedelta(days=1)
        with self.assertRaises(UserError):
            request.unlink()
        mine = request.answer_ids.with_user(self.bidder).search([])
        self.assertEqual(mine.partner_id, self.caritas, "nobody sees whom else was asked")
        with self.assertRaises(AccessError):
            request.answer_ids.filtered(lambda row: row.partner_id == self.verein).with_user(self.bidder).read(["name"])
        with self.assertRaisesRegex(UserError, "x.exe"):
            mine._portal_send("x.exe", b"MZ")
        before = one._document()
        mine._portal_send("Bescheid.pdf", PDF)
        self.assertEqual((mine.state, mine.is_late), ("received", False))
        self.assertEqual(one._document(), before, "the submission itself does not change")
        for step in (
            lambda: mine._portal_send("Noch einer.pdf", PDF),
            lambda: mine.sudo().write({"file_name": "Anderer.pdf"}),
            lambda: mine.sudo().unlink(),
        ):
            with self.assertRaises(UserError):
                step()

    def test_late_proof_is_kept_and_marked(self):
        self._hand_in()
        self._open()
        request = self._request()
        request.action_ask()
        answer = request.answer_ids.with_user(self.bidder)
        with self._at(request.due.replace(tzinfo=self._deadline().tzinfo) + timedelta(microseconds=1)):
            answer._portal_send("Bescheid.pdf", PDF)
        self.assertTrue(answer.is_late)

    def test_forged_states_are_refused(self):
        self._hand_in()
        self._open()
        request = self._request(state="asked", asked_at="2026-01-01 00:00:00")
        self.assertEqual((request.state, request.asked_at), ("draft", False))
        with self.assertRaises(UserError):
            request.write({"state": "asked"})
        with self.assertRaises(UserError):
            self._request(due="2020-01-01 00:00:00").action_ask()
