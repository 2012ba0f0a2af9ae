from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PAGE, SurveyPages


@tagged("post_install", "-at_install")
class TestSurveyPages(SurveyPages):
    """The pages on which a survey is answered."""

    def test_a_code_answers_once(self):
        token = self._issue()
        before, _none = self._counts()
        page = self._post(PAGE, code=token)
        self.assertIn("Zufrieden?", page.text)
        self.assertEqual((page.headers["Referrer-Policy"], page.headers["Cache-Control"]), ("same-origin", "no-store"))
        self.assertIn(self.company.name, page.text.split("<details")[1].split("</details>")[0], "who is responsible")
        self.assertEqual(self._counts(), (before, 0), "looking takes nothing")
        self.assertIn('role="alert"', self._post(PAGE, code=token, answers="1", wish="Bänke").text)
        self.assertEqual(self._counts(), (before, 0), "nothing half-written")
        # typed in small letters, without hyphens
        self._post(PAGE, code=token.lower().replace("-", ""), answers="1", content=self._option(), wish="Bänke")
        self.assertEqual(self._counts(), (before - 1, 2))
        for values in ({}, {"answers": "1", "content": self._option()}):
            self.assertNotIn("Zufrieden?", self._post(PAGE, code=token, **values).text)
        self.assertEqual(self._counts(), (before - 1, 2))

    def test_no_code_in_an_address(self):
        """Logs keep addresses with time and sender: a code in one would tell when a dwelling answered."""
        token = self._issue()
        letter = self.campaign.sudo()._letter(self.campaign.sudo().visit_ids[0], self.tenant)
        self.assertEqual(letter["link"].split("#"), [letter["page"], token])
        self.assertNotIn("Zufrieden?", self.url_open(f"{PAGE}?code={token}").text)
        self.assertEqual(self.url_open(f"{PAGE}/{token}").status_code, 404)
        page = self._post(PAGE, code=token).text
        self.assertNotIn(token, page.replace(f'name="code" value="{token}"', ""))

    def test_foreign_and_used_codes_look_alike(self):
        token = self._issue()
        self.env["sozial.survey.ticket"]._find(token)._use()
        pages = {self._post(PAGE, code=code).text.split("<main>")[1].split("</main>")[0] for code in (token, "", "0000", "'; --")}
        self.assertEqual(len(pages), 1)

    def test_the_questions_are_not_answered_by_name_beside(self):
        """Odoo's own way to the same questions would keep who, when and with which mail address."""
        self.questions.access_mode = "public"
        own = f"/survey/start/{self.questions.access_token}?email=erika@example.com"
        self._issue()
        with mute_logger("odoo.http"):
            self.url_open(own)
        self.assertFalse(self.env["survey.user_input"].search([("survey_id", "=", self.questions.id)], limit=1))
        self.campaign.action_cancel()
        self.url_open(own)
        self.assertTrue(self.env["survey.user_input"].search([("survey_id", "=", self.questions.id)], limit=1), "free again afterwards")

    def test_answers_are_not_odoos_participations(self):
        """Neither results nor exports of Odoo's surveys know them."""
        token = self._issue()
        self._post(PAGE, code=token, answers="1", content=self._option(), wish="Bänke am Haus")
        self.assertEqual(len(self._answers()), 2)
        self.assertFalse(self.env["survey.user_input"].search([("survey_id", "=", self.questions.id)], limit=1))
        self.authenticate("admin", "admin")
        results = self.url_open(f"/survey/results/{self.questions.id}").text
        printed = self.url_open(f"/survey/print/{self.questions.access_token}").text
        self.assertNotIn("Bänke am Haus", results + printed)
