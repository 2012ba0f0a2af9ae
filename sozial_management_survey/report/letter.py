from odoo import api, models


class OutreachPrint(models.AbstractModel):
    """Letters of a survey, each with its code and its questionnaire: for those who send them."""

    _inherit = "report.sozial_management.outreach_form"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: for others: whoever knows the codes of dwellings could tell who has answered"""
        self.env["sozial.outreach"].browse(docids)._require_codes()
        values = super()._get_report_values(docids, data)
        sheets = {}
        for letter in values["letters"]:
            outreach = letter["visit"].outreach_id
            if outreach.kind == "survey" and outreach.survey_on_paper:
                languages = tuple(column["lang"] for column in letter["columns"])
                if languages not in sheets:
                    sheets[languages] = outreach._questionnaire(languages)
                letter["sheet"] = sheets[languages]
        return values
