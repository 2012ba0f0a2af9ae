from odoo import api, fields, models

from odoo.addons.sozial_management.models.figure.release import NOT_SHOWN


class SozialSurveyResult(models.Model):
    """What a survey found, as it was published at its end: one table a question. Small figures are hidden."""

    _name = "sozial.survey.result"
    _description = "Result of a survey"
    _order = "outreach_id desc, sequence, id"
    _check_company_auto = True

    outreach_id = fields.Many2one(
        "sozial.outreach", "Survey", required=True, readonly=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="outreach_id.company_id", store=True, precompute=True, index=True)
    sequence = fields.Integer(readonly=True, aggregator=None)
    name = fields.Char("Question", required=True, readonly=True)
    cells = fields.Json(readonly=True)
    texts = fields.Json(readonly=True)
    table = fields.Html("Answers", compute="_compute_table", sanitize=False)

    def _hidden_mark(self):
        return NOT_SHOWN

    def _legend(self):
        """What stands below the tables in a file."""
        return self.env._(
            "%s not shown: so few people stand behind it that somebody could be recognised, or it would give away such a figure.", NOT_SHOWN
        )

    @api.depends("cells", "texts")
    @api.depends_context("lang")
    def _compute_table(self):
        for result in self:
            result.table = self.env["ir.qweb"]._render("sozial_management_survey.result_table", {"result": result, "hidden": NOT_SHOWN})
