from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SozialOutreachPrivate(models.AbstractModel):
    """What is learnt about people at a dwelling: for those who work on the outreach alone, under § 203 StGB like a case.

    One row for each tenancy: who moves in begins anew and inherits neither needs nor objections. The row of who moved out is
    closed and stays until it is deleted, as claims may still follow.
    """

    _name = "sozial.outreach.private"
    _description = "Noted at a dwelling"
    _inherit = ["sozial.hidden", "sozial.access.logged.row", "sozial.subject.answer"]
    _anonymise = "delete"
    _check_company_auto = True
    _of_few = True  # see models/case/secrecy.py

    visit_id = fields.Many2one("sozial.outreach.visit", "Dwelling", required=True, readonly=True, index=True, ondelete="cascade")
    outreach_id = fields.Many2one(related="visit_id.outreach_id", string="Outreach", store=True, precompute=True, index=True)
    dwelling_id = fields.Many2one(related="visit_id.dwelling_id", string="Home", store=True, precompute=True, index=True)
    building_id = fields.Many2one(related="visit_id.building_id", string="Building", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="visit_id.company_id", string="Company", store=True, precompute=True, index=True)
    tenancy_id = fields.Many2one(
        "sozial.tenancy", "Tenancy", compute="_compute_tenancy_id", store=True, precompute=True, required=True, index=True,
        ondelete="cascade", check_company=True, help="Whose needs stand here. Who moves in later has a row of their own.",
    )  # fmt: skip
    tenant_id = fields.Many2one(related="tenancy_id.partner_id", string="Tenant")
    moved_out_on = fields.Date("Moved out on", compute="_compute_former", help="Last day of a tenancy that has ended.")
    former = fields.Boolean(
        "Former tenancy", compute="_compute_former", search="_search_former",
        help="The tenancy has ended: what was noted stays as it is, and nothing is entered any more.",
    )  # fmt: skip
    former_count = fields.Integer("Former tenancies", compute="_compute_former_count")
    outreach_state = fields.Selection(related="outreach_id.state", string="State of the outreach")

    @api.depends("dwelling_id.name")
    def _compute_display_name(self):
        """The dwelling alone: names of records show up in errors, logs and mails."""
        for row in self:
            row.display_name = row.dwelling_id.name

    @api.depends("visit_id")
    def _compute_tenancy_id(self):
        """Who lives there when the row is made. It stays when somebody else moves in: nothing here depends on the day."""
        tenancies = self.visit_id._running_tenancies()
        for row in self:
            row.tenancy_id = tenancies.get(row.visit_id.dwelling_id.id, False)

    @api.depends("tenancy_id.date_end")
    def _compute_former(self):
        today = fields.Date.context_today(self)
        for row in self:
            end = row.tenancy_id.date_end
            row.former = bool(end) and end < today
            row.moved_out_on = row.former and end

    def _search_former(self, operator, value):
        if operator != "in":
            return NotImplemented
        former = Domain("tenancy_id.date_end", "<", fields.Date.to_string(fields.Date.context_today(self)))
        if len(value) > 1:
            return Domain.TRUE
        return former if True in value else ~former

    @api.depends("visit_id")
    def _compute_former_count(self):
        """How many tenancies of the same dwelling have ended and left a row here."""
        groups = self._read_group([("visit_id", "in", self.visit_id.ids), ("former", "=", True)], ["visit_id"], ["__count"])
        counts = {visit.id: count for visit, count in groups}
        for row in self:
            row.former_count = counts.get(row.visit_id.id, 0)

    def _require_running(self):
        """:raise UserError: before it began and after its end nothing is entered"""
        for outreach in self.outreach_id:
            if outreach.state != "running":
                raise UserError(self.env._("%s does not run: nothing is entered any more.", outreach.name))

    def _require_current(self):
        """:raise UserError: of a tenancy that has ended nothing is entered any more"""
        for row in self:
            if row.former:
                raise UserError(
                    self.env._("%s: this tenancy has ended, and what was noted stays as it is. Enter it for the tenant of today.",
                               row.dwelling_id.name)
                )  # fmt: skip

    def action_view_tenancies(self):
        """Open what was noted at this dwelling, tenancy by tenancy."""
        self.ensure_one()
        self.check_access("read")
        return self.visit_id._list_private(self._name)

    @api.model
    def _forget(self, domain):
        """Delete what was noted. Models whose rows stay override this.

        :param domain: of rows whose time is over
        """
        self.search(domain, limit=None).unlink()
