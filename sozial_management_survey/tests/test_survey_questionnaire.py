import io

from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyQuestionnaire(SurveyCommon):
    """The questionnaire on paper: behind each letter, with the code of the dwelling, and blank."""

    def _pages(self, content):
        return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]

    def _printed(self, number=2):
        tenancies = self._tenants(number)
        self.campaign.action_begin()
        self._print()
        return tenancies, self._pages(self.campaign.letters_id.raw)

    def _blank(self):
        report = self.env["ir.actions.report"].with_user(self.worker).with_context(force_report_rendering=True)
        return self._pages(report._render_qweb_pdf("sozial_management_survey.report_questionnaire", self.campaign.ids)[0])

    def _turkish(self):
        """The survey and one tenant, in Turkish."""
        self.env["res.lang"]._activate_lang("tr_TR")
        words = {self.content: "Memnun musunuz?", self.missing: "Ne eksik?", self.wish: "Dilek"}
        for question, text in words.items():
            question.update_field_translations("title", {"tr_TR": text})
        for option, text in zip(
            self.content.suggested_answer_ids | self.missing.suggested_answer_ids,
            ["Evet", "İdare", "Hayır", "Buluşma", "Banklar"],
            strict=True,
        ):
            option.update_field_translations("value", {"tr_TR": text})

    def test_behind_each_letter_with_its_code(self):
        tenancies, pages = self._printed()
        tickets = self.env["sozial.survey.ticket"]
        letters = [page for page in pages if "Guten Tag" in page]
        sheets = [page for page in pages if "Zufrieden?" in page]
        self.assertEqual((len(letters), len(sheets), len(pages)), (3, 3, 6))
        self.assertFalse(set(letters) & set(sheets), "the sheet comes back without the page that bears the address")
        for tenancy in tenancies:
            visit = self.campaign.sudo().visit_ids.filtered(lambda one, tenancy=tenancy: one.dwelling_id == tenancy.dwelling_id)
            code, (letter,) = tickets._token(visit), [page for page in letters if tenancy.partner_id.name in page]
            self.assertIn(code, letter)
            sheet = pages[pages.index(letter) + 1]
            for text in (
                code,
                "Ja",
                "Geht so",
                "Nein",
                "Was fehlt?",
                "Mehrere Antworten",
                "Wunsch",
                "keine Namen",
                "ohne Brief",
                "bis 1. Januar 2099",
            ):
                self.assertIn(text, sheet)
            for text in (tenancy.partner_id.name, tenancy.dwelling_id.number, self.building.name):
                self.assertNotIn(text, sheet, "the sheet names neither tenant nor dwelling")

    def test_with_the_letter_alone_if_chosen(self):
        self.campaign.survey_on_paper = False
        _tenancies, pages = self._printed(1)
        self.assertFalse([page for page in pages if "Zufrieden?" in page])

    def test_blank(self):
        (page,) = self._blank()
        for text in ("Code: ____", "Zufrieden?", "Bänke", self.company.name):
            self.assertIn(text, page)
        self.assertNotIn("Ihr Code wird", page)
        self.assertEqual(
            self.campaign.with_user(self.worker).action_blank_questionnaire()["report_name"], "sozial_management_survey.questionnaire_form"
        )
        with self.assertRaises(AccessError):
            self.campaign.with_user(self.frontdesk).action_blank_questionnaire()
        self.questions.question_ids.unlink()
        with self.assertRaisesRegex(UserError, "choose a survey"):
            self.campaign.action_blank_questionnaire()

    def test_in_the_language_of_the_tenant_beside_german(self):
        self._turkish()
        turkish = self.env.ref("sozial_management.language_tr")
        one, _other = self._tenants(2)
        one.partner_id.language_ids = turkish
        self.campaign.action_begin()
        self._print()
        sheets = [page for page in self._pages(self.campaign.letters_id.raw) if "Zufrieden?" in page]
        mine = [page for page in sheets if "Memnun musunuz?" in page]
        self.assertEqual((len(sheets), len(mine)), (3, 1))
        for text in ("Evet", "Ja", "Ne eksik?", "Was fehlt?", "Birden fazla", "Mehrere Antworten", "mektup ve isim", "ohne Brief"):
            self.assertIn(text, mine[0])

    def test_half_translated_is_german_alone(self):
        self._turkish()
        self.assertEqual([one["lang"] for one in self.campaign._questionnaire(["tr", "de"])["columns"]], ["tr", "de"])
        self.env["survey.question.answer"].create({"question_id": self.missing.id, "value": "Schatten"})
        sheet = self.campaign._questionnaire(["tr", "de"])
        self.assertEqual([one["lang"] for one in sheet["columns"]], ["de"])
        self.assertNotIn("Memnun", str(sheet))

    def test_long_ones_have_their_code_on_every_page_and_break_no_question(self):
        tenant = self._tenants(1)
        title = (
            "Wie zufrieden sind Sie mit den Wegen, Plätzen, Spielplätzen und Bänken rund um Ihr Haus, wenn Sie an das letzte Jahr denken? "
        )
        for number in range(9):
            self.env["survey.question"].create(
                {
                    "survey_id": self.questions.id, "title": f"[{number}] {title}", "sequence": 10 + number,
                    "question_type": "simple_choice" if number % 3 else "scale",
                    "suggested_answer_ids": [Command.create({"value": f"{number}.{index} {title}"}) for index in range(number)],
                    "scale_min_label": "schlecht", "scale_max_label": "gut",
                }
            )  # fmt: skip
        self.env["res.lang"]._activate_lang("ru_RU")
        for question in self.questions.question_ids:
            question.update_field_translations("title", {"ru_RU": f"Щ{question.title}"})
            for option in question.suggested_answer_ids:
                option.update_field_translations(
                    "value", {"ru_RU": f"Насколько вы довольны дорогами, площадями и скамейками? {option.value}"}
                )
        self.tenant.language_ids = tenant.partner_id.language_ids = self.env.ref("sozial_management.language_ru")
        self.campaign.action_begin()
        self._print()
        planned = self.campaign._questionnaire(["ru", "de"])["pages"]
        pages = self._pages(self.campaign.letters_id.raw)
        tickets, last = self.env["sozial.survey.ticket"], len(planned) + 1
        codes = [tickets._token(visit) for visit in self.campaign.visit_ids.filtered(lambda visit: visit.letter == "printed")]
        (code,) = [code for code in codes if code in pages[0]]
        sheets = pages[1:last]
        self.assertGreater(len(planned), 3)
        self.assertEqual(len(pages), 2 * last, "no page runs over")
        for sheet, page, number in zip(sheets, planned, range(1, 99), strict=False):
            self.assertIn(code, sheet)
            self.assertIn(f"{number} / {len(planned)}", sheet)
            for question in page:
                for text in (question["title"][1].strip(), *(option[1].strip() for option in question["options"])):
                    self.assertIn(text, sheet)

    def test_letters_with_codes_are_for_those_who_send_them(self):
        self._printed(1)
        letters = self.campaign.letters_id
        self.assertTrue(letters.with_user(self.lead).raw)
        administrator = new_test_user(
            self.env, "t_survey_system", "base.group_system,survey.group_survey_manager", company_id=self.company.id
        )
        for user in (self.worker, self.frontdesk, administrator):
            with self.assertRaises(AccessError):
                letters.with_user(user).read(["raw"])
        report = self.env["ir.actions.report"].with_user(self.worker)
        data = {"visits": self.campaign.visit_ids.ids}
        with self.assertRaises(AccessError):
            report._render_qweb_html("sozial_management.report_outreach", self.campaign.ids, data=data)
        self.assertIn(
            self.env["sozial.survey.ticket"]._token(self.campaign.visit_ids.filtered("tenant_id")[0]),
            str(report.with_user(self.lead)._render_qweb_html("sozial_management.report_outreach", self.campaign.ids, data=data)[0]),
        )
        form = self.campaign.with_user(self.worker).web_read({"name": {}, "letters_id": {"fields": {"display_name": {}}}})
        self.assertEqual(form[0]["name"], "Heizkosten", "the form opens for the others")
        self.campaign.action_cancel()
        with self.assertRaisesRegex(UserError, "codes were deleted"):
            self.campaign.action_reopen()
        self.assertFalse(self.campaign.sudo().survey_secret, "no code can be made any more")
        with self.assertRaisesRegex(UserError, "does not run"):
            report.with_user(self.lead)._render_qweb_html("sozial_management.report_outreach", self.campaign.ids, data=data)
