import io
import zipfile
from itertools import product

import openpyxl
from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SurveyCommon, SurveyPages

LIST, FORM = 3, 2


@tagged("post_install", "-at_install")
class TestSurveyResults(SurveyCommon):
    """Tables of many questions: useful each, and together no more than each alone."""

    def _ask(self, number):
        """More questions, of four choices each."""
        return self.env["survey.question"].create(
            [
                {
                    "survey_id": self.questions.id, "title": f"Frage {index}", "question_type": "simple_choice", "sequence": 10 + index,
                    "suggested_answer_ids": [Command.create({"value": word}) for word in "ABCD"],
                }
                for index in range(number)
            ]
        )  # fmt: skip

    def _publish(self, sizes, number=8):
        questions = self._ask(number)
        buildings = self.building
        for place in range(len(sizes) - 1):
            buildings |= self.building.copy({"house_number": str(900 + place)})
        self.campaign.building_ids = [Command.set(buildings.ids)]
        self.campaign.action_begin()
        for building, size in zip(buildings, sizes, strict=True):
            for sheet in range(size):
                rows = [
                    {"question_id": question.id, "option_id": question.suggested_answer_ids[(sheet * (3 + place)) % 11 % 4].id}
                    for place, question in enumerate(questions)
                ]
                self.env["sozial.survey.answer"]._keep(self.campaign, building, rows)
        self.campaign.action_done()
        return self.campaign.result_ids.filtered(lambda result: result.name.startswith("Frage"))

    def test_the_last_question_is_told_like_the_first(self):
        tables = self._publish([40, 30, 25, 50])
        for table in tables:
            with self.subTest(question=table.name):
                figures = [value for _label, values in table.cells["body"] for value in values]
                self.assertGreater(len([value for value in figures if value is not None]), len(figures) / 2)

    def test_small_buildings_stand_together(self):
        tables = self._publish([6, 30, 8, 6, 9, 25, 5, 8], number=3)
        for table in tables:
            *parts, (_others, together), (_quarter, whole) = table.cells["body"]
            self.assertEqual([values[-1] for _label, values in parts], [30, 25], "whoever is large enough stands alone")
            self.assertEqual((together[-1], whole[-1]), (42, 97))
            self.assertGreater(len([value for value in whole if value is not None]), 3)

    def test_a_small_building_takes_the_next_one_with_it(self):
        (table,) = self._publish([40, 3, 25, 22], number=1)
        self.assertEqual([values[-1] for _label, values in table.cells["body"]], [40, 25, 25, 90])

    def test_numbers_of_sheets_are_the_same_in_every_table(self):
        """A building hidden in one table and told in another would undo the first."""
        tables = self._publish([40, 3, 25, 7])
        self.assertEqual({tuple(values[-1] for _label, values in table.cells["body"]) for table in tables}, {(40, 35, 75)})

    def test_hardly_anybody_answered(self):
        (table,) = self._publish([2, 1], number=1)
        self.assertEqual([value for _label, values in table.cells["body"] for value in values if value], [])

    def test_nobody_answered(self):
        (table,) = self._publish([0, 0], number=1)
        self.assertEqual({value for _label, values in table.cells["body"] for value in values}, {0})

    def test_no_hidden_figure_follows_from_rows_and_columns(self):
        for table in self._publish([20, 12, 16, 3], number=5):
            body = [values for _label, values in table.cells["body"]]
            with self.subTest(question=table.name):
                self.assertTrue([value for row in body for value in row if value is None], "something is hidden")
                self._assert_open(body)

    def _assert_open(self, body):
        """Solve what rows and columns give away, as a reader with a pencil would: nothing must be left over."""
        known = [list(row) for row in body]
        lines = [[(r, c) for c in range(len(body[0]))] for r in range(len(body))]
        lines += [[(r, c) for r in range(len(body))] for c in range(len(body[0]))]
        again = True
        while again:
            again = False
            for line in lines:
                gaps = [place for place in line if known[place[0]][place[1]] is None]
                if len(gaps) == 1:
                    (row, column), (last_row, last_column) = gaps[0], line[-1]
                    parts = sum(known[r][c] for r, c in line[:-1] if (r, c) != (row, column))
                    known[row][column] = parts if (row, column) == line[-1] else known[last_row][last_column] - parts
                    again = True
        places = product(range(len(body)), range(len(body[0])))
        self.assertFalse([place for place in places if body[place[0]][place[1]] is None and known[place[0]][place[1]] is not None])


@tagged("post_install", "-at_install")
class TestSurveyResultFiles(SurveyPages):
    """Results leave the house as a PDF or a spreadsheet; what is hidden on the screen is hidden there."""

    def _publish(self):
        self._issue()
        for index in range(40):
            self._answer(self.building, 2 if index < 2 else index % 2, wish="=1+1" if index < 6 else None)
        self.campaign.action_done()

    def test_before_the_end_there_are_none(self):
        self.campaign.action_begin()
        for action in ("action_results_pdf", "action_results_xlsx"):
            with self.assertRaisesRegex(UserError, "published when the survey"):
                getattr(self.campaign.with_user(self.worker), action)()
            with self.assertRaises(AccessError):
                getattr(self.campaign.with_user(self.frontdesk), action)()

    def test_spreadsheet(self):
        self._publish()
        url = self.campaign.with_user(self.worker).action_results_xlsx()["url"]
        self.authenticate(self.worker.login, self.worker.login)
        answer = self.url_open(url)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        self.assertIn(["Zufrieden?"], rows)
        building = next(row for row in rows if row[:1] == [self.building.name] or row[1:2] == [19])
        self.assertIn("•", building, "two people are not told")
        self.assertNotIn(2, building)
        self.assertIn(["=1+1"], rows, "a text is no formula")
        self.assertNotIn("<f>", zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml").decode())
        self.assertEqual(self.url_open("/sozial/umfrage/ergebnis/0.xlsx").status_code, 404)
        for user in (self.frontdesk, self.env.ref("base.user_admin")):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(url).status_code, 404)

    def test_pdf(self):
        self._publish()
        self.assertEqual(self.campaign.with_user(self.worker).action_results_pdf()["report_name"], "sozial_management_survey.results_page")
        report = self.env["ir.actions.report"].with_user(self.worker).with_context(force_report_rendering=True)
        content, _kind = report._render_qweb_pdf("sozial_management_survey.report_results", self.campaign.ids)
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
        for words in (self.campaign.name, "Zufrieden?", "Was fehlt?: Treff", "•", "so few people"):
            self.assertIn(words, text)
        with self.assertRaises(AccessError):
            report.with_user(self.frontdesk)._render_qweb_html("sozial_management_survey.report_results", self.campaign.ids)

    def test_query_counts(self):
        self._publish()
        results = self.env["sozial.survey.result"].with_user(self.worker)
        results.search_read([], ["name"], limit=1)
        for model, shown in ((results, {"outreach_id": {"fields": {"display_name": {}}}, "name": {}}),):
            for _warm in range(2):
                self.env.invalidate_all()
                found = model.search([("outreach_id", "=", self.campaign.id)], limit=80)
                found.web_read(shown)
            self.env.invalidate_all()
            with self.assertQueryCount(LIST):
                model.search([("outreach_id", "=", self.campaign.id)], limit=80).web_read(shown)
        for _warm in range(2):
            self.env.invalidate_all()
            found[0].web_read({**shown, "table": {}})
        self.env.invalidate_all()
        with self.assertQueryCount(FORM):
            found[0].web_read({**shown, "table": {}})
