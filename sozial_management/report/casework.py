from odoo import api, models

BARS = {"1": "#b3261e", "2": "#c2570c", "3": "#8a6d00", "4": "#3f7d3a", "5": "#0b6e4f"}


class AssessmentPrint(models.AbstractModel):
    """Values of the printed assessment, read with the rights of whoever prints."""

    _name = "report.sozial_management.assessment_form"
    _description = "Printed assessment"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without a grant"""
        assessments = self.env["sozial.assessment"].browse(docids)
        assessments.check_access("read")
        return {"docs": assessments, "bars": BARS}


class PlanPrint(models.AbstractModel):
    """Values of the printed plan, in the client's language where it is installed."""

    _name = "report.sozial_management.plan_form"
    _description = "Printed plan"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without a grant"""
        plans = self.env["sozial.plan"].browse(docids)
        plans.check_access("read")
        lang_of = {plan.id: plan.client_id.lang or self.env.lang for plan in plans}
        return {"docs": [plan.with_context(lang=lang_of[plan.id]) for plan in plans], "lang_of": lang_of}
