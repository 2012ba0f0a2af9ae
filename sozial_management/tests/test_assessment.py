from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .casework_common import CaseworkCommon

AREAS = ("housing", "finances", "work", "health", "care", "mental", "family", "network", "language", "daily")


@tagged("post_install", "-at_install")
class TestLifeArea(CaseworkCommon):
    def _shipped(self, lang):
        return [self.env.ref(f"sozial_management.life_area_{code}").with_context(lang=lang) for code in AREAS]

    def test_every_level_of_every_area_is_described(self):
        """Ten areas, five levels each, in both languages, and no two the same."""
        for lang in ("en_US", "de_DE"):
            texts = [level["text"] for area in self._shipped(lang) for level in area._scale()]
            self.assertEqual(len(texts), 50)
            self.assertEqual(len(set(texts)), 50)
            for text in texts:
                with self.subTest(lang=lang, text=text):
                    self.assertGreater(len(text.split()), 5, "a description is a sentence")
        english, german = self._shipped("en_US"), self._shipped("de_DE")
        for area, other in zip(english, german, strict=True):
            self.assertNotEqual(area.anchor_1, other.anchor_1, "German is German")

    def test_an_empty_level_is_refused(self):
        area = self.env.ref("sozial_management.life_area_housing").with_user(self.config)
        for empty in ("", "   ", False):
            with self.subTest(empty=empty), self.assertRaisesRegex(ValidationError, "3 Unsteady"):
                area.anchor_3 = empty


