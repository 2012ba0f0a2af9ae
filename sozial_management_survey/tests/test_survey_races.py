import uuid

from odoo import SUPERUSER_ID, Command, api
from odoo.tests import tagged

from sozial_support.races import RaceCase

ROUNDS, RACERS = 3, 12


@tagged("post_install", "-at_install")
class TestSurveyRaces(RaceCase):
    """A code answers once, however many send it at the same moment."""

    def setUp(self):
        super().setUp()
        key = uuid.uuid4().hex[:8]
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.company_id = env["res.company"].create({"name": f"Survey {key}"}).id
            env = api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [self.company_id]})
            quarter = env["sozial.quarter"].create({"name": key, "company_id": self.company_id})
            building = env["sozial.building"].create(
                {
                    "name": key, "quarter_id": quarter.id, "company_id": self.company_id, "street": "Weg", "house_number": "1",
                    "zip": "99734", "city": "Nordhausen",
                }
            )  # fmt: skip
            env["sozial.dwelling"].create([{"building_id": building.id, "number": str(number)} for number in range(ROUNDS)])
            survey = env["survey.survey"].create({"title": key})
            question = env["survey.question"].create(
                {
                    "survey_id": survey.id, "title": "Zufrieden?", "question_type": "simple_choice",
                    "suggested_answer_ids": [Command.create({"value": "Ja"})],
                }
            )  # fmt: skip
            outreach = env["sozial.outreach"].create(
                {"name": key, "kind": "survey", "survey_id": survey.id, "company_id": self.company_id, "quarter_id": quarter.id}
            )
            outreach.action_begin()
            tickets = env["sozial.survey.ticket"]
            tickets._issue(outreach.visit_ids)
            self.codes = [tickets._token(visit) for visit in outreach.visit_ids]
            self.outreach_id, self.name = outreach.id, f"q{question.id}"
            self.option = str(question.suggested_answer_ids.id)
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.registry.cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["sozial.outreach"].browse(self.outreach_id).action_cancel()

    def test_a_code_answers_once(self):
        for number, code in enumerate(self.codes, 1):

            def send(env, code=code):
                """As the page does."""
                ticket = env["sozial.survey.ticket"]._find(code)
                rows, _wrong = ticket.outreach_id._survey_read({self.name: [self.option]}) if ticket else ([], [])
                outreach, building = ticket.outreach_id, ticket.building_id
                if ticket and ticket._use():
                    env["sozial.survey.answer"]._keep(outreach, building, rows)

            self.assertEqual(self.race(SUPERUSER_ID, self.company_id, [send] * RACERS), [None] * RACERS)
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                mine = [("outreach_id", "=", self.outreach_id)]
                self.assertEqual(env["sozial.survey.answer"].search_count(mine), number)
                self.assertEqual(env["sozial.survey.ticket"].search_count(mine), ROUNDS - number)
