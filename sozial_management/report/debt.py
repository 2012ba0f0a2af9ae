from odoo import api, models


class BudgetPrint(models.AbstractModel):
    """Values of the printed household budget, in the client's language where it is installed."""

    _name = "report.sozial_management.budget_form"
    _description = "Printed household budget"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without a grant"""
        budgets = self.env["sozial.budget"].browse(docids)
        budgets.check_access("read")
        lang_of = {one.id: one.client_id.lang or self.env.lang for one in budgets}
        return {"docs": [one.with_context(lang=lang_of[one.id]) for one in budgets], "lang_of": lang_of}
