from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import PAGE, SurveyCommon, SurveyPages


@tagged("post_install", "-at_install")
class TestSurveySheet(SurveyCommon):
    """A sheet on paper uses up the code that is printed on it, as an answer online does."""

    def _keep(self, code="", uncoded=False, option=0, **more):
        form = {f"q{self.content.id}": [str(self.content.suggested_answer_ids[option].id)], **more}
        return self.campaign._keep_sheet(form, code, uncoded)

    def _code(self, place):
        return self.env["sozial.survey.ticket"]._token(self.campaign.sudo().visit_ids[place])

    def test_a_sheet_uses_its_code_up(self):
        code = self._issue()
        before = len(self._tickets())
        self.assertEqual(self._keep(code), ([], "code"))
        self.assertEqual((len(self._tickets()), len(self._answers())), (before - 1, 1))
        self.assertEqual(self._answers().building_id, self.building, "the code says from where it comes")
        (wrong,), focus = self._keep(code)
        self.assertRegex(wrong, "has been used")
        self.assertEqual((focus, len(self._answers())), ("code", 1))
        self.assertFalse(self.env["sozial.survey.ticket"]._find(code), "online neither")

    def test_without_a_code_nothing_is_kept(self):
        code = self._issue()
        before = len(self._tickets())
        for entered, words in (("", "enter the one that is printed"), ("  ", "enter the one"), ("0000-0000", "mistyped")):
            (wrong,), _focus = self._keep(entered)
            self.assertRegex(wrong, words)
        wrong, focus = self.campaign._keep_sheet({}, code, False)
        self.assertEqual(("Please answer at least one question.", "questions"), (*wrong, focus))
        wrong, _focus = self._keep(code, **{f"q{self.wish.id}": ["x" * 2001]})
        self.assertRegex(" ".join(wrong), "Wunsch")
        self.assertEqual((len(self._tickets()), len(self._answers())), (before, 0), "the code can be used still")

    def test_of_two_sheets_for_a_code_one_is_kept(self):
        ticket = self.env["sozial.survey.ticket"]._find(self._issue())
        rows, _wrong = self.campaign._survey_read({f"q{self.wish.id}": ["Bänke"]}, paper=True)
        self.assertEqual(ticket.building_id, self.building)
        self.env.cr.execute("DELETE FROM sozial_survey_ticket WHERE id = %s", [ticket.id])
        self.assertFalse(ticket._answer(rows), "somebody was faster")
        self.assertFalse(self._answers())

    def test_a_code_of_another_survey_is_none(self):
        code = self._issue()
        other = self.campaign.copy()
        other.action_begin()
        form = {f"q{self.content.id}": [str(self.content.suggested_answer_ids[0].id)]}
        (wrong,), _focus = other._keep_sheet(form, code, False)
        self.assertRegex(wrong, "another survey")
        self.assertFalse(self.env["sozial.survey.answer"].search([("outreach_id", "in", (self.campaign | other).ids)], limit=1))
        self.assertEqual(self._keep(code), ([], "code"))

    def test_a_scanner_types_the_whole_address(self):
        self._issue()
        letter = self.campaign.sudo()._letter(self.campaign.sudo().visit_ids[1], self.tenant)
        self.assertEqual(self._keep(f" {letter['link']} "), ([], "code"))

    def test_sheets_that_come_late_are_taken(self):
        code = self._issue()
        self.campaign.until = "2020-01-01"
        self.assertFalse(self.env["sozial.survey.ticket"]._find(code), "online it is over")
        self.assertEqual(self._keep(code), ([], "code"))
        late = self._code(1)
        self.campaign._write_guarded({"state": "cancelled"})
        self.assertFalse(self.env["sozial.survey.ticket"]._find(late, paper=self.campaign))

    def test_sheets_without_code_need_the_company_and_are_marked(self):
        code = self._issue()
        before = len(self._tickets())
        (wrong,), _focus = self._keep(uncoded=True)
        self.assertRegex(wrong, "takes no sheets without code")
        self.company.sozial_survey_uncoded = True
        (wrong,), _focus = self._keep(code, uncoded=True)
        self.assertRegex(wrong, "there is one")
        self.assertEqual(self._keep(uncoded=True), ([], "code"))
        self.assertEqual((len(self._answers()), len(self._tickets())), (1, before))
        self.assertFalse(self._answers().building_id)

    def _published(self, uncoded):
        """Results of 30 sheets with code and some without."""
        self.company.sozial_survey_uncoded = True
        self._issue()
        for index in range(30):
            self._answer(self.building, index % 2)
        for _index in range(uncoded):
            self._keep(uncoded=True)
        self.campaign.action_done()
        return self.campaign.result_ids

    def test_many_without_code_stand_apart(self):
        first, *_others, apart = self._published(20)
        (_building, with_code), (label, without), (_total, whole) = first.cells["body"]
        self.assertEqual((with_code[-1], label, without[-1], whole[-1]), (30, "Sheets without code", 20, 50))
        self.assertEqual((apart.name, apart.cells["body"][0][1]), ("Sheets without code", [20]))

    def test_few_without_code_are_left_out(self):
        first, *_others, apart = self._published(19)
        self.assertEqual([values[-1] for _label, values in first.cells["body"]], [30, 30])
        self.assertRegex(apart.name, "leave them out")
        self.assertEqual(apart.cells["body"][0][1], [None])
        self.assertNotIn("19", apart.table)

    def test_a_building_that_moved_to_another_quarter_is_counted(self):
        self._issue()
        for _index in range(30):
            self._answer(self.building)
        self.building.quarter_id = self.quarter.copy({"name": "Anderswo"})
        self.campaign.action_done()
        self.assertEqual(self.campaign.result_ids[0].cells["body"][-1][1][-1], 30)

    def test_none_without_code_is_not_mentioned(self):
        self.assertFalse(self._published(0).filtered(lambda result: "without code" in result.name))

    def test_while_it_runs(self):
        with self.assertRaisesRegex(UserError, "while the survey runs"):
            self.campaign.action_paper()
        self.campaign.action_begin()
        self.assertTrue(self.campaign.action_paper()["url"].endswith(str(self.campaign.id)))


