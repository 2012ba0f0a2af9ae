"""What the form of a call says comes next, to whom."""

from odoo.tests import tagged

from .review_common import POINTS, ReviewCommon
from .submission_common import SubmissionCommon
from .test_award import AwardCommon


@tagged("post_install", "-at_install")
class TestReviewSteps(ReviewCommon):
    def _todo(self, user):
        self.call.invalidate_recordset()
        return self._as_own(self.call, user).todo or ""

    def test_the_officer_reads_what_the_review_waits_for(self):
        self.assertIn("Eligibility", self._todo(self.procurement))
        self._decide()
        todo = self._todo(self.procurement)
        self.assertNotIn("Eligibility", todo)
        self.assertIn(f"declare first, under “My reviews”: {self.reviewer.name}, {self.reviewer_two.name}", todo)
        self._declare(self.member)
        self.assertIn(f"scores yet: {self.reviewer.name}", self._todo(self.procurement))
        self._own(self.member_two)._declare_conflict("Meine Schwester arbeitet dort")
        self.assertIn("at least two", self._todo(self.procurement))

    def test_all_scores_are_there(self):
        self._decide()
        self._declare()
        for member in self.members:
            self._score(member, POINTS)
        self.assertEqual(len(self._todo(self.procurement).splitlines()), 1)
        self.assertIn("finish the review", self._todo(self.procurement))

    def test_a_reviewer_reads_the_own_step_alone(self):
        self.assertEqual(len(self._todo(self.reviewer).splitlines()), 1)
        self.assertIn("declare first", self._todo(self.reviewer))
        self._decide()
        self._declare()
        self.assertIn("score every submission", self._todo(self.reviewer))
        self._score(self.member, POINTS)
        self.assertFalse(self._todo(self.reviewer), "handed in")
        self.assertFalse(self._todo(self.lead), "neither officer nor on the panel")


@tagged("post_install", "-at_install")
class TestAwardSteps(AwardCommon):
    def _step(self):
        self.call.invalidate_recordset()
        return [line for line in (self._as_own(self.call, self.procurement).todo or "").splitlines() if self.lot.name in line]

    def test_every_step_of_an_award_names_the_next(self):
        self.assertIn("A second person", self._step()[0])
        self.assertIn("Caritasverband", self._step()[0])
        self._approve()
        self.assertIn("letters", self._step()[0])
        self._send()
        self.assertIn(self.award.award_from_text, self._step()[0])
        self._later()
        self._give()
        self.assertFalse(self._step())

    def test_nobody_is_left(self):
        for _place in self.award.place_ids:
            self._as_own(self.award, self.procurement)._winner_withdrew("Kein Personal")
        self.assertIn("End the lot without award", self._step()[0])


@tagged("post_install", "-at_install")
class TestNobodyApplied(SubmissionCommon):
    def test_the_call_says_what_to_do(self):
        self._draft()
        self.assertFalse(self.call.with_user(self.procurement).todo, "sealed: a draft makes no difference")
        self._open()
        self.call.invalidate_recordset()
        call = self.call.with_user(self.procurement).with_context(allowed_company_ids=self.company.ids)
        self.assertIn("Nobody applied", call.todo)
        call.action_close_review()
        self.assertTrue(all(award._next_step().startswith("nobody is left") for award in call.award_ids))
