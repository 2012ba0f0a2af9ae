from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PartnerCommon

TEXT = "Wir vom Caritasverband fragen: Gibt es einen barrierefreien Raum?"


@tagged("post_install", "-at_install")
class TestCallQuestion(PartnerCommon):
    """Asked in the portal, reworded, answered to all at once; nobody learns who asked."""

    def setUp(self):
        super().setUp()
        self.call = self._published()

    def _ask(self, user=None, text=TEXT):
        self._as(self.call, user or self.bidder)._portal_ask(text)
        self.env.flush_all()
        return self.env["sozial.call.question"].search([("call_id", "=", self.call.id)], order="id desc", limit=1)

    def _answer(self, question, text="Gibt es einen barrierefreien Raum?", answer="Ja, im Erdgeschoss."):
        question = question.with_user(self.procurement)
        question.write({"text": text, "answer": answer})
        question.action_answer()
        return question

    def test_asked_and_answered(self):
        question = self._ask()
        self.assertEqual((question.state, question.original), ("asked", TEXT))
        self.assertFalse(self._as(question, self.other_bidder).search([("id", "=", question.id)]))
        self.assertEqual(self._as(self.call, self.bidder)._portal_own_questions(), [TEXT])
        self.assertEqual(self._as(self.call, self.other_bidder)._portal_own_questions(), [])
        self._answer(question)
        self.assertEqual((question.state, question.number), ("answered", 1))
        for user in (self.bidder, self.other_bidder):
            found = self._as(question, user).search([("id", "=", question.id)])
            self.assertEqual(found.read(["text", "answer"])[0]["answer"], "Ja, im Erdgeschoss.")
            with self.assertRaises(AccessError):
                found.read(["original"])
        self.assertEqual(self._answer(self._ask(self.other_bidder)).number, 2)

    def test_who_asked_stands_nowhere(self):
        question = self._ask()
        for user in (self.procurement, self.second_procurement, self.system, self.lead, self.reviewer, self.other_bidder):
            records = question.with_user(user)
            for attempt in (
                lambda r=records: r.read(["asker_id"]),
                lambda r=records: r.search([("asker_id", "=", self.caritas.id)]),
                lambda r=records: r.search([], order="asker_id"),
                lambda r=records: r._read_group([], ["asker_id"], ["__count"]),
                lambda r=records: r.export_data(["asker_id"]),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    attempt()  # or its kind AccessError
            self.assertNotIn("asker_id", records.fields_get())
        self.assertNotIn(self.bidder, question.create_uid | question.write_uid)
        self.assertNotIn(self.bidder.partner_id, self.call.sudo().message_ids.author_id)
        task = self.call.sudo().activity_ids
        self.assertEqual(len(task), 1)
        self.assertNotIn(self.bidder, task.create_uid)
        self.assertFalse([follower for follower in self.call.sudo().message_partner_ids if follower == self.bidder.partner_id])
        record = self.env["sozial.call.record"].search([("call_id", "=", self.call.id), ("event", "=", "question")])
        self.assertEqual(len(record), 1)
        self.assertNotIn("Caritas", str(record.read()))
        self.assertNotIn(self.bidder.name, str(record.read()))

    def test_the_public_text_names_no_organisation(self):
        question = self._ask(self.other_bidder)
        refused = (
            (TEXT + " Caritasverband Nordharz e. V.", "Ja."),
            ("Gibt es Räume?", "Ja, fragt nachbarn helfen e. v."),
            ("", "Ja."),
            ("Frage", " "),
        )
        for text, answer in refused:
            with self.subTest(text=text), self.assertRaises(UserError):
                self._answer(question, text, answer)
            self.assertEqual(question.state, "asked")
        with self.assertRaises(UserError) as caught:
            self._answer(question, "Caritasverband Nordharz e. V. fragt", "Ja.")
        self.assertNotIn("Nachbarn", str(caught.exception), "the message says nothing about who asked")

    def test_all_get_the_answer_at_once(self):
        self.call._subscribe(self.other_bidder.partner_id)
        question = self._ask()
        self._answer(question)
        mails = self.env["sozial.call.news"].search([("subject", "=like", f"{self.call.number}%")])
        self.assertEqual(len(mails), 2)
        for mail in mails:
            self.assertIn("Ja, im Erdgeschoss.", mail.body)
            self.assertNotIn("Caritas", mail.body)

    def test_an_answered_question_stays(self):
        question = self._answer(self._ask())
        for name in ("text", "answer"):
            with self.assertRaises(UserError):
                question[name] = "anders"
        with self.assertRaises(UserError):
            question.action_answer()
        for name, value in (("state", "asked"), ("original", "x"), ("number", 9)):
            with self.subTest(field=name), self.assertRaises(UserError):
                self._ask().with_user(self.procurement).write({name: value})

    def test_too_late_is_refused_and_explained(self):
        self.env.flush_all()
        before = fields.Datetime.now() - timedelta(seconds=1)
        self.env.cr.execute(
            "UPDATE sozial_call SET questions_until = %s, published_at = published_at - interval '1 day' WHERE id = %s",
            [before, self.call.id],
        )
        self.call.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "time for questions is over"):
            self._ask()

    def test_no_answer_after_the_deadline(self):
        question = self._ask()
        self._pass_deadline(self.call)
        with self.assertRaisesRegex(UserError, "before the deadline"):
            self._answer(question)

    def test_bad_questions_say_what_to_do(self):
        for text in ("", "   ", "x" * 2001):
            with self.subTest(length=len(text)), self.assertRaisesRegex(UserError, "Your question"):
                self._ask(text=text)
        for _number in range(20):
            self._ask(text="Frage")
        with self.assertRaisesRegex(UserError, "20 questions"):
            self._ask(text="Frage")
        self._ask(self.other_bidder)

    def test_the_officer_has_one_task(self):
        self._ask()
        self._ask(self.other_bidder)
        task = self.call.sudo().activity_ids
        self.assertEqual(len(task), 1)
        self.assertEqual(self.call.open_question_count, 2)
        other = self.call.activity_schedule("mail.mail_activity_data_todo", user_id=self.call.user_id.id)
        for left, question in enumerate(self.call.question_ids, -1):
            question.write({"text": "Gibt es eine Küche?", "answer": "Ja."})
            question.with_user(self.procurement).action_answer()
            self.assertEqual(task.exists(), task.browse() if left == 0 else task, "it goes with the last answer")
        self.assertTrue(other.exists(), "other tasks of the officer stay")
        self._ask()
        self.assertEqual(len(self.call.sudo().activity_ids), 2, "another task of the officer does not hide a new question")
        self.call.with_user(self.procurement)._cancel("Kein Geld")
        self.assertEqual(self.call.sudo().activity_ids, other, "nothing to answer any more")

    def test_questions_belong_to_calls_one_may_read(self):
        call = self._published(access="invited", invited_ids=self.caritas.ids)
        with self.assertRaises(AccessError):
            self._as(call, self.other_bidder)._portal_ask(TEXT)
