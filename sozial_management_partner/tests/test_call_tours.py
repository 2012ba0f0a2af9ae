"""A call with two lots from draft to concluded, in a real browser: every role at its own screen."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from unittest.mock import patch

import jsonschema

from odoo.http import request
from odoo.tests import HttpCase, tagged

from .common import PartnerCommon

SCHEMA = Path(__file__).parent / "data" / "ocds-release-schema-1.1.json"
DEADLINE = datetime(2090, 3, 17, 9, tzinfo=timezone.utc)  # a Friday, 10:00 there


@tagged("post_install", "-at_install")
class TestCallTours(PartnerCommon, HttpCase):
    """The clock of the call stands where the step needs it; it lies far ahead, so that no day makes the test fail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.turnverein = cls._organisation("Turnverein Süd e. V.")
        cls.late_bidder = cls._bidder(cls.turnverein, "t_turnverein")
        staff = cls.procurement | cls.second_procurement | cls.approver | cls.reviewer | cls.reviewer_two | cls.reviewer_three
        (staff | cls.bidder | cls.other_bidder | cls.late_bidder).write({"lang": "de_DE"})

    def setUp(self):
        super().setUp()
        self.moment = datetime(2090, 2, 20, 8, tzinfo=timezone.utc)
        self.moment_of_handing_in = None
        self.startPatcher(patch.object(type(self.env["sozial.call"]), "_now", lambda _call: self._clock()))

    def _clock(self):
        if self.moment_of_handing_in and request and request.httprequest.path.endswith("/hand-in"):
            return self.moment_of_handing_in
        return self.moment

    def _tour(self, name, user, path, phone=False):
        self.browser_size, self.touch_enabled = ("390x844", True) if phone else ("1366x900", False)
        self.start_tour(path, f"sozial_call_{name}_tour", login=user.login, timeout=180)
        self.env.invalidate_all()

    def _events(self, call):
        return self.env["sozial.call.record"].search([("call_id", "=", call.id)], order="position").mapped("event")

    def test_two_lots_from_draft_to_concluded(self):
        call = self._written_and_published()
        self._handed_in(call)
        self._opened(call)
        self._reviewed(call)
        self._awarded(call)
        self.assertEqual(call._verify_record(), [])
        jsonschema.Draft4Validator(json.loads(SCHEMA.read_text())).validate(call._ocds_package("https://example.com/release.json")["releases"][0])

    def _written_and_published(self):
        self._tour("write", self.procurement, "/odoo/partner-calls/new")
        call = self.env["sozial.call"].search([("name", "=", "Nachbarschaft Nord"), ("company_id", "=", self.company.id)])
        self.assertEqual((len(call), call.user_id, len(call.lot_ids)), (1, self.procurement, 2))
        self.assertEqual(call.deadline.replace(tzinfo=timezone.utc), DEADLINE)
        self._tour("check", self.second_procurement, "/odoo/partner-calls")
        self.assertEqual(call.checker_id, self.second_procurement)
        self._tour("publish", self.procurement, "/odoo/partner-calls")
        self.assertEqual((call.state, len(call.member_ids)), ("published", 3))
        return call

    def _handed_in(self, call):
        self._tour("ask", self.bidder, "/my/calls")
        self._tour("answer", self.procurement, "/odoo/call-questions")
        self._tour("apply_both", self.bidder, "/my/calls")
        self.moment = DEADLINE - timedelta(seconds=1)
        self._tour("apply_phone", self.other_bidder, "/my/calls", phone=True)
        self.moment_of_handing_in = DEADLINE + timedelta(microseconds=1)
        self._tour("late", self.late_bidder, "/my/calls")
        self.moment_of_handing_in = None
        submissions = self.env["sozial.submission"].search([("call_id", "=", call.id)])
        handed_in = submissions.filtered(lambda one: one.state == "submitted")
        self.assertEqual(
            sorted((one.partner_id.name, one.lot_id.name) for one in handed_in),
            [(self.caritas.name, "Los 1: Beratung"), (self.caritas.name, "Los 2: Gruppen"), (self.verein.name, "Los 1: Beratung")],
        )
        self.assertEqual((submissions - handed_in).partner_id, self.turnverein)
        self.assertEqual(self.env["sozial.submission.late"].search([("call_id", "=", call.id)]).partner_id, self.turnverein)
        self.assertNotIn("submitted", self._events(call))
        self.assertFalse(self._as(handed_in, self.procurement).search_count([("call_id", "=", call.id)]), "sealed")

    def _opened(self, call):
        self.moment = DEADLINE + timedelta(hours=1)
        self._tour("first_opener", self.procurement, "/odoo/partner-calls")
        self.assertFalse(call.opened_at)
        self._tour("second_opener", self.second_procurement, "/odoo/partner-calls")
        self.assertTrue(call.opened_at and call.opening_ids.is_intact)
        self.assertEqual(self._events(call).count("submitted"), 3)
        self.assertIn("late", self._events(call))

    def _reviewed(self, call):
        self._tour("eligibility", self.procurement, "/odoo/partner-calls")
        for number, reviewer in enumerate((self.reviewer, self.reviewer_two, self.reviewer_three), 1):
            self._tour(f"reviewer_{number}", reviewer, "/odoo/partner-reviews")
        self.assertTrue(all(call.member_ids.mapped("finished_at")))
        given = self.env["sozial.review.score"].search([("call_id", "=", call.id)]).mapped(lambda one: (one.id, one.score, one.reason))
        self._tour("consensus", self.reviewer, "/odoo/partner-reviews")
        self.assertEqual(call.consensus_ids.mapped("score"), ["4"])
        stays = self.env["sozial.review.score"].search([("call_id", "=", call.id)]).mapped(lambda one: (one.id, one.score, one.reason))
        self.assertEqual(stays, given, "the single scores stay")
        self._tour("ranking", self.procurement, "/odoo/partner-calls")
        places = {(place.award_id.lot_id.name, place.partner_name): (place.rank, place.points) for place in call.award_ids.place_ids}
        # means 13/3 and 10/3, 8/3 and the agreed 4 (the mean was 10/3), 11/3 and 10/3, by the weights 60 and 40
        self.assertEqual(
            {key: (rank, round(points, 2)) for key, (rank, points) in places.items()},
            {
                ("Los 1: Beratung", self.caritas.name): (1, 78.67),
                ("Los 1: Beratung", self.verein.name): (2, 64.0),
                ("Los 2: Gruppen", self.caritas.name): (1, 70.67),
            },
        )

    def _awarded(self, call):
        self._tour("approve", self.approver, "/odoo/partner-awards")
        self._tour("letters", self.procurement, "/odoo/partner-awards")
        letters = call.letter_ids.filtered("sent_at")
        self.assertEqual((letters.kind, letters.partner_name), ("refusal", self.verein.name))
        award_from = call.award_ids.filtered(lambda award: award.lot_id.name == "Los 1: Beratung").award_from
        self.moment = award_from.replace(tzinfo=timezone.utc)
        self._tour("award", self.procurement, "/odoo/partner-awards")
        self.assertEqual((call.state, set(call.award_ids.mapped("state"))), ("decided", {"awarded"}))
        self._tour("conclude", self.procurement, "/odoo/partner-calls")
        self.assertEqual(call.state, "concluded")
