from odoo import api, models


class OutreachCopyPrint(models.AbstractModel):
    """Values of the letter about what was noted at a dwelling."""

    _name = "report.sozial_management.outreach_copy"
    _description = "Letter about what was noted at a dwelling"
    _of = None  # the model of the rows

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: for whoever does not work on the outreach"""
        rows = self.env[self._of].browse(docids)
        rows.check_access("read")
        return {"docs": [row._answer() for row in rows], "companies": [row.company_id for row in rows]}


class WorksSheetCopyPrint(models.AbstractModel):
    """The letter about a sheet of works."""

    _name = "report.sozial_management.works_sheet_copy"
    _description = "Letter about a sheet of works"
    _inherit = "report.sozial_management.outreach_copy"
    _of = "sozial.works.sheet"


class HomeCheckCopyPrint(models.AbstractModel):
    """The letter about a checklist at home."""

    _name = "report.sozial_management.home_check_copy"
    _description = "Letter about a checklist at home"
    _inherit = "report.sozial_management.outreach_copy"
    _of = "sozial.home.check"
