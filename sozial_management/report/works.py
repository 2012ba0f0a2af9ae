from odoo import api, models


class WorksSchedulePrint(models.AbstractModel):
    """The schedule of works, one page a building, to hang up in the house: it names no dwelling and nobody."""

    _name = "report.sozial_management.works_schedule_form"
    _description = "Printed schedule of works"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without the right to read the outreach"""
        outreaches = self.env["sozial.outreach"].browse(docids)
        outreaches.check_access("read")
        pages = [(doc, building, phases) for doc in outreaches for building, phases in doc.phase_ids.grouped("building_id").items()]
        return {"docs": outreaches, "pages": pages}
