"""Invariants 13 and 14 at the same moment: what is being stored when the call is opened is in the protocol, or refused."""

import threading
import uuid
from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from sozial_support.calls import PublishedCall
from sozial_support.races import PATIENCE, RaceCase

BIDDERS, ROUNDS = 4, 3


@tagged("post_install", "-at_install")
class TestCallRaces(RaceCase):
    def setUp(self):
        super().setUp()
        self.clock = threading.local()
        calls = self.registry["sozial.call"]
        patcher = patch.object(calls, "_now", lambda _call: getattr(self.clock, "now", None) or datetime.now(timezone.utc))
        patcher.start()
        self.addCleanup(patcher.stop)
        self._prepare()

    def _prepare(self):
        with self.registry.cursor() as cr:
            env = self._env(cr)
            self.world = PublishedCall(env, uuid.uuid4().hex[:8], organisations=BIDDERS)
            self.drafts = {bidder: self.world.draft(env, bidder, self.world.lot_ids[0]).id for bidder in self.world.bidders}
            past = datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0) - timedelta(seconds=30)
            self.world.set_deadline(env, past)
        self.in_time = past.replace(tzinfo=timezone.utc) - timedelta(microseconds=1)

    def _env(self, cr, user=SUPERUSER_ID):
        return api.Environment(cr, user, {"allowed_company_ids": [self.world.company_id]} if user != SUPERUSER_ID else {})

    def _hand_in(self, bidder, outcomes):
        """A step of somebody whose upload arrived in time."""

        def step(env):
            self.clock.now = self.in_time
            own = env(user=bidder, context={"allowed_company_ids": [self.world.company_id]})
            outcome = own["sozial.submission"].browse(self.drafts[bidder])._portal_hand_in()
            outcomes[bidder] = outcome.refused.cause if outcome.refused else "taken"

        return step

    def _officer(self, number, method):
        def step(env):
            self.clock.now = None
            own = env(user=self.world.officers[number], context={"allowed_company_ids": [self.world.company_id]})
            getattr(own["sozial.call"].browse(self.world.call_id), method)()

        return step

    def _do(self, step):
        with self.registry.cursor() as cr:
            env = self._env(cr, self.world.officers[1])
            retrying(lambda: step(env), env)

    def _found(self):
        """({number} in the protocol, {number} stored as handed in, state by bidder)"""
        with self.registry.cursor() as cr:
            env = self._env(cr)
            opening = env["sozial.call"].browse(self.world.call_id).opening_ids
            submissions = env["sozial.submission"].browse(self.drafts.values())
            listed = {line["number"] for line in opening.protocol["submissions"]}
            stored = set(submissions.filtered(lambda one: one.state == "submitted").mapped("number"))
            self.assertTrue(opening._is_intact())
            return listed, stored, {bidder: env["sozial.submission"].browse(row).state for bidder, row in self.drafts.items()}

    def test_the_opening_waits_for_an_upload_that_is_still_being_stored(self):
        held, go_on, outcomes = threading.Event(), threading.Event(), {}
        bidder = self.world.bidders[0]
        hand_in = self._hand_in(bidder, outcomes)

        def upload():
            with self.registry.cursor() as cr:
                env = self._env(cr, bidder)
                hand_in(env)
                env.flush_all()
                held.set()
                go_on.wait(PATIENCE)

        begun = threading.Event()

        def begin():
            self._do(self._officer(0, "action_begin_opening"))
            begun.set()

        threads = [threading.Thread(target=upload), threading.Thread(target=begin)]
        threads[0].start()
        self.assertTrue(held.wait(PATIENCE))
        threads[1].start()
        self.assertFalse(begun.wait(1.5), "the opening must wait for the upload")
        with self.assertRaises(UserError):
            self._do(self._officer(1, "action_confirm_opening"))
        go_on.set()
        for thread in threads:
            thread.join(PATIENCE)
        self.assertTrue(begun.is_set())
        self._do(self._officer(1, "action_confirm_opening"))
        listed, stored, _states = self._found()
        self.assertEqual(outcomes, {bidder: "taken"})
        self.assertEqual(len(listed), 1)
        self.assertEqual(listed, stored)

    def test_whatever_happens_at_once_the_protocol_lists_exactly_what_was_taken(self):
        taken = refused = 0
        for turn in range(ROUNDS):
            if turn:
                self._prepare()
            outcomes = {}
            steps = [self._hand_in(bidder, outcomes) for bidder in self.world.bidders]
            steps.insert(turn % len(steps), self._officer(0, "action_begin_opening"))
            results = self.race(self.world.officers[0], self.world.company_id, steps)
            self.assertEqual(results, [None] * len(steps))
            self._do(self._officer(1, "action_confirm_opening"))
            listed, stored, states = self._found()
            self.assertEqual(listed, stored)
            self.assertEqual(set(outcomes), set(self.world.bidders), "nobody is left without an answer")
            for bidder, outcome in outcomes.items():
                self.assertEqual(states[bidder], "submitted" if outcome == "taken" else "draft")
            taken += list(outcomes.values()).count("taken")
            refused += list(outcomes.values()).count("opening") + list(outcomes.values()).count("late")
        self.assertEqual(taken + refused, ROUNDS * BIDDERS)
        self.assertGreater(taken, 0, "the control: some were quicker")

    def test_two_who_begin_and_two_who_confirm(self):
        with mute_logger("odoo.sql_db"):
            results = self.race(
                self.world.officers[0], self.world.company_id, [self._officer(number, "action_begin_opening") for number in (0, 1)]
            )
        self.assertEqual(sorted(result is None for result in results), [False, True])
        first = self.world.officers[results.index(None)]
        second = 1 - self.world.officers.index(first)
        results = self.race(first, self.world.company_id, [self._officer(second, "action_confirm_opening")] * 2)
        self.assertEqual(sorted(result is None for result in results), [False, True])
        for result in results:
            self.assertIsInstance(result, (UserError, type(None)))

    def test_two_who_hand_in_the_same_draft(self):
        outcomes = {}
        bidder = self.world.bidders[0]
        results = self.race(bidder, self.world.company_id, [self._hand_in(bidder, outcomes)] * 2)
        self.assertEqual(results, [None, None])
        self.assertEqual(self._states_of(bidder), "submitted")

    def _states_of(self, bidder):
        with self.registry.cursor() as cr:
            return self._env(cr)["sozial.submission"].browse(self.drafts[bidder]).state
