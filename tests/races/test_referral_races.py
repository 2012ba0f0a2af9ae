"""Invariant 18 at the same moment: whoever comes first, after a revocation the partner has nothing."""

import threading
import uuid

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from sozial_support.races import PATIENCE, RaceCase
from sozial_support.referrals import SentReferral

ROUNDS = 4


@tagged("post_install", "-at_install")
class TestReferralRaces(RaceCase):
    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            self.world = SentReferral(self._env(cr), uuid.uuid4().hex[:8])

    def _env(self, cr, user=SUPERUSER_ID):
        env = api.Environment(cr, user, {})
        return env if user == SUPERUSER_ID else self.world.env_of(env, user)

    def _sent(self, *states):
        """A referral that is sent, and has been through `states`; (referral, share, consent) by number."""
        with self.registry.cursor() as cr:
            own = self._env(cr, self.world.worker)
            consent = self.world.consent(own)
            own["sozial.consent"].browse(self.world.consent_id).filtered(lambda one: not one.revoked_at).action_revoke()
            self.world.consent_id = consent.id
            referral = self.world.draft(own)
            referral.action_send()
            share = referral.sudo().share_id.id
            theirs = self._env(cr, self.world.contact)["sozial.referral.share"].browse(share)
            for state in states:
                theirs._portal_step(state)
            return referral.id, share, consent.id

    def _revoke(self, consent):
        return lambda env: self._as(env, self.world.worker)["sozial.consent"].browse(consent).action_revoke()

    def _as(self, env, user):
        return self.world.env_of(env, user)

    def _answers(self, share):
        def partner(step):
            return lambda env: step(self._as(env, self.world.contact)["sozial.referral.share"].browse(share))

        return {
            "accepts": ((), partner(lambda one: one._portal_step("accepted"))),
            "writes": (("accepted",), partner(lambda one: one._portal_write("Wann passt es?"))),
            "declines": ((), partner(lambda one: one._portal_decline("Kein Platz"))),
        }

    def _left(self, share):
        with self.registry.cursor() as cr:
            one = self._env(cr)["sozial.referral.share"].browse(share)
            return one.state, len(one.line_ids), len(one.message_ids)

    def _overlap(self, first, second):
        """`second` begins when `first` has done everything but commit; both run as requests do."""
        done, go_on, outcomes = threading.Event(), threading.Event(), {}

        def run(name, step, wait=False):
            try:
                with self.registry.cursor() as cr:
                    env = self._env(cr)
                    self.assertTrue(env.user.name)  # the snapshot

                    def work():
                        step(env)
                        env.flush_all()
                        if wait:
                            done.set()
                            go_on.wait(PATIENCE)

                    retrying(work, env)
            except UserError as error:
                outcomes[name] = error

        threads = [
            threading.Thread(target=run, args=("first", first, True)), threading.Thread(target=run, args=("second", second)),
        ]  # fmt: skip
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            threads[0].start()
            self.assertTrue(done.wait(PATIENCE))
            threads[1].start()
            threads[1].join(1)
            self.assertTrue(threads[1].is_alive(), "the second one waits for the first")
            go_on.set()
            for thread in threads:
                thread.join(PATIENCE)
        self.assertFalse(any(thread.is_alive() for thread in threads))
        return outcomes

    def test_a_revocation_that_waits_for_an_answer_takes_everything(self):
        for name in ("accepts", "writes"):
            with self.subTest(name):
                states = self._answers(0)[name][0]
                _referral, share, consent = self._sent(*states)
                outcomes = self._overlap(self._answers(share)[name][1], self._revoke(consent))
                self.assertEqual(outcomes, {})
                self.assertEqual(self._left(share), ("revoked", 0, 0))

    def test_an_answer_that_waits_for_a_revocation_is_refused(self):
        for name in ("accepts", "writes", "declines"):
            with self.subTest(name):
                states = self._answers(0)[name][0]
                _referral, share, consent = self._sent(*states)
                outcomes = self._overlap(self._revoke(consent), self._answers(share)[name][1])
                self.assertEqual(list(outcomes), ["second"])
                self.assertEqual(self._left(share), ("revoked", 0, 0))

    def test_what_is_being_sent_when_the_consent_ends_does_not_stay(self):
        _other, _share, consent = self._sent()
        with self.registry.cursor() as cr:
            referral = self.world.draft(self._env(cr, self.world.worker)).id
        send = lambda env: self._as(env, self.world.worker)["sozial.referral"].browse(referral).action_send()  # noqa: E731
        self.assertEqual(self._overlap(send, self._revoke(consent)), {})
        with self.registry.cursor() as cr:
            sent = self._env(cr)["sozial.referral"].browse(referral)
            self.assertEqual((sent.state, len(sent.share_id.line_ids)), ("revoked", 0))

    def test_all_at_once(self):
        for _round in range(ROUNDS):
            _referral, share, consent = self._sent("accepted")
            write = self._answers(share)["writes"][1]
            reply = self._reply(_referral)
            results = self.race(SUPERUSER_ID, self.world.company_id, [self._revoke(consent), write, write, reply])
            self.assertIsNone(results[0])
            self.assertEqual(self._left(share), ("revoked", 0, 0))

    def _reply(self, referral):
        def step(env):
            own = self._as(env, self.world.worker)["sozial.referral"].browse(referral)
            own.reply = "Morgen um zehn"
            own.action_reply()

        return step
