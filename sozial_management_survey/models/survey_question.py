from odoo import api, models
from odoo.exceptions import UserError

ASKED = frozenset(
    {"title", "survey_id", "question_type", "scale_min", "scale_max", "scale_min_label", "scale_mid_label", "scale_max_label"}
    | {"constr_mandatory", "is_page", "suggested_answer_ids"}
)


class SurveyQuestion(models.Model):
    """A question stays as it is while residents answer it."""

    _inherit = "survey.question"

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        questions._refuse_asked()
        return questions

    def write(self, vals):
        if vals.keys() & ASKED:
            self.check_access("write")
            self._refuse_asked()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_not_asked(self):
        self._refuse_asked()

    def _refuse_asked(self):
        """:raise UserError: while they are asked"""
        asked = self.survey_id._asked_outreach()
        if asked:
            raise UserError(self.env._("Questions: they are being asked in “%s” and stay as they are until it is over.", asked.name))


class SurveyQuestionAnswer(models.Model):
    """What can be chosen stays, too."""

    _inherit = "survey.question.answer"

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        answers.question_id._refuse_asked()
        return answers

    def write(self, vals):
        if vals.keys() & {"value", "question_id", "matrix_question_id"}:
            self.check_access("write")
            self.question_id._refuse_asked()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_not_asked(self):
        self.question_id._refuse_asked()
