from odoo import Command
from odoo.tests import HttpCase

from odoo.addons.sozial_management.tests.test_outreach import OutreachCommon

PAGE = "/sozial/umfrage"


class SurveyCommon(OutreachCommon):
    """A survey of one quarter with two questions to choose from and one to write."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.questions = cls.env["survey.survey"].create({"title": "Nachbarschaft"})
        cls.content, cls.missing, cls.wish = cls.env["survey.question"].create(
            [
                {
                    "survey_id": cls.questions.id, "title": "Zufrieden?", "question_type": "simple_choice", "constr_mandatory": True,
                    "sequence": 1, "suggested_answer_ids": [Command.create({"value": word}) for word in ("Ja", "Geht so", "Nein")],
                },
                {
                    "survey_id": cls.questions.id, "title": "Was fehlt?", "question_type": "multiple_choice", "sequence": 2,
                    "suggested_answer_ids": [Command.create({"value": word}) for word in ("Treff", "Bänke")],
                },
                {"survey_id": cls.questions.id, "title": "Wunsch", "question_type": "text_box", "sequence": 3},
            ]
        )  # fmt: skip
        cls.campaign.write(
            {
                "kind": "survey", "survey_id": cls.questions.id, "until": "2099-01-01",
                "template_id": cls.env.ref("sozial_management_survey.letter_survey").id,
            }
        )  # fmt: skip

    def _answer(self, building, option=0, missing=(), wish=None):
        """One sheet of a building, as the pages store it."""
        form = {
            f"q{self.content.id}": [str(self.content.suggested_answer_ids[option].id)],
            f"q{self.missing.id}": [str(self.missing.suggested_answer_ids[index].id) for index in missing],
            f"q{self.wish.id}": [wish] if wish else [],
        }
        rows, wrong = self.campaign._survey_read(form)
        self.assertFalse(wrong)
        self.env["sozial.survey.answer"]._keep(self.campaign, building, rows)

    def _tickets(self):
        return self.env["sozial.survey.ticket"].search([("outreach_id", "=", self.campaign.id)], limit=None)

    def _answers(self):
        return self.env["sozial.survey.answer"].search([("outreach_id", "=", self.campaign.id)], limit=None)

    def _issue(self):
        """Letters are out; the code of the first dwelling."""
        self.campaign.action_begin()
        self.env["sozial.survey.ticket"]._issue(self.campaign.sudo().visit_ids)
        return self.env["sozial.survey.ticket"]._token(self.campaign.sudo().visit_ids[0])


class SurveyPages(SurveyCommon, HttpCase):
    """The pages, as a browser sends them."""

    def _post(self, url, **values):
        names = {"content": self.content, "missing": self.missing, "wish": self.wish}
        data = {f"q{names[key].id}" if key in names else key: value for key, value in values.items()}
        return self.url_open(url, data={"csrf_token": self._csrf(url), **data})

    def _csrf(self, url):
        page = self.url_open(url).text
        return page.split('name="csrf_token" value="')[1].split('"')[0] if 'name="csrf_token"' in page else ""

    def _option(self, index=0):
        return str(self.content.suggested_answer_ids[index].id)

    def _counts(self):
        self.env.invalidate_all()
        return len(self._tickets()), len(self._answers())
