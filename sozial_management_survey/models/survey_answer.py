from odoo import fields, models


class SozialSurveyAnswer(models.Model):
    """One answer to one question. Knows the building and neither dwelling nor person; for nobody, and it goes when the survey ends."""

    _name = "sozial.survey.answer"
    _description = "Answer in a survey of the neighbourhood"
    _log_access = False
    _order = "id"

    outreach_id = fields.Many2one("sozial.outreach", "Survey", required=True, index=True, ondelete="cascade")
    building_id = fields.Many2one("sozial.building", "Building", required=True, index=True, ondelete="cascade")
    sheet = fields.Char(required=True, help="Which answers were given together. Drawn by lot.")
    question_id = fields.Many2one("survey.question", "Question", required=True, index=True, ondelete="cascade")
    option_id = fields.Many2one("survey.question.answer", "Choice", index="btree_not_null", ondelete="cascade")
    number = fields.Integer(aggregator=None)
    text = fields.Text()
