from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurvey(SurveyCommon):
    """Everybody of a building is asked; what somebody answered is told of nobody."""

    def test_a_survey_of_500_dwellings_yields_a_suppressed_table(self):
        buildings = self.building
        for number in range(4):
            buildings |= self.building.copy({"house_number": str(900 + number)})
        self.env["sozial.dwelling"].create(
            [
                {"building_id": building.id, "number": f"S{building.id}-{index}"}
                for building in buildings
                for index in range(100 if building != self.building else 98)
            ]
        )
        self.campaign.building_ids = [Command.set(buildings.ids)]
        self.campaign.action_begin()
        self.assertEqual(self.campaign.visit_count, 500)
        for place, building in enumerate(buildings):
            for index in range(60):
                # in the first building three people are not content: they must not be told
                option = 2 if index < (3 if not place else 20) else index % 2
                self._answer(building, option, missing=(0,) if index % 3 else (), wish="Bänke" if index < 2 else None)
        self.campaign.action_done()
        results = self.campaign.result_ids
        self.assertEqual(results.mapped("name"), ["Zufrieden?", "Was fehlt?: Treff", "Was fehlt?: Bänke", "Wunsch"])
        cells = results[0].cells
        self.assertEqual(cells["heads"][:3], ["Ja", "Geht so", "Nein"])
        rows = dict(cells["body"])
        self.assertIsNone(rows[buildings[0].name][2], "three people could be recognised")
        hidden = [(label, column) for label, values in cells["body"] for column, value in enumerate(values) if value is None]
        for column in {column for _label, column in hidden}:
            self.assertNotEqual(len([one for one in hidden if one[1] == column]), 1, "a single gap follows from the total")
        for label in {label for label, _column in hidden}:
            self.assertNotEqual(len([one for one in hidden if one[0] == label]), 1, "a single gap follows from the sum of the row")
        shown = [value for values in rows.values() for value in values if value is not None]
        self.assertFalse([value for value in shown if 0 < value < 5])
        self.assertIn(300, cells["body"][-1][1], "the whole quarter is told")
        self.assertEqual(results[3].texts, ["Bänke"] * 10)
        self.assertIn("•", results[0].table)

    def test_what_few_wrote_is_not_shown(self):
        self.campaign.action_begin()
        for _one in range(4):
            self._answer(self.building, wish="Ich wohne unten links")
        self.campaign.action_done()
        self.assertFalse(self.campaign.result_ids[-1].texts)
        self.assertNotIn("unten links", str(self.campaign.result_ids.mapped("table")))
        self.assertFalse(self._answers(), "single answers go when the results are there")
        self.assertFalse(self._tickets())

    def test_an_answer_knows_no_dwelling(self):
        token = self._issue()
        ticket = self.env["sozial.survey.ticket"]._find(token)
        self.assertEqual(len(self._tickets()), len(self.campaign.visit_ids))
        self.assertNotIn(token, str(ticket.read()))
        self.assertTrue(ticket._use())
        self.assertFalse(self.env["sozial.survey.ticket"]._find(token))
        for name in ("sozial.survey.ticket", "sozial.survey.answer"):
            linked = {field.comodel_name for field in self.env[name]._fields.values() if field.type == "many2one"}
            self.assertFalse(linked & {"sozial.dwelling", "sozial.outreach.visit", "sozial.tenancy", "res.partner", "res.users"})

    def test_each_code_once_and_only_while_it_runs(self):
        token = self._issue()
        ticket = self.env["sozial.survey.ticket"]._find(token)
        self.env.cr.execute("DELETE FROM sozial_survey_ticket WHERE id = %s", [ticket.id])
        self.assertFalse(ticket._use(), "somebody was faster")
        other = self.env["sozial.survey.ticket"]._token(self.campaign.sudo().visit_ids[1])
        self.assertTrue(self.env["sozial.survey.ticket"]._find(other))
        self.campaign.until = "2020-01-01"
        self.assertFalse(self.env["sozial.survey.ticket"]._find(other))
        self.campaign.until = False
        self.campaign.action_cancel()
        self.assertFalse(self._tickets())
        with self.assertRaisesRegex(UserError, "were deleted at the end"):
            self.campaign.action_reopen()

    def test_letters_carry_the_code_and_mails_go_to_those_with_an_address(self):
        self.tenant.email = "erika@example.com"
        self.campaign.action_begin()
        self.campaign.action_mail()
        visit = self.campaign.visit_ids.filtered(lambda one: one.letter == "mailed")
        self.assertEqual(visit.tenant_id, self.tenant)
        mail = self.env["mail.mail"].search([("email_to", "like", "erika@example.com")], limit=1)
        token = self.env["sozial.survey.ticket"]._token(visit)
        self.assertIn(f"/sozial/umfrage#{token}", mail.body_html)
        self.assertTrue(mail.auto_delete)
        self.assertEqual(len(self._tickets()), 1)
        with self.assertRaisesRegex(UserError, "nobody who got nothing yet"):
            self.campaign.action_mail()
        letter = self.campaign._letter(visit, self.tenant)
        self.assertTrue(letter["link"].endswith(token))
        page = self.env["ir.qweb"]._render("sozial_management.outreach_form", {"letters": [letter], "company": self.company, "day": False})
        self.assertIn(letter["image"][:60], str(page))
        self.assertIn(token, str(page), "who cannot scan it types it")
        tenants = self._tenants(2)
        self.campaign.action_begin()
        self._print()
        self.assertEqual(len(self._tickets()), 3, "each letter has its code, once")
        printed = self.campaign.visit_ids.filtered(lambda one: one.letter == "printed")
        self.assertEqual(printed.dwelling_id, tenants.dwelling_id)

    def test_what_cannot_be_asked_is_named(self):
        self.wish.question_type = "matrix"
        with self.assertRaisesRegex(UserError, "Wunsch"):
            self.campaign.action_begin()
        self.campaign.survey_id = False
        with self.assertRaisesRegex(UserError, "choose a survey"):
            self.campaign.action_begin()
        self.wish.question_type = "text_box"
        self.campaign.survey_id = self.questions
        self.campaign.action_begin()
        with self.assertRaisesRegex(UserError, "fixed since it began"):
            self.campaign.survey_id = False
        with self.assertRaisesRegex(UserError, "not noted at a dwelling"):
            self.campaign.visit_ids[0].state = "met"
        self.campaign.action_done()
        with self.assertRaisesRegex(UserError, "while the survey runs"):
            self.campaign.action_paper()

    def test_bad_answers_are_named(self):
        name = f"q{self.content.id}"
        for form, words in (
            ({}, "Zufrieden.*please answer"),
            ({name: ["0"]}, "choose one"),
            ({name: [str(one.id) for one in self.content.suggested_answer_ids[:2]]}, "choose one"),
            ({name: [str(self.content.suggested_answer_ids[0].id)], f"q{self.wish.id}": ["x" * 2001]}, "Wunsch"),
        ):
            self.assertRegex(" ".join(self.campaign._survey_read(form)[1]), words)

    def test_roles(self):
        self.campaign.action_begin()
        self._answer(self.building)
        self.campaign.action_done()
        result = self.campaign.result_ids[0]
        self.assertTrue(result.with_user(self.worker).table)
        self.assertEqual(self.campaign.with_user(self.worker).survey_id.display_name, "Nachbarschaft")
        for name in ("sozial.survey.answer", "sozial.survey.ticket"):
            with self.assertRaises(AccessError):
                self.env[name].with_user(self.lead).search([], limit=1)
        for user in (self.worker, self.lead):
            for values in ({"name": "x"}, {"cells": {}}):
                with self.assertRaises(AccessError):
                    result.with_user(user).write(values)
            with self.assertRaises(AccessError):
                result.with_user(user).unlink()
        result.with_user(self.worker).check_access("read")
        self.questions.restrict_user_ids = self.env.ref("base.user_admin")
        self.assertFalse(self.env["survey.survey"].with_user(self.worker).search([("id", "=", self.questions.id)], limit=1))
        stranger = new_test_user(
            self.env, "t_survey_stranger", "sozial_management.group_sozial_worker", company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )  # fmt: skip
        results = self.env["sozial.survey.result"].with_context(allowed_company_ids=self.other_company.ids).with_user(stranger)
        self.assertFalse(results.search([("id", "=", result.id)], limit=1))
