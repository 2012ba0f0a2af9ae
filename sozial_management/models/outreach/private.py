from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialOutreachPrivate(models.AbstractModel):
    """What is learnt about people at a dwelling: for those who work on the outreach alone, under § 203 StGB like a case."""

    _name = "sozial.outreach.private"
    _description = "Noted at a dwelling"
    _inherit = "sozial.hidden"
    _check_company_auto = True
    _of_few = True  # see models/case/secrecy.py

    visit_id = fields.Many2one("sozial.outreach.visit", "Dwelling", required=True, readonly=True, index=True, ondelete="cascade")
    outreach_id = fields.Many2one(related="visit_id.outreach_id", string="Outreach", store=True, precompute=True, index=True)
    dwelling_id = fields.Many2one(related="visit_id.dwelling_id", string="Home", store=True, precompute=True, index=True)
    building_id = fields.Many2one(related="visit_id.building_id", string="Building", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="visit_id.company_id", string="Company", store=True, precompute=True, index=True)
    tenant_id = fields.Many2one(related="visit_id.tenant_id", string="Tenant")
    outreach_state = fields.Selection(related="outreach_id.state", string="State of the outreach")

    @api.depends("dwelling_id.name")
    def _compute_display_name(self):
        """The dwelling alone: names of records show up in errors, logs and mails."""
        for row in self:
            row.display_name = row.dwelling_id.name

    def _require_running(self):
        """:raise UserError: before it began and after its end nothing is entered"""
        for outreach in self.outreach_id:
            if outreach.state != "running":
                raise UserError(self.env._("%s does not run: nothing is entered any more.", outreach.name))

    @api.model
    def _forget(self, outreaches):
        """Delete what was noted. Models whose rows stay override this."""
        self.search([("outreach_id", "in", outreaches.ids)], limit=None).unlink()
