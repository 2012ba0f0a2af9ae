from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .mediation_common import MediationCommon


@tagged("post_install", "-at_install")
class TestMediationEnds(MediationCommon):
    """What belongs to the end of a mediation: its case, its letters, its review."""

    def test_a_case_does_not_end_over_the_heads_of_the_parties(self):
        self._all_willing()
        session = self._plan()
        self.case.write({"close_reason": "solved", "outcome": "reached"})
        for end in (self.case.action_close, self.case.action_decline):
            with self.assertRaisesRegex(UserError, "Mediation: it is still open"):
                end()
        problems = self.case.with_context(sozial_phase="closed").action_step()["params"]["problems"]
        self.assertIn("action_mediation", [way["method"] for problem in problems for way in problem["ways"]])
        self.mediation.action_call_off()
        self.assertEqual(session.state, "cancelled")
        self.case.action_decline()
        self.assertEqual(self.case.state, "declined")

    def test_each_party_gets_each_letter_once(self):
        self._all_willing()
        session = self._plan()
        first = self._letters(self.mediation.action_invite())
        self.assertEqual(first.recipient_id, self.tenant | self.neighbour)
        session.start_at = fields.Datetime.add(session.start_at, days=1)
        self.assertEqual(self._letters(self.mediation.action_invite()), first)
        self.assertEqual(set(first.mapped("appointment")), {session.start_at})
        first[0].action_finish()
        self.assertEqual(self._letters(self.mediation.action_invite()), first)
        session.start_at = fields.Datetime.add(session.start_at, days=1)
        again = self._letters(self.mediation.action_invite())
        self.assertEqual((len(again), again & first), (2, first[1]))
        self._says(self.two, "withdrawn")
        told = self._letters(self.mediation.action_tell_off())
        self.assertEqual(told.recipient_id, self.tenant | self.neighbour)
        self.assertEqual(self._letters(self.mediation.action_tell_off()), told)

    def test_nobody_is_invited_to_a_session_that_is_over(self):
        self._all_willing()
        self._plan(fields.Datetime.subtract(fields.Datetime.now(), days=1))
        with self.assertRaisesRegex(UserError, "Plan a session first"):
            self.mediation.action_invite()
        coming = self._plan()
        self.assertEqual(set(self._letters(self.mediation.action_invite()).mapped("appointment")), {coming.start_at})

    def test_the_deadline_of_the_review_goes_with_it(self):
        self._all_willing()
        self._agree().action_signed_by_all()
        deadline = self.mediation.review_deadline_id
        self.assertEqual((deadline.case_id, deadline.due), (self.case, self.mediation.review_on))
        self.mediation.review_on = fields.Date.add(self._today(), weeks=6)
        self.assertEqual(deadline.due, self.mediation.review_on)
        self.mediation.action_review_partly()
        self.assertEqual(deadline.state, "kept")
        self.mediation.review_on = fields.Date.add(self._today(), weeks=7)
        self.assertEqual(deadline.due, fields.Date.add(self._today(), weeks=6))
        with self.assertRaisesRegex(UserError, "not set directly"):
            self.mediation.review_deadline_id = False

    def test_a_review_whose_deadline_was_kept_by_hand_is_entered_too(self):
        self._all_willing()
        self._agree().action_signed_by_all()
        self.mediation.review_deadline_id.action_keep()
        self.mediation.action_review_kept()
        self.assertEqual(self.mediation.review_result, "kept")

    def _letters(self, action):
        return self.mediation.env["sozial.letter"].search(action["domain"])
