import uuid

import psycopg2

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestSurveyRaces(BaseCase):
    """A code answers once, however many send it at the same moment. With real cursors: what is done here is committed."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
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
            env["sozial.dwelling"].create([{"building_id": building.id, "number": str(number)} for number in range(2)])
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
            self.code = tickets._token(outreach.visit_ids[0])
            self.outreach_id, self.name = outreach.id, f"q{question.id}"
            self.option = str(question.suggested_answer_ids.id)
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.registry.cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["sozial.outreach"].browse(self.outreach_id).action_cancel()

    def _send(self, env):
        """As the page does."""
        ticket = env["sozial.survey.ticket"]._find(self.code)
        if not ticket:
            return False
        rows, _wrong = ticket.outreach_id._survey_read({self.name: [self.option]})
        return ticket._answer(rows)

    def _type(self, env):
        """As the page for paper does."""
        wrong, _focus = env["sozial.outreach"].browse(self.outreach_id)._keep_sheet({self.name: [self.option]}, self.code, False)
        return not wrong

    def test_a_code_answers_once(self):
        self._race(self._send, self._send)

    def test_on_paper_and_online_at_once(self):
        self._race(self._type, self._send)

    def test_online_and_on_paper_at_once(self):
        self._race(self._send, self._type)

    def _race(self, send, send_late):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            env, late = api.Environment(first, SUPERUSER_ID, {}), api.Environment(second, SUPERUSER_ID, {})
            for one in (env, late):
                self.assertTrue(one["sozial.survey.ticket"]._find(self.code), "both see it unused")
            self.assertTrue(send(env))
            first.commit()
            # the one who is late is stopped by the database; the request is run again and finds nothing
            with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.SerializationFailure):
                send_late(late)
            second.rollback()
            late.invalidate_all()
            self.assertFalse(send_late(late))
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            mine = [("outreach_id", "=", self.outreach_id)]
            self.assertEqual(env["sozial.survey.answer"].search_count(mine), 1)
            self.assertEqual(env["sozial.survey.ticket"].search_count(mine), 1)
