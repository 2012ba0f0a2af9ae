from odoo import api, fields, models


class OutreachPaperPrint(models.AbstractModel):
    """The way through a building on paper: what stands at the bell, and room to write. Nothing of what came of it."""

    _name = "report.sozial_management.outreach_paper_form"
    _description = "Printed list of dwellings"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without the right to read the rows"""
        visits = self.env["sozial.outreach.visit"].browse(docids)
        visits.check_access("read")
        ticks = [label for state, label in visits._fields["state"]._description_selection(self.env) if state != "planned"]
        return {"docs": visits, "pages": visits._paper_pages(), "ticks": ticks, "day": fields.Date.context_today(visits)}
