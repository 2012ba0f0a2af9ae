"""What comes in stands in the file of the call: sealed until the opening, then with its own time."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..sealing.receipt import fingerprint
from .submission_common import PDF, RIVAL, SubmissionCommon


@tagged("post_install", "-at_install")
class TestIntakeRecord(SubmissionCommon):
    """Submissions, late attempts, envelopes, questions and proof, by the methods that people use."""

    def _file(self, event=None):
        records = self.env["sozial.call.record"].sudo().search([("call_id", "=", self.call.id)], order="position")
        return records.filtered(lambda record: not event or record.event == event)

    def _only(self, event):
        record = self._file(event)
        self.assertEqual(len(record), 1, event)
        return record

    def _unreadable_before_the_opening(self, step):
        """Do a step: the file that people read neither grows nor changes by it."""
        self.env.flush_all()
        before = self._file().mapped("hash")
        result = step()
        self.env.flush_all()
        self.assertEqual(self._file().mapped("hash"), before)
        return result

    def _opened(self):
        self._open()
        self.assertEqual(self.call._verify_record(), [])
        return self._file()

    def test_handed_in_enters_at_the_opening_with_its_own_time(self):
        submission = self._unreadable_before_the_opening(self._hand_in)
        self._opened()
        entry = self._only("submitted")
        self.assertEqual(entry.actor, self.bidder.name)
        self.assertLessEqual(
            {"number": submission.number, "organisation": self.caritas.name, "lot": self.lot.name, "sha256": submission.sha256}.items(),
            entry.details.items(),
        )
        self.assertLess(entry.details["happened_at"], self._only("opened").at)

    def test_replaced_names_both_numbers(self):
        first = self._hand_in()
        second = first._portal_change()
        self._unreadable_before_the_opening(second._portal_hand_in)
        self._opened()
        replaced, submitted = self._only("replaced"), self._file("submitted")[-1]
        self.assertEqual((replaced.details["number"], replaced.details["replaced_by"]), (first.number, second.number))
        self.assertEqual((submitted.details["number"], submitted.details["replaces"]), (second.number, first.number))

    def test_withdrawn_enters_and_a_draft_thrown_away_does_not(self):
        submission, draft = self._hand_in(), self._draft(self.other_bidder)
        self._unreadable_before_the_opening(submission._portal_withdraw)
        self._unreadable_before_the_opening(draft._portal_withdraw)
        self._opened()
        self.assertEqual(self._only("withdrawn").details["number"], submission.number)
        self.assertNotIn(self.verein.name, str(self._file().mapped("details")))

    def test_confirmed_for_a_new_version(self):
        submission = self._hand_in()
        self.call.with_user(self.procurement)._publish_change({"name": "Mieterberatung Nord und Süd"}, "Das Gebiet wird größer.", True)
        self._unreadable_before_the_opening(submission._portal_confirm_version)
        self._opened()
        self.assertEqual(
            (self._only("confirmed").details["number"], self._only("confirmed").details["version"]), (submission.number, 2)
        )

    def test_a_late_attempt_enters_with_lot_and_deadline(self):
        draft = self._draft()
        with self._at(self._deadline(microseconds=1)):
            outcome = self._unreadable_before_the_opening(draft._portal_hand_in)
        self.assertTrue(outcome.refused)
        self._opened()
        entry = self._only("late")
        self.assertEqual((entry.details["organisation"], entry.details["lot"]), (self.caritas.name, self.lot.name))
        self.assertIn("deadline", entry.details)

    def test_a_paper_envelope_enters_at_the_opening(self):
        values = {"call_id": self.call.id, "sender": "Turnverein Süd e. V.", "kept_at": "Tresor"}
        envelope = self._unreadable_before_the_opening(
            lambda: self.env["sozial.submission.envelope"].with_user(self.procurement).create(values)
        )
        self._opened()
        entry = self._only("paper")
        self.assertEqual((entry.details["number"], entry.details["sender"]), (envelope.number, "Turnverein Süd e. V."))

    def test_a_question_enters_at_once_without_its_asker_and_the_answer_with_its_fingerprint(self):
        self.call.with_user(self.bidder)._portal_ask("Gibt es einen Raum?")
        entry = self._only("question")
        self.assertEqual((entry.actor, entry.user_id.id, entry.details or {}), ("Portal", False, {}))
        question = self.call.question_ids.with_user(self.procurement)
        question.write({"text": "Gibt es einen Raum?", "answer": "Ja."})
        question.action_answer()
        answered = self._only("answered")
        told = fingerprint({"question": "Gibt es einen Raum?", "answer": "Ja."})
        self.assertEqual((answered.details, answered.actor), ({"number": 1, "sha256": told}, self.procurement.name))
        self.assertEqual(self.call._verify_record(), [])

    def test_proof_asked_for_and_sent(self):
        self._hand_in()
        self._hand_in(self.other_bidder, secret=RIVAL)
        self._opened()
        requests = self.env["sozial.evidence.request"].with_user(self.procurement)
        due = fields.Datetime.now() + timedelta(days=6)
        request = requests.create({"call_id": self.call.id, "name": "Freistellungsbescheid", "due": due})
        request.action_ask()
        asked = self._only("requested")
        self.assertEqual(asked.details["proof"], "Freistellungsbescheid")
        self.assertEqual(set(asked.details["organisations"]), {self.caritas.name, self.verein.name})
        request.answer_ids.with_user(self.bidder).search([])._portal_send("Bescheid.pdf", PDF)
        sent = self._only("supplied")
        self.assertEqual((sent.details["organisation"], sent.details["late"]), (self.caritas.name, False))
        self.assertEqual(self.call._verify_record(), [])

    def test_all_of_it_together_stands_in_its_order_and_nobody_counts_it_before(self):
        """The positive control of the seal: seven entries wait, those who run calls read none of them and count none."""
        first = self._hand_in()
        self._hand_in(self.other_bidder, secret=RIVAL)
        first._portal_change()._portal_hand_in()
        self._hand_in(lot=self.lot_two)._portal_withdraw()
        self.env.flush_all()
        for user in (self.procurement, self.second_procurement, self.lead):
            shown = self._as(self.env["sozial.call.record"], user).search_read([("call_id", "=", self.call.id)])
            self.assertEqual({row["event"] for row in shown}, {"checked", "published", "version"})
            self.assertNotIn(self.caritas.name, str(shown))
        self._opened()
        told = [record.event for record in self._file() if record.details and "happened_at" in record.details]
        self.assertEqual(told, ["submitted", "submitted", "replaced", "submitted", "submitted", "withdrawn"])
        moments = [record.details["happened_at"] for record in self._file() if record.details and "happened_at" in record.details]
        self.assertEqual(moments, sorted(moments))
