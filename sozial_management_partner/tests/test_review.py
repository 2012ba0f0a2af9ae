from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sozial_management_partner.models.review.member import DECLARATION

from .review_common import POINTS, ReviewCommon


@tagged("post_install", "-at_install")
class TestInterest(ReviewCommon):
    """Invariant 16, first part: nothing is read before a declaration, and never again after a conflict."""

    def _seen(self, user):
        """What a user finds of the submissions, by every model that holds something of them."""
        models = ("sozial.submission", "sozial.submission.content", "sozial.review.eligibility", "sozial.review", "sozial.review.score")
        return {model for model in models if self._as_own(self.env[model], user).search_count([])}

    def test_nothing_is_read_before_the_declaration(self):
        self._decide()
        self.assertEqual(self._seen(self.reviewer), set())
        with self.assertRaises(AccessError):
            self._as_own(self.first, self.reviewer).read(["partner_name"])
        self._declare(self.member)
        self.assertEqual(self._seen(self.reviewer), {"sozial.submission", "sozial.submission.content", "sozial.review.eligibility"})
        self.assertEqual(self._seen(self.reviewer_two), set(), "the declaration of one is not that of the other")

    def test_no_other_role_helps(self):
        self._decide()
        self.assertIn("sozial.submission", self._seen(self.second_procurement), "the positive control")
        self.second_procurement.group_ids = [Command.link(self.env.ref("sozial_management_partner.group_sozial_reviewer").id)]
        member = self._appoint(self.second_procurement)
        self.assertEqual(self._seen(self.second_procurement), set())
        for model in ("sozial.call.record", "sozial.call.opening"):
            self.assertFalse(self._as_own(self.env[model], self.second_procurement).search_count([("call_id", "=", self.call.id)]), model)
        self._declare(member)
        self.assertIn("sozial.submission", self._seen(self.second_procurement))

    def test_after_a_conflict_nothing_is_read_any_more(self):
        self._decide()
        self._declare()
        self._score(self.member)
        self.assertTrue(self._seen(self.reviewer))
        with self.assertRaises(UserError):
            self._own(self.member)._declare_conflict(" ")
        self._own(self.member)._declare_conflict("Meine Schwester arbeitet dort")
        self.assertEqual(self._seen(self.reviewer), set())
        self.assertEqual(self.call.record_ids.sorted("position")[-1].event, "interest")

    def test_only_the_person_declares_and_only_once(self):
        for user in (self.procurement, self.reviewer_two):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self._as_own(self.member, user).action_declare_none()
        self._declare(self.member)
        self.assertEqual((self.member.interest, self.member.declaration), ("none", DECLARATION))
        with self.assertRaises(UserError):
            self._own(self.member).action_declare_none()

    def test_the_declaration_is_not_written(self):
        for values in ({"interest": "none"}, {"finished_at": "2026-01-01"}, {"user_id": self.reviewer_three.id}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self._as_own(self.member, self.procurement).write(values)
        with self.assertRaises(UserError):
            self.env["sozial.review.member"].with_user(self.procurement).create(
                {"call_id": self.call.id, "user_id": self.reviewer_three.id, "interest": "none"}
            )

    def test_a_declaration_comes_after_the_opening_and_stays(self):
        closed = self._published(name="Noch nicht geöffnet").sudo()
        waiting = self.env["sozial.review.member"].with_user(self.procurement).create(
            {"call_id": closed.id, "user_id": self.reviewer.id}
        )
        with self.assertRaisesRegex(UserError, "not opened"):
            self._own(waiting).action_declare_none()
        self._declare(self.member)
        with self.assertRaises(UserError):
            self._as_own(self.member, self.procurement).unlink()
        self._as_own(waiting, self.procurement).unlink()

    def test_names_to_declare_about_come_with_the_opening(self):
        self.assertEqual(self._own(self.member).bidders.split("\n"), ["Caritasverband Nordharz e. V.", "Nachbarn helfen e. V."])

    def test_whoever_is_not_on_the_panel_reads_nothing(self):
        self.assertEqual(self._seen(self.reviewer_three), set())

    def test_a_member_needs_the_role(self):
        with self.assertRaises(UserError):
            self._appoint(self.worker)


@tagged("post_install", "-at_install")
class TestIndependence(ReviewCommon):
    """Invariant 16, second part: no other scores and no order before all own ones are handed in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._decide()
        cls._declare()

    def _others(self, user):
        found = set()
        for model in ("sozial.review", "sozial.review.score"):
            rows = self._as_own(self.env[model], user)
            if rows.search_count([("user_id", "!=", user.id)]):
                found.add(model)
            found |= {f"{model} grouped" for person, _count in rows._read_group([], ["user_id"], ["__count"]) if person != user}
        return found

    def test_others_scores_come_after_the_own_ones(self):
        self._score(self.member)
        self._score(self.member_two, finish=False)
        self.assertEqual(self._others(self.reviewer_two), set())
        foreign = self.member.review_ids.score_ids[:1]
        with self.assertRaises(AccessError):
            self._as_own(foreign, self.reviewer_two).read(["score"])
        self._own(self.member_two).action_finish()
        self.assertEqual(len(self._others(self.reviewer_two)), 4)
        self.assertTrue(self._as_own(foreign, self.reviewer_two).read(["score"]))

    def test_who_runs_the_call_sees_no_score_before_the_review_is_over(self):
        self._score(self.member)
        self.assertEqual(self._others(self.procurement), set())
        self._score(self.member_two)
        self.call.with_user(self.procurement).action_close_review()
        self.assertEqual(len(self._others(self.procurement)), 4)

    def test_scores_stay_once_handed_in(self):
        self._score(self.member)
        row = self.member.review_ids.score_ids[:1]
        with self.assertRaises(UserError):
            self._as_own(row, self.reviewer).write({"score": "5"})
        with self.assertRaises(UserError):
            self._as_own(row.review_id, self.reviewer).write({"state": "draft"})

    def test_nobody_writes_the_scores_of_another(self):
        self._score(self.member, finish=False)
        self._score(self.member_two)
        row = self.member.review_ids.score_ids[:1]
        for user in (self.reviewer_two, self.procurement, self.reviewer_three):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as_own(row, user).write({"score": "0"})

    def test_nobody_writes_the_sheet_of_another(self):
        self._score(self.member, finish=False)
        self._score(self.member_two)
        sheet = self.member.review_ids[:1]
        self._as_own(sheet, self.reviewer).note = "Nachfragen"
        self.assertTrue(self._as_own(sheet, self.reviewer_two).read(["note"]), "reading is allowed, the own scores are in")
        with self.assertRaises(AccessError):
            self._as_own(sheet, self.reviewer_two).note = "anders"

    def test_what_the_panel_agrees_on_stays_with_it_until_the_review_is_over(self):
        for member in self.members:
            self._score(member)
        agreed = {"submission_id": self.second.id, "criterion_id": self.lot._award_criteria()[0].id, "score": "5", "reason": "Nachgelesen"}
        row = self._as_own(self.env["sozial.review.consensus"], self.reviewer).create(agreed)
        self.assertTrue(self._as_own(row, self.reviewer_two).search([("id", "=", row.id)]))
        self.assertFalse(self._as_own(row, self.procurement).search([("id", "=", row.id)]))
        self.call.with_user(self.procurement).action_close_review()
        self.assertTrue(self._as_own(row, self.procurement).search([("id", "=", row.id)]))

    def test_what_is_missing_is_named(self):
        self._own(self.member).action_start_review()
        with self.assertRaisesRegex(UserError, "Caritasverband.*Konzept"):
            self._own(self.member).action_finish()

    def test_eligibility_is_decided_first(self):
        row = self.call.eligibility_ids[:1]
        self.env.flush_all()
        self.env.cr.execute("UPDATE sozial_review_eligibility SET result = NULL WHERE id = %s", [row.id])
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "1"):
            self._own(self.member).action_start_review()

    def test_eligibility_freezes_with_the_first_sheet(self):
        self._own(self.member).action_start_review()
        with self.assertRaises(UserError):
            self.call.eligibility_ids[:1].with_user(self.procurement).write({"result": "unmet", "reason": "x"})

    def test_an_unmet_criterion_needs_a_reason(self):
        with self.assertRaises(UserError):
            self.call.eligibility_ids[:1].with_user(self.procurement).write({"result": "unmet"})


@tagged("post_install", "-at_install")
class TestRightsOfReviews(ReviewCommon):
    def test_two_companies_and_dialogs_of_ones_own(self):
        self._reviewed()
        rows = (self.call.member_ids, self.call.eligibility_ids, self.member.review_ids, self.call.award_ids, self.call.award_ids.place_ids)
        for record in rows:
            with self.subTest(model=record._name):
                self.assertTrue(self._as_own(record, self.procurement).search([("id", "in", record.ids)]), "the positive control")
                self.assertFalse(self._as_own(record, self.stranger).search([("id", "in", record.ids)]))
        dialog = self.env["sozial.call.step"].with_user(self.procurement).create({"call_id": self.call.id, "step": "cancel", "reason": "x"})
        self.assertFalse(self._as_own(dialog, self.second_procurement).search([("id", "=", dialog.id)]))

    def test_a_reviewer_sees_the_own_place_and_the_own_panels_alone(self):
        self._reviewed()
        self.assertEqual(self._as_own(self.env["sozial.review.member"], self.reviewer).search([]), self.member)
        self.assertTrue(self._as_own(self.env["sozial.award"], self.reviewer).search_count([]))
        for model in ("sozial.award", "sozial.award.place", "sozial.review.consensus", "sozial.review.member"):
            with self.subTest(model=model):
                self.assertFalse(self._as_own(self.env[model], self.reviewer_three).search_count([]))
        self.assertTrue(self._as_own(self.env["sozial.award"], self.lead).search_count([]))


@tagged("post_install", "-at_install")
class TestRanking(ReviewCommon):
    def test_two_reviewers_at_least(self):
        self._decide()
        self._declare(self.member)
        self._score(self.member)
        self.member_two.with_user(self.procurement)._leave("krank")
        with self.assertRaisesRegex(UserError, "two|zwei"):
            self.call.with_user(self.procurement).action_close_review()

    def test_all_have_handed_in(self):
        self._decide()
        self._declare()
        self._score(self.member)
        with self.assertRaisesRegex(UserError, "t_reviewer_2"):
            self.call.with_user(self.procurement).action_close_review()

    def test_the_ranking_follows_from_the_stored_scores(self):
        award = self._reviewed()
        self.assertEqual(self.call.state, "reviewed")
        places = [(place.submission_id, place.rank, place.points) for place in award.place_ids]
        self.assertEqual(places, [(self.first, 1, 72), (self.second, 2, 60)])
        self.assertTrue(award._is_ranking_intact())
        self.env.flush_all()
        self.env.cr.execute("UPDATE sozial_review_score SET score = '5' WHERE submission_id = %s", [self.second.id])
        self.env.invalidate_all()
        self.assertFalse(award._is_ranking_intact())

    def test_a_submission_that_is_not_eligible_has_no_place(self):
        award = self._reviewed(unmet=self.second)
        self.assertEqual(award.place_ids.submission_id, self.first)

    def test_below_a_minimum_there_is_no_rank(self):
        award = self._reviewed({"Konzept": ("4", "1"), "Erfahrung": ("3", "5")})
        place = award.place_ids.filtered(lambda one: one.submission_id == self.second)
        self.assertEqual((place.rank, place.below_text), (0, "Konzept"))

    def test_a_tie_is_drawn_with_a_seed_in_the_file(self):
        award = self._reviewed(dict.fromkeys(POINTS, ("3", "3")))
        self.assertTrue(award.seed)
        self.assertEqual(award.place_ids.mapped("decided_by"), ["lot", "lot"])
        drawn = self.call.record_ids.filtered(lambda record: record.event == "drawn")
        self.assertEqual(drawn.details["seed"], award.seed)
        self.assertEqual(len(drawn), 1, "no lot is drawn where nothing ties")
        self.assertTrue(award._is_ranking_intact())

    def test_the_panel_agrees_and_the_single_scores_stay(self):
        self._decide()
        self._declare()
        self._score(self.member)
        agreed = {"submission_id": self.second.id, "criterion_id": self.lot._award_criteria()[0].id, "score": "5", "reason": "Nachgelesen"}
        rows = self._as_own(self.env["sozial.review.consensus"], self.reviewer)
        with self.assertRaises(UserError):
            rows.create(agreed)
        self._score(self.member_two)
        row = rows.create(agreed).sudo()
        for step in (lambda: row.write({"score": "0"}), row.unlink):
            with self.assertRaises(UserError):
                step()
        with self.assertRaises(AccessError):
            self._as_own(rows, self.reviewer_three).create(agreed)
        self.call.with_user(self.procurement).action_close_review()
        award = self.call.award_ids.filtered(lambda one: one.lot_id == self.lot)
        self.assertEqual(award.winner_id, self.second)  # 5 × 60 % and 3 × 40 %: 84
        self.assertEqual(self.member.review_ids.filtered(lambda one: one.submission_id == self.second).score_ids[0].score, "3")

    def test_nothing_of_the_ranking_is_written(self):
        award = self._reviewed()
        for step in (
            lambda: award.write({"state": "awarded"}),
            lambda: award.place_ids[:1].write({"rank": 2}),
            lambda: award.unlink(),
            lambda: award.place_ids[:1].unlink(),
            lambda: self.member.review_ids[:1].unlink(),
            lambda: self.member.review_ids[:1].score_ids[:1].unlink(),
            lambda: self.call.eligibility_ids[:1].unlink(),
        ):
            with self.assertRaises(UserError):
                step()
