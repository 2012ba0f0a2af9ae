from odoo.tests import HttpCase, tagged

from .common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyPages(SurveyCommon, HttpCase):
    """The pages on which a survey is answered."""

    def _post(self, url, **values):
        names = {"content": self.content, "missing": self.missing, "wish": self.wish}
        data = {f"q{names[key].id}" if key in names else key: value for key, value in values.items()}
        return self.url_open(url, data={"csrf_token": self._csrf(url), **data})

    def _csrf(self, url):
        page = self.url_open(url).text
        return page.split('name="csrf_token" value="')[1].split('"')[0] if 'name="csrf_token"' in page else ""

    def _option(self, index=0):
        return str(self.content.suggested_answer_ids[index].id)

    def test_a_code_answers_once(self):
        token = self._issue()
        url = f"/sozial/umfrage/{token}"
        before = len(self._tickets())
        page = self.url_open(url)
        self.assertIn("Zufrieden?", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "same-origin")
        self.assertEqual(len(self._tickets()), before, "looking takes nothing")
        self.assertIn('role="alert"', self._post(url, wish="Bänke").text)
        self.assertEqual((len(self._tickets()), len(self._answers())), (before, 0), "nothing half-written")
        csrf = self._csrf(url)
        self._post(url, content=self._option(), wish="Bänke")
        self.env.invalidate_all()
        self.assertEqual((len(self._tickets()), len(self._answers())), (before - 1, 2))
        again = self.url_open(url, data={"csrf_token": csrf, f"q{self.content.id}": self._option()})
        self.assertNotIn("Zufrieden?", again.text)
        self.env.invalidate_all()
        self.assertEqual(len(self._answers()), 2)

    def test_paper_is_typed_in_sheet_by_sheet(self):
        self.campaign.action_begin()
        url = f"/sozial/umfrage/papier/{self.campaign.id}"
        self.authenticate(self.worker.login, self.worker.login)
        self.assertIn('role="alert"', self._post(url, content=self._option()).text)
        self.assertFalse(self._answers(), "a sheet without building is not kept")
        page = self._post(url, content=self._option(1), building=str(self.building.id))
        self.assertIn('role="status"', page.text)
        self.assertIn("autofocus", page.text.split("<fieldset")[1], "the next sheet begins at the first question")
        self.assertEqual(self._answers().building_id, self.building)

    def test_paper_is_for_social_workers(self):
        self.campaign.action_begin()
        url = f"/sozial/umfrage/papier/{self.campaign.id}"
        self.assertNotIn("Zufrieden?", self.url_open(url).text)
        self.authenticate(self.frontdesk.login, self.frontdesk.login)
        self.assertNotIn("Zufrieden?", self.url_open(url).text)
