from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialHomePart(models.AbstractModel):
    """A part of a checklist, as secret as the checklist."""

    _name = "sozial.home.part"
    _description = "Part of a checklist"
    _inherit = ["sozial.hidden", "sozial.access.logged.row"]
    _anonymise = "delete"
    _check_company_auto = True
    _of_few = True  # see models/case/secrecy.py

    check_id = fields.Many2one("sozial.home.check", "Dwelling", required=True, readonly=True, index=True, ondelete="cascade")
    outreach_id = fields.Many2one(related="check_id.outreach_id", string="Outreach", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="check_id.company_id", string="Company", store=True, precompute=True, index=True)
    outreach_state = fields.Selection(related="outreach_id.state", string="State of the outreach")

    def _logged_as(self):
        """Reading a part is reading the checklist."""
        return "sozial.home.check"

    def _logged_keys(self):
        return {(part.check_id.id, part.company_id.id) for part in self._origin}

    def _case_field(self):
        return ["check_id", "company_id"]

    @api.depends("check_id")
    def _compute_display_name(self):
        """The dwelling alone: names of records show up in errors, logs and mails."""
        for part in self:
            part.display_name = part.check_id.display_name

    @api.model_create_multi
    def create(self, vals_list):
        """Ask for access to the checklist first: the database would tell which points stand on it."""
        default = self.env.context.get("default_check_id")
        self.env["sozial.home.check"].browse(filter(None, {vals.get("check_id", default) for vals in vals_list})).check_access("write")
        parts = super().create(vals_list)
        parts.check_id._require_running()
        parts.check_id._require_current()
        return parts

    def write(self, vals):
        """:raise UserError: when the outreach does not run, or for another checklist"""
        self.check_access("write")
        if vals.keys() & {"outreach_id", "company_id"} or any(part.check_id.id != vals.get("check_id", part.check_id.id) for part in self):
            raise UserError(self.env._("Dwelling: what was noted does not move to another checklist. Enter it there anew."))
        self.check_id._require_running()
        self.check_id._require_current()
        return super().write(vals)
