from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PartnerCommon

LOGGER = "odoo.addons.sozial_management_partner.models.call.news"


@tagged("post_install", "-at_install")
class TestCallNews(PartnerCommon):
    """Who gets news of a call is who is interested in it: nobody of ours sees it, until the mail is gone neither."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls._published()
        cls.call.with_user(cls.bidder)._portal_ask("Gibt es Räume?")
        cls.question = cls.call.sudo().question_ids
        cls.news = cls.env["sozial.call.news"]

    def _answer(self):
        question = self.question.with_user(self.procurement)
        question.write({"text": "Gibt es Räume?", "answer": "Ja."})
        question.action_answer()
        return self.news.search([("call_id", "=", self.call.id)])

    def _send(self, error=None):
        sent = []

        def send_email(_servers, message, **_values):
            if error:
                raise error
            sent.append(message)

        with (
            patch.object(self.env.registry["ir.mail_server"], "send_email", send_email),
            patch.object(self.env.registry["ir.cron"], "_commit_progress", lambda *_args, **_values: 1000),
        ):
            self.news._cron_send()
        return sent

    def test_recipients_stand_where_nobody_reads(self):
        before = self.env["mail.mail"].search_count([])
        [waiting] = self._answer()
        self.assertIn(self.bidder.email, waiting.email)
        self.assertEqual(self.env["mail.mail"].search_count([]), before, "not in the queue of administrators")
        self.assertEqual(self.env["ir.model"].sudo().search([("model", "=", "sozial.call.news")]).count, 0)
        for user in (self.system, self.config, self.procurement):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.news.with_user(user).search_count([])

    def test_what_was_sent_is_gone(self):
        self._answer()
        [message] = self._send()
        self.assertIn(self.bidder.email, message["To"])
        self.assertIn("Ja.", message.get_body(("plain",)).get_content())
        self.assertFalse(self.news.search([("call_id", "=", self.call.id)]))
        self.assertEqual(self._send(), [], "once")

    @mute_logger(LOGGER)
    def test_a_mail_server_that_fails_is_asked_again_later(self):
        [waiting] = self._answer()
        with self.assertLogs(LOGGER, "WARNING") as logged:
            self._send(OSError(f"refused {self.bidder.email}"))
        self.assertNotIn(self.bidder.email, str(logged.output), "the log tells no address")
        self.assertTrue(waiting.exists())
        self.assertEqual(self._send(), [], "not at once")
        waiting.next_try = waiting.create_date
        self.assertEqual(len(self._send()), 1)

    def test_the_last_try_ends_it(self):
        [waiting] = self._answer()
        waiting.write({"tries": 7})
        with self.assertLogs(LOGGER, "WARNING"):
            self._send(OSError())
        self.assertFalse(waiting.exists())

    def test_letters_and_agreed_points_are_those_of_the_call(self):
        for action in (self.call.action_open_letters(), self.call.action_open_consensus()):
            self.assertEqual(action["domain"], [("call_id", "=", self.call.id)])
