from functools import partial

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.sozial_management.consent_wording import RIGHT_TO_LEFT
from odoo.addons.sozial_management.report.consent_form import set_for_print

from ..sheet_layout import paginate
from ..sheet_words import WORDS
from .outreach import TEXTS


class SozialOutreach(models.Model):
    """The questionnaire on paper: behind each letter with the code of the dwelling, or blank."""

    _inherit = "sozial.outreach"

    survey_on_paper = fields.Boolean(
        "Questionnaire behind each letter", default=True, help="Printed with the code, in German and in the tenant's language if the "
        "survey is translated into it. Print the file on one side only: the questionnaire comes back without the letter.",
    )  # fmt: skip

    def action_blank_questionnaire(self):
        """Print the questionnaire without code.

        :raise UserError: when there is nothing to print
        """
        self.ensure_one()
        self.check_access("read")
        if self.kind != "survey" or not self._survey_questions():
            raise UserError(self.env._("Questions: choose a survey that has some."))
        return self.env.ref("sozial_management_survey.report_questionnaire").report_action(self)

    def _questionnaire(self, wanted):
        """What stands on the questionnaire.

        :param wanted: ISO codes of the languages of a tenant's letter
        :return: dict with languages, texts and the questions of each page; without code
        """
        installed = self._questionnaire_languages(wanted)
        title = self._in_languages(installed, lambda lang: self.sudo().survey_id.with_context(lang=lang).title)
        questions = [self._question_on_paper(question, installed) for question in self._survey_questions()]
        words = {key: [WORDS[code][key] for code in installed if code in WORDS] for key in WORDS["de"]}
        until = {code: self._entered(code).get("until") for code in installed if code in WORDS}
        back = [WORDS[code]["back"] + (", " + WORDS[code]["until"].format(until=day) if day else "") for code, day in until.items()]
        head = [*title, *words["tick"], *words["code"]]
        return {
            "title": title, "tick": words["tick"], "code": words["code"], "back": back, "pages": paginate(questions, head, back),
            "columns": [
                {"lang": code, "dir": "rtl" if code in RIGHT_TO_LEFT else "ltr", "set": partial(set_for_print, language=code)}
                for code in installed
            ],
        }  # fmt: skip

    def _questionnaire_languages(self, wanted):
        """ISO codes to the installed languages in which everything is there to be read; German always, at the end."""
        active = {lang.split("_")[0]: lang for lang, _name in reversed(self.env["res.lang"].get_installed())}
        found = {code: active[code] for code in wanted if code != "de" and code in active and self._survey_translated(active[code])}
        return {**found, "de": active.get("de")}

    def _survey_translated(self, lang):
        """Whether every question and choice is there in a language: half of a questionnaire is none."""
        questions = self._survey_questions()
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT 1 FROM survey_question WHERE id = ANY(%(ids)s) AND NOT jsonb_exists(title, %(lang)s)
               UNION ALL
               SELECT 1 FROM survey_question_answer WHERE question_id = ANY(%(ids)s) AND NOT jsonb_exists(value, %(lang)s)""",
            {"ids": questions.ids, "lang": lang},
        )
        return not self.env.cr.fetchone()

    def _in_languages(self, installed, text):
        """A text in each language, in their order."""
        return [text(lang) or "" for lang in installed.values()]

    def _question_on_paper(self, question, installed):
        """Texts of a question by language, and how it is answered by hand."""
        kind = question.question_type
        found = [code for code in installed if code in WORDS]
        hint = "several" if kind == "multiple_choice" else "names" if kind in TEXTS else None
        ends = []
        if kind == "scale":
            for lang in installed.values():
                low, high = question.with_context(lang=lang).scale_min_label, question.with_context(lang=lang).scale_max_label
                ends.append(f"{question.scale_min}: {low}   {question.scale_max}: {high}" if low or high else "")
        options = question.suggested_answer_ids if kind in ("simple_choice", "multiple_choice") else ()
        return {
            "kind": "text" if kind in TEXTS else kind,
            "title": self._in_languages(installed, lambda lang: question.with_context(lang=lang).title),
            "hints": [WORDS[code][hint] for code in found] if hint else [],
            "options": [self._in_languages(installed, lambda lang, one=one: one.with_context(lang=lang).value) for one in options],
            "ends": ends if any(ends) else [],
            "numbers": [*self._survey_options(question)] if kind == "scale" else [],
        }
