import secrets

from odoo import api, fields, models

HALF = 2**30


class SozialSurveyAnswer(models.Model):
    """One answer to one question. Knows the building and neither dwelling nor person; for nobody, and it goes when the survey ends."""

    _name = "sozial.survey.answer"
    _description = "Answer in a survey of the neighbourhood"
    _log_access = False
    _order = "id"

    outreach_id = fields.Many2one("sozial.outreach", "Survey", required=True, index=True, ondelete="cascade")
    building_id = fields.Many2one(
        "sozial.building", "Building", index=True, ondelete="cascade",
        help="From the code. Empty: a sheet on paper that came back without its code; it is counted apart.",
    )  # fmt: skip
    sheet = fields.Char(required=True, help="Which answers were given together. Drawn by lot.")
    question_id = fields.Many2one("survey.question", "Question", required=True, index=True, ondelete="cascade")
    option_id = fields.Many2one("survey.question.answer", "Choice", index="btree_not_null", ondelete="cascade")
    number = fields.Integer(aggregator=None)
    text = fields.Text()

    @api.model
    def _keep(self, outreach, building, rows):
        """Keep one sheet of answers; whoever calls has used its code up.

        Its numbers are drawn by lot: counted on, they would tell who answered before whom.
        """
        sheet = secrets.token_hex(8)
        answers = self.sudo().create([{"outreach_id": outreach.id, "building_id": building.id, "sheet": sheet, **row} for row in rows])
        self.env.flush_all()
        drawn = [HALF + secrets.randbelow(HALF) for _answer in answers]
        self.env.cr.execute(
            """UPDATE sozial_survey_answer AS answer SET id = lot.drawn
                 FROM unnest(%s, %s) AS lot(id, drawn) WHERE answer.id = lot.id""",
            [answers.ids, drawn],
        )
        self.invalidate_model(flush=False)