@tagged("post_install", "-at_install")
class TestSurveySheetPage(SurveyPages):
    """Sheet after sheet is typed in on one page, with the keyboard alone."""

    def test_sheet_by_sheet(self):
        code = self._issue()
        url = f"{PAGE}/papier/{self.campaign.id}"
        self.authenticate(self.worker.login, self.worker.login)
        self.assertIn("autofocus", self.url_open(url).text.split('id="code"')[1].split("/>")[0])
        page = self._post(url, content=self._option()).text
        self.assertIn('role="alert"', page)
        self.assertIn('checked="checked"', page, "what was typed stays")
        page = self._post(url, code=code).text
        self.assertIn("autofocus", page.split("<fieldset")[1], "on to the first question")
        with self.assertLogs(level="DEBUG") as logged:
            page = self._post(url, code=code, content=self._option(1), entered="4")
        self.assertNotIn(code, "".join(logged.output) + page.url + page.text, "the code is told nowhere")
        self.assertIn(" 5 ", page.text.split('role="status"')[1].split("</div>")[0], "the fifth since the page was opened")
        self.env.invalidate_all()
        self.assertEqual(self._answers().building_id, self.building)
        self.assertIn('role="alert"', self._post(url, code=code, content=self._option(1)).text, "used")
        self.assertNotIn('id="uncoded"', page.text)
        self.company.sozial_survey_uncoded = True
        self.assertIn('id="uncoded"', self.url_open(url).text)
        self._post(url, uncoded="1", wish="Bänke", entered="x")
        self.env.invalidate_all()
        self.assertEqual(len(self._answers()), 2, "what was left open on paper stays open")

    def test_paper_is_for_social_workers(self):
        code = self._issue()
        url = f"{PAGE}/papier/{self.campaign.id}"
        self.assertNotIn("Zufrieden?", self.url_open(url).text)
        for user in (self.frontdesk, self.env.ref("base.user_admin")):
            self.authenticate(user.login, user.login)
            page = self.url_open(PAGE).text
            token = page.split('name="csrf_token" value="')[1].split('"')[0]
            sheet = {"csrf_token": token, "code": code, f"q{self.content.id}": self._option()}
            for answer in (self.url_open(url), self.url_open(url, data=sheet)):
                self.assertEqual(answer.status_code, 404)
        self.assertEqual(self._counts()[1], 0)

    def test_another_companys_survey_is_not_there(self):
        self._issue()
        stranger = new_test_user(
            self.env, "t_survey_stranger", "sozial_management.group_sozial_worker", company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )  # fmt: skip
        self.authenticate(stranger.login, stranger.login)
        for number in (self.campaign.id, 0):
            self.assertEqual(self.url_open(f"{PAGE}/papier/{number}").status_code, 404)

    def test_an_answer_gets_into_no_log(self):
        """The database takes no NUL; its complaint would quote the answer."""
        code = self._issue()
        with self.assertNoLogs(level="ERROR"):
            self._post(PAGE, code=code, answers="1", content=self._option(), wish="Bänke\0 am Haus")
        self.env.invalidate_all()
        self.assertIn("Bänke am Haus", self._answers().mapped("text"))
