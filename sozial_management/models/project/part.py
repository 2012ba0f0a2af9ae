from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialProjectPart(models.AbstractModel):
    """What belongs to a project: it stays with it, and changes only while the project has not ended."""

    _name = "sozial.project.part"
    _description = "Part of a project"
    _check_company_auto = True

    project_id = fields.Many2one("sozial.project", "Project", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="project_id.company_id", string="Company", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.project_id._require_open()
        return parts

    def write(self, vals):
        """:raise UserError: when it would move to another project, or the project has ended"""
        self.check_access("write")
        if "project_id" in vals and any(part.project_id.id != vals["project_id"] for part in self):
            raise UserError(self.env._("Project: an entry stays with its project. Enter it there anew."))
        self._require_changeable(vals)
        return super().write(vals)

    def _require_changeable(self, vals):
        """:raise UserError: when the project has ended"""
        self.project_id._require_open()

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self.project_id._require_open()
