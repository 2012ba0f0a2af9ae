from odoo import api, models


class HomeCheckPrint(models.AbstractModel):
    """The checklist of a dwelling on paper: empty to take along, or filled to leave with the tenant."""

    _name = "report.sozial_management.home_check_form"
    _description = "Printed checklist of a dwelling"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: for whoever does not work on the outreach"""
        checks = self.env["sozial.home.check"].browse(docids)
        checks.check_access("read")
        findings = self.env["sozial.home.line"]._fields["finding"]._description_selection(self.env)
        return {"docs": checks, "findings": findings}
