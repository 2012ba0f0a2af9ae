from odoo import api, models


class ProjectPrint(models.AbstractModel):
    """The report of a project, for funders and partners: small figures are hidden, pictures need consent."""

    _name = "report.sozial_management.project_form"
    _description = "Printed report of a project"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without the right to read the project"""
        projects = self.env["sozial.project"].browse(docids)
        projects.check_access("read")
        return {
            "docs": projects,
            "reach": {project.id: project._reach_to_tell() for project in projects},
            "pictures": {project.id: project.picture_ids.filtered(lambda one: one.in_report and one.may_be_shown) for project in projects},
        }
