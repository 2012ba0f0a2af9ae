from odoo import api, fields, models
from odoo.exceptions import UserError

from .qr import qr_image

TEXTS = frozenset({"text_box", "char_box"})
ASKED = TEXTS | {"simple_choice", "multiple_choice", "scale"}
MOST = 2000


class SozialOutreach(models.Model):
    """A survey of whole buildings. Nothing stored leads from an answer to a dwelling."""

    _inherit = "sozial.outreach"

    kind = fields.Selection(selection_add=[("survey", "Survey")], ondelete={"survey": "cascade"})
    survey_id = fields.Many2one(
        "survey.survey", "Questions", ondelete="restrict", index="btree_not_null",
        help="Made in the surveys of Odoo. Choice, scale and text can be asked.",
    )  # fmt: skip
    result_ids = fields.One2many("sozial.survey.result", "outreach_id", "Results", readonly=True)
    result_count = fields.Integer("Number of results", compute="_compute_result_count")

    @api.depends("result_ids")
    def _compute_result_count(self):
        groups = self.env["sozial.survey.result"]._read_group([("outreach_id", "in", self.ids)], ["outreach_id"], ["__count"])
        counts = {outreach.id: count for outreach, count in groups}
        for one in self:
            one.result_count = counts.get(one.id, 0)

    @api.model
    def _anonymous_kinds(self):
        return super()._anonymous_kinds() | {"survey"}

    @api.model
    def _final_kinds(self):
        return super()._final_kinds() | {"survey"}

    def write(self, vals):
        if "survey_id" in vals and any(one.state != "draft" for one in self):
            raise UserError(self.env._("Questions: fixed since it began. Begin another one."))
        return super().write(vals)

    def _survey_questions(self):
        """What is asked, in order. Past the rights on surveys: whoever may answer sees the questions."""
        return self.sudo().survey_id.question_ids.filtered(lambda question: not question.is_page)

    def _survey_open(self):
        """Whether answers are taken today."""
        self.ensure_one()
        return self.kind == "survey" and self.state == "running" and not (self.until and self.until < fields.Date.context_today(self))

    def action_begin(self):
        """As for every kind; a survey needs questions that can be counted.

        :raise UserError: names them
        """
        if self.kind == "survey":
            self._require_state("draft", "running")
            questions = self._survey_questions()
            if not questions:
                raise UserError(self.env._("Questions: choose a survey that has some."))
            other = questions.filtered(lambda question: question.question_type not in ASKED)
            if other:
                raise UserError(
                    self.env._("Questions: choice, scale and text can be asked here. Change: %s", ", ".join(other.mapped("title")))
                )
        return super().action_begin()

    def action_done(self):
        """At the end the results are published; single answers and codes are not needed any more."""
        result = super().action_done()
        if self.kind == "survey":
            self._publish_survey()
            self._forget_answers()
        return result

    def action_cancel(self):
        result = super().action_cancel()
        if self.kind == "survey":
            self._forget_answers()
        return result

    def _forget_answers(self):
        """Single answers, codes, and the letters in which the codes stand."""
        (self.letters_id | self.letters_part_ids).unlink()
        self.sudo()._write_guarded({"reminding": False, "survey_secret": False})
        for name in ("sozial.survey.answer", "sozial.survey.ticket"):
            self.env[name].sudo().search([("outreach_id", "=", self.id)], limit=None).unlink()

    # -- letters -------------------------------------------------------------------------------------------------

    def _letters(self, visits):
        letters = super()._letters(visits)
        if self.kind == "survey":
            self.env["sozial.survey.ticket"]._issue(self.env["sozial.outreach.visit"].union(*(one["visit"] for one in letters)))
        return letters

    def _letter(self, visit, recipient):
        letter = super()._letter(visit, recipient)
        if self.kind == "survey":
            # behind #: a browser keeps that to itself, so that no server's log tells who answered when
            page, code = f"{self.get_base_url()}/sozial/umfrage", self.env["sozial.survey.ticket"]._token(visit)
            letter.update(page=page, code=code, link=f"{page}#{code}", image=qr_image(f"{page}#{code}"))
        return letter

    # -- answers -------------------------------------------------------------------------------------------------

    def _survey_read(self, form, paper=False):
        """What was filled in, by question.

        :param form: names of inputs to lists of texts
        :param paper: what somebody left open on a sheet stays open
        :return: values for `sozial.survey.answer`, and what is wrong as a list of sentences
        """
        rows, wrong = [], []
        for question in self._survey_questions():
            given = [text.strip() for text in self._survey_texts(form, question) if text.strip()]
            if not given:
                if question.constr_mandatory and not paper:
                    wrong.append(self.env._("%s: please answer.", question.title))
                continue
            found = self._survey_values(question, given)
            if found is None:
                wrong.append(self.env._("%s: choose one of the answers, or write at most %s characters.", question.title, MOST))
            else:
                rows += [{"question_id": question.id, **values} for values in found]
        return rows, wrong

    @api.model
    def _survey_texts(self, form, question):
        """What was sent. The database takes no NUL, and its complaint would put the answer into the server's log."""
        return [text.replace("\0", "") for text in form.get(f"q{question.id}", [])]

    @api.model
    def _survey_values(self, question, given):
        """Stored values of an answer, None for one that is not possible."""
        kind = question.question_type
        if kind in TEXTS:
            return [{"text": given[0]}] if len(given[0]) <= MOST else None
        possible = self._survey_options(question)
        given = list(dict.fromkeys(given))
        if not set(given) <= possible.keys() or (len(given) > 1 and kind != "multiple_choice"):
            return None
        return [{"number" if kind == "scale" else "option_id": int(key)} for key in given]

    @api.model
    def _survey_options(self, question):
        """What can be chosen, by the value of the input."""
        if question.question_type == "scale":
            return {str(number): str(number) for number in range(question.scale_min, question.scale_max + 1)}
        return {str(option.id): option.value for option in question.suggested_answer_ids}

    @api.model
    def _survey_nothing(self):
        return self.env._("Please answer at least one question.")
