from odoo import api, models


class Questionnaire(models.AbstractModel):
    """A blank questionnaire: without code, in German."""

    _name = "report.sozial_management_survey.questionnaire_form"
    _description = "Questionnaire on paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without the right to read the outreach"""
        outreach = self.env["sozial.outreach"].browse(docids)
        outreach.check_access("read")
        return {"docs": outreach, "sheets": {one: one._questionnaire(["de"]) for one in outreach}}