@tagged("post_install", "-at_install")
class TestAssessment(CaseworkCommon):
    def setUp(self):
        super().setUp()
        self.case = self._open_case()

    def test_all_areas_are_there_and_ask_for_an_answer(self):
        draft = self._assessment(self.case, score=False)
        self.assertEqual(len(draft.line_ids), self.env["sozial.life.area"].search_count([]))
        with self.assertRaisesRegex(UserError, "Still open: .*Housing"):
            draft.action_finalise()
        draft.line_ids.write({"left_out": True})
        with self.assertRaisesRegex(UserError, "At least one"):
            draft.action_finalise()
        draft.line_ids[0].write({"left_out": False, "score": "2", "own_score": "4"})
        draft.action_finalise()
        self.assertEqual((draft.state, draft.final_on), ("final", fields.Date.context_today(draft)))

    def test_final_is_final(self):
        final = self._final(self.case)
        line = final.line_ids[0]
        for user in (self.worker, self.env.user):
            with self.subTest(user=user.login):
                mine, row = final.with_user(user), line.with_user(user)
                for call in (
                    lambda mine=mine: mine.write({"summary": "anders"}),
                    lambda mine=mine: mine.write({"line_ids": [Command.update(line.id, {"score": "5"})]}),
                    lambda mine=mine: mine.unlink(),
                    lambda row=row: row.write({"score": "5"}),
                    lambda row=row: row.write({"note": "anders"}),
                    lambda row=row: row.unlink(),
                    lambda mine=mine: mine.env["sozial.assessment.line"].create(
                        {"assessment_id": final.id, "area_id": line.area_id.id}
                    ),
                    lambda mine=mine: mine.with_context(force=True, install_mode=True).write({"state": "draft"}),
                    lambda mine=mine: mine.action_finalise(),
                ):
                    with self.assertRaises(UserError):
                        call()
        self.assertEqual(set(final.line_ids.mapped("score")), {"3"})

    def test_state_and_author_are_not_given(self):
        assessments = self.env["sozial.assessment"].with_user(self.worker)
        for values in ({"state": "final"}, {"user_id": self.colleague.id}, {"final_on": "2026-01-01"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                assessments.create({"case_id": self.case.id, **values})
        made = assessments.with_context(default_state="final", default_final_on="2026-01-01").create({"case_id": self.case.id})
        self.assertEqual((made.state, made.final_on, made.user_id), ("draft", False, self.worker))

    def test_a_copy_is_a_draft_of_ones_own(self):
        final = self._final(self.case)
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        copied = self._as(final, self.colleague).copy()
        self.assertEqual((copied.state, copied.user_id, copied.kind), ("draft", self.colleague, "interim"))
        self.assertEqual(set(copied.line_ids.mapped("score")), {"3"})

    def test_drafts_belong_to_their_authors(self):
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        mine, theirs = self._assessment(self.case), self._assessment(self.case, user=self.colleague)
        self.assertEqual(len(self._as(self.case, self.colleague).assessment_ids), 2)
        with self.assertRaisesRegex(UserError, "belongs to"):
            self._as(mine, self.colleague).summary = "anders"
        with self.assertRaisesRegex(UserError, "belongs to"):
            self._as(mine, self.colleague).line_ids[0].score = "5"
        self.assertEqual(self.case.action_assessment()["res_id"], mine.id)
        self.assertEqual(self._as(self.case, self.colleague).action_assessment()["res_id"], theirs.id)

    def test_compared_with_the_beginning_at_the_end_else_with_the_latest(self):
        beginning = self._final(self.case, score="2")
        between = self._final(self.case, score="3", kind="interim")
        end = self._assessment(self.case, kind="closing", score="5")
        self.assertEqual((between.previous_id, end.previous_id), (beginning, beginning))
        row = end.chart["rows"][0]
        self.assertEqual((row["before"], row["now"]), (2, 5))
        end.kind = "interim"
        self.assertEqual(end.previous_id, between)
        self.assertEqual(end.line_ids[0].previous_score, "3")

    def test_one_beginning(self):
        self._final(self.case)
        again = self._assessment(self.case, kind="intake")
        with self.assertRaisesRegex(UserError, "beginning already"):
            again.action_finalise()

    def test_default_kind_follows_the_case(self):
        fresh = self.env["sozial.assessment"].with_user(self.worker).with_context(default_case_id=self.case.id)
        self.assertEqual(fresh.default_get(["kind", "case_id"])["kind"], "intake")
        self._final(self.case)
        self.assertEqual(fresh.default_get(["kind", "case_id"])["kind"], "interim")
        with self.assertRaises(AccessError):
            self._as(fresh, self.colleague).with_context(default_case_id=self.case.id).default_get(["kind", "case_id"])

    def test_planning_asks_for_the_beginning(self):
        self._clear_intake(self.case).action_assess()
        with self.assertRaisesRegex(UserError, "Assessment"):
            self.case.action_plan()
        self._assessment(self.case)
        with self.assertRaisesRegex(UserError, "Assessment"):
            self.case.action_plan()
        self._final(self.case)
        self.case.action_plan()
        self.assertEqual(self.case.state, "planning")

    def test_closing_asks_for_the_end_or_a_reason(self):
        self._final(self.case)
        self.case.write({"close_reason": "solved", "outcome": "reached"})
        with self.assertRaisesRegex(UserError, "Assessment at the end"):
            self.case.action_close()
        self.case.no_closing_assessment = "   "
        with self.assertRaisesRegex(UserError, "Assessment at the end"):
            self.case.action_close()
        self.case.no_closing_assessment = "Kontakt abgebrochen"
        self.case.action_close()
        self.assertEqual(self.case.state, "closed")
        with self.assertRaisesRegex(UserError, "stays as it is"):
            self._assessment(self.case)

    def test_not_into_a_foreign_case(self):
        with self.assertRaises(AccessError):
            self._assessment(self.case, user=self.colleague)
        draft = self._assessment(self.case)
        with self.assertRaises(AccessError):
            self.env["sozial.assessment.line"].with_user(self.colleague).create(
                {"assessment_id": draft.id, "area_id": draft.line_ids[0].area_id.id}
            )
        with self.assertRaisesRegex(UserError, "stays with"):
            draft.line_ids[0].assessment_id = self._assessment(self._open_case())

    def test_a_day_to_come_and_a_level_without_a_talk_are_refused(self):
        draft = self._assessment(self.case)
        with self.assertRaisesRegex(ValidationError, "Day of the talk"):
            draft.date = "2099-01-01"
        self._refused_by_the_database(lambda: draft.line_ids[0].write({"left_out": True}))

    def test_printed(self):
        self._final(self.case, score="2")
        end = self._assessment(self.case, kind="closing", score="5")
        end.line_ids[0].write({"own_score": "4", "note": "Die Räumung ist abgewendet."})
        end.action_finalise()
        text = self._pdf("sozial_management.report_assessment", end)
        for words in ("Erika Sorgenfrei", "Housing", "2 → 5", "Own view: 4", "Die Räumung ist abgewendet."):
            self.assertIn(words, text)
        self._not_for_others("sozial_management.assessment_form", end)
