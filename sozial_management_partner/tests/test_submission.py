"""Writing, handing in, replacing and withdrawing: what an organisation can do, and until when."""

import base64
import hashlib
import json
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..sealing.receipt import canonical
from .submission_common import ANSWERS, PDF, SECRET, SubmissionCommon


@tagged("post_install", "-at_install")
class TestSubmission(SubmissionCommon):
    def test_six_answers_are_enough(self):
        draft = self._draft()
        self.assertFalse(draft._problems())
        outcome = draft._portal_hand_in()
        self.assertFalse(outcome.refused or outcome.problems)
        self.assertEqual(draft.state, "submitted")
        self.assertEqual(draft.sudo().version_id, self.call.current_version_id)
        self.assertRegex(draft.number, r"^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$")

    def test_what_is_missing_is_named_all_at_once_and_nothing_is_handed_in(self):
        draft = self.call.with_user(self.bidder)._start_submission(self.lot.with_user(self.bidder))
        outcome = draft._portal_hand_in({"who": "Wir", "idea": "  ", "nonsense": "x"})
        self.assertEqual(len(outcome.problems), 5)
        self.assertEqual(draft.state, "draft")
        self.assertEqual(draft._answers(), {"who": "Wir"}, "what was typed is kept")
        long = dict.fromkeys(ANSWERS, "x" * 20001)
        self.assertEqual(len(draft._portal_hand_in(long).problems), 6)

    def test_the_copy_at_home_has_the_fingerprint_of_the_receipt(self):
        submission = self._hand_in()
        written = canonical(submission._document())
        self.assertEqual(hashlib.sha256(written).hexdigest(), submission.sha256)
        document = json.loads(written)
        self.assertEqual(document["answers"]["idea"]["answer"], f"{SECRET} idea")
        self.assertEqual(document["files"], [{"name": "Konzept.pdf", "bytes": len(PDF), "sha256": hashlib.sha256(PDF).hexdigest()}])
        self.assertTrue(submission._is_intact())

    def test_questions_are_read_in_the_reader_s_language(self):
        """The bidder writes in the own language; what is stored, and its fingerprint, stays as it was written."""
        self.env["res.lang"]._activate_lang("de_DE")
        submission = self._hand_in().sudo()
        idea = submission.content_ids.filtered(lambda row: row.key == "idea")
        self.assertEqual(idea.label, "What do you want to offer?")
        self.assertEqual(idea.with_context(lang="de_DE").question, "Was möchten Sie anbieten?")
        self.assertEqual(idea.with_context(lang="en_US").question, "What do you want to offer?")
        file = submission.content_ids.filtered(lambda row: row.kind == "file")
        self.assertEqual(file.with_context(lang="de_DE").question, "Datei")
        criterion = self._draft(self.other_bidder)
        criterion._portal_save({f"criterion_{self.lot._award_criteria()[:1].id}": "Ja"})
        own = criterion.sudo().content_ids.filtered(lambda row: row.key.startswith("criterion_"))
        self.assertEqual(own.question, self.lot._award_criteria()[:1].name, "criteria are called as they were published")
        self.assertTrue(submission._is_intact())

    def test_a_changed_byte_is_found(self):
        submission = self._hand_in()
        for query in (
            "UPDATE sozial_submission_content SET answer = answer || '!' WHERE submission_id = %s AND key = 'idea'",
            "UPDATE sozial_submission_content SET sha256 = repeat('0', 64) WHERE submission_id = %s AND kind = 'file'",
            "UPDATE sozial_submission SET partner_name = 'Andere' WHERE id = %s",
        ):
            with self.subTest(query=query), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(query, [submission.id])
                self.env.invalidate_all()
                self.assertFalse(submission._is_intact())
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertTrue(submission._is_intact(), "the control")

    def test_one_draft_a_lot_and_organisation(self):
        draft = self._draft()
        self.assertEqual(self._draft(), draft)
        self.assertNotEqual(self._draft(lot=self.lot_two), draft)
        self.assertNotEqual(self._draft(self.other_bidder), draft)

    def test_changed_and_handed_in_again(self):
        """The former one counts until the new one has arrived, and is replaced then."""
        first = self._hand_in()
        draft = first._portal_change()
        self.assertEqual((first.state, draft.state), ("submitted", "draft"))
        self.assertEqual(draft._answers(), first._answers())
        self.assertEqual(draft.content_ids.filtered("file").mapped("sha256"), first.content_ids.filtered("file").mapped("sha256"))
        self.assertEqual(first._portal_change(), draft, "asked twice, there is one draft")
        draft._portal_save({"idea": "Besser"})
        self.assertEqual(first._answers()["idea"], f"{SECRET} idea")
        draft._portal_hand_in()
        self.assertEqual((first.state, draft.state, draft.previous_id), ("replaced", "submitted", first))
        self.assertNotEqual(first.number, draft.number)
        self.assertTrue(first._is_intact() and draft._is_intact())

    def test_withdrawn_and_thrown_away(self):
        submission, draft = self._hand_in(), self._draft(lot=self.lot_two)
        submission._portal_withdraw()
        self.assertEqual(submission.state, "withdrawn")
        self.assertTrue(submission.withdrawn_at_us)
        draft._portal_withdraw()
        self.assertFalse(draft.sudo().exists())
        self.assertEqual(self._draft().state, "draft", "a new one can be begun")

    def test_what_was_handed_in_does_not_change_whoever_asks(self):
        submission = self._hand_in()
        row = submission.content_ids[0]
        with self.assertRaises(UserError):
            submission._portal_save({"idea": "anders"})
        with self.assertRaises(UserError):
            submission._portal_attach("Mehr.pdf", PDF + b"%%EOF")
        with self.assertRaises(UserError):
            submission._portal_detach(row.token)
        for step in (
            lambda: row.sudo().write({"answer": "anders"}),
            lambda: row.sudo().unlink(),
            lambda: submission.sudo().write({"partner_name": "Andere"}),
            lambda: submission.sudo().write({"state": "draft"}),
            lambda: submission.sudo().unlink(),
            lambda: row.sudo().create({"submission_id": submission.id, "key": "x", "label": "x", "answer": "x"}),
            lambda: self._draft(lot=self.lot_two).sudo().content_ids[0].write({"submission_id": submission.id}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                step()
        self.assertTrue(submission._is_intact())

    def test_nobody_writes_past_the_methods(self):
        submission = self._hand_in()
        for user in (self.bidder, self.procurement, self.system):
            for records in (submission.with_user(user), submission.content_ids.with_user(user)):
                for step in (lambda r=records: r.write({}), records.unlink, lambda r=records: r.create({}), records[0].copy):
                    with self.subTest(user=user.login, model=records._name), self.assertRaises(AccessError):
                        step()

    def test_only_organisations_hand_in(self):
        submission = self._draft()
        for user in (self.procurement, self.system, self.other_bidder):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                submission.with_user(user)._portal_hand_in()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                submission.with_user(user)._portal_save({"idea": "x"})
        with self.assertRaises(AccessError):
            self.call.with_user(self.procurement)._start_submission(self.lot.with_user(self.procurement))

    def test_a_lot_of_another_call_is_refused(self):
        other = self._published(name="Anderer Aufruf").sudo()
        with self.assertRaises(AccessError):
            self.call.with_user(self.bidder)._start_submission(other.lot_ids[0].with_user(self.bidder))

    def test_invited_organisations_only(self):
        call = self._published(access="invited", invited_ids=[(4, self.caritas.id)]).sudo()
        self.assertEqual(self._draft(lot=call.lot_ids[0]).call_id, call)
        with self.assertRaises(AccessError):
            self._draft(self.other_bidder, lot=call.lot_ids[0])

    def test_a_material_change_has_to_be_confirmed(self):
        submission = self._hand_in()
        self.call._freeze_version(reason="Fehler", is_material=False)
        self.assertFalse(submission.needs_confirmation)
        self.call._freeze_version(reason="Umfang", is_material=True)
        submission.invalidate_recordset()
        self.assertTrue(submission.needs_confirmation)
        submission._portal_confirm_version()
        submission.invalidate_recordset()
        self.assertFalse(submission.needs_confirmation)
        self.assertTrue(submission._is_intact())


@tagged("post_install", "-at_install")
class TestDeadline(SubmissionCommon):
    def test_to_the_microsecond(self):
        """Equal passes, one microsecond later does not."""
        for shift, passes in ((timedelta(microseconds=-1), True), (timedelta(0), True), (timedelta(microseconds=1), False)):
            moment = self._deadline() + shift
            with self.env.cr.savepoint() as savepoint:
                draft = self._draft()
                with self._at(moment):
                    outcome = draft._portal_hand_in()
                self.assertEqual(not outcome.refused, passes, shift)
                self.assertEqual(draft.state, "submitted" if passes else "draft")
                if passes:
                    self.assertEqual(draft.submitted_at_us, moment.isoformat(timespec="microseconds"))
                else:
                    self.assertEqual(outcome.refused.at_us, moment.isoformat(timespec="microseconds"))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_late_attempt_is_logged_and_cannot_be_undone(self):
        draft = self._draft()
        with self._at(self._deadline(seconds=3)):
            late = draft._portal_hand_in({"idea": "Noch schnell"}).refused
        self.assertEqual((late.cause, late.partner_id, late.user_id, late.lot_id), ("late", self.caritas, self.bidder, self.lot))
        self.assertNotIn("Noch schnell", str(draft._answers()), "nothing is half-written")
        with self.assertRaises(UserError):
            late.sudo().write({"cause": "closed"})
        with self.assertRaises(UserError):
            late.sudo().unlink()

    def test_incomplete_and_late_is_late(self):
        draft = self.call.with_user(self.bidder)._start_submission(self.lot.with_user(self.bidder))
        with self._at(self._deadline(seconds=1)):
            outcome = draft._portal_hand_in()
        self.assertTrue(outcome.refused)
        self.assertFalse(outcome.problems)

    def test_after_the_deadline_nothing_moves(self):
        submission, draft = self._hand_in(), self._draft(lot=self.lot_two)
        with self._at(self._deadline(microseconds=1)):
            for step in (
                lambda: draft._portal_save({"idea": "x"}),
                lambda: draft._portal_attach("x.pdf", PDF),
                lambda: draft._portal_detach("x"),
                lambda: draft._portal_withdraw(),
                lambda: submission._portal_change(),
                lambda: submission._portal_withdraw(),
                lambda: submission._portal_confirm_version(),
                lambda: self._draft(self.other_bidder),
            ):
                with self.assertRaises(UserError):
                    step()
        self.assertEqual((submission.state, draft.state), ("submitted", "draft"))
        submission._portal_change()  # the control: before the deadline it works

    def test_a_cancelled_call_takes_nothing(self):
        draft = self._draft()
        self.env.cr.execute("UPDATE sozial_call SET state = 'cancelled' WHERE id = %s", [self.call.id])
        self.env.invalidate_all()
        self.assertEqual(draft._portal_hand_in().refused.cause, "closed")


@tagged("post_install", "-at_install")
class TestFiles(SubmissionCommon):
    def test_what_is_refused_is_named(self):
        draft = self._draft()
        for name, data, word in (
            ("virus.exe", b"MZ", "virus.exe"),
            ("seite.html", b"<script>", "seite.html"),
            ("leer.pdf", b"", "leer.pdf"),
            ("falsch.pdf", b"MZ", "falsch.pdf"),
            ("makro.pdf", PDF.replace(b"/Catalog", b"/JavaScript"), "makro.pdf"),
        ):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, word):
                draft._portal_attach(name, data)
        self.assertFalse(draft.content_ids.filtered(lambda row: row.kind == "file"))

    def test_limits(self):
        draft = self._draft()
        draft._portal_attach("Konzept.pdf", PDF)
        with self.assertRaisesRegex(UserError, "Konzept.pdf"):
            draft._portal_attach("Konzept.pdf", PDF)
        for number in range(19):
            draft._portal_attach(f"{number}.txt", b"x%d" % number)
        with self.assertRaisesRegex(UserError, "20"):
            draft._portal_attach("mehr.txt", b"mehr")
        draft = self._draft(lot=self.lot_two)
        for number in range(4):
            draft._portal_attach(f"{number}.txt", bytes([65 + number]) * 10 * 1024 * 1024)
        with self.assertRaisesRegex(UserError, "40 MB"):
            draft._portal_attach("mehr.txt", b"mehr")

    def test_bound_at_once(self):
        draft = self._draft()
        files = self.env["ir.attachment"].sudo().with_context(skip_res_field_check=True)
        before = files.search([], order="id desc", limit=1).id
        row = draft._portal_attach("Konzept.pdf", PDF)
        new = files.search([("id", ">", before)])
        self.assertEqual(new.mapped("res_model"), ["sozial.submission.content"])
        self.assertEqual(new.mapped("res_id"), row.ids)
        self.assertEqual(new.raw, PDF)

    def test_from_the_evidence_safe_a_copy_is_taken(self):
        file = {"file": base64.b64encode(PDF), "file_name": "Satzung.pdf"}
        safe = self.env["sozial.evidence"].create(
            {"partner_id": self.caritas.id, "kind": "statutes", "company_id": self.company.id, **file}
        )
        draft = self._draft()
        row = draft._portal_attach_evidence(safe.with_user(self.bidder))
        safe.unlink()
        self.assertEqual(base64.b64decode(row.with_context(bin_size=False).file), PDF)
