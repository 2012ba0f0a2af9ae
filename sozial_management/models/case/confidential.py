from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialConfidential(models.AbstractModel):
    """What belongs to a case and is as secret as the case itself.

    Every model below a case inherits this, grandchildren included, and carries the
    global record rule over `case_id`; a test walks the registry and compares.
    """

    _name = "sozial.confidential"
    _description = "Part of a confidential case"
    _inherit = "sozial.hidden"
    _check_company_auto = True

    case_id = fields.Many2one(
        "sozial.case", "Case", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="case_id.company_id", string="Company", store=True, precompute=True, index=True
    )

    @api.depends("case_id.name")
    def _compute_display_name(self):
        """The case number alone: names of records show up in errors, logs and mails."""
        for row in self:
            row.display_name = row.case_id.name

    @api.model_create_multi
    def create(self, vals_list):
        """Ask for access to the case first: otherwise the refusal of a double entry, which comes
        from the database before any rule, would tell who takes part in it."""
        if not self.env.su:
            default = self.env.context.get("default_case_id")
            cases = {vals.get("case_id", default) for vals in vals_list}
            self.env["sozial.case"].browse(filter(None, cases)).check_access("read")
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to move a row to another case: who may read it is decided by its case."""
        if "case_id" in vals and any(row.case_id.id != vals["case_id"] for row in self):
            raise UserError(self.env._("Case: an entry cannot move to another case. Enter it there anew."))
        return super().write(vals)
