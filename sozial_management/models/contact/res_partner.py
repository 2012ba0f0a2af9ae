from odoo import api, fields, models

# Facts about a person's life: for those who look after tenants, not for every employee.
TENANT_STAFF = ",".join(
    f"sozial_management.group_sozial_{role}" for role in ("frontdesk", "worker", "config")
)


class ResPartner(models.Model):
    """Tenants and the members of their households.

    Nothing here tells whether somebody is a client of the social department:
    a contact has no link to cases, and none may be added.
    """

    _inherit = "res.partner"

    tenant_number = fields.Char(
        "Tenant number",
        groups=TENANT_STAFF,
        copy=False,
        help="Number of the person in the housing company's own system (Mieternummer).",
    )
    member_number = fields.Char(
        "Member number",
        groups=TENANT_STAFF,
        copy=False,
        help="Number of the member in a cooperative (Mitgliedsnummer).",
    )
    birth_date = fields.Date("Date of birth", groups=TENANT_STAFF, copy=False)
    language_ids = fields.Many2many("sozial.language", string="Languages spoken", groups=TENANT_STAFF)
    interpreter_needed = fields.Boolean(
        groups=TENANT_STAFF, help="A talk without an interpreter would not be understood."
    )
    occupancy_ids = fields.One2many(
        "sozial.tenancy.occupant", "partner_id", string="Lives in", groups=TENANT_STAFF
    )
    tenancy_ids = fields.Many2many(
        "sozial.tenancy",
        string="Tenancies",
        compute="_compute_tenancy_ids",
        groups=TENANT_STAFF,
        help="Tenancies in which this person is a contract partner or a member of the household.",
    )
    tenancy_count = fields.Integer(
        "Number of tenancies", compute="_compute_tenancy_ids", groups=TENANT_STAFF
    )

    _tenant_number_unique = models.UniqueIndex(
        "(company_id, tenant_number) WHERE tenant_number IS NOT NULL",
        "Another contact of this company has the same tenant number.",
    )

    @api.depends("occupancy_ids.tenancy_id")
    def _compute_tenancy_ids(self):
        for partner in self:
            partner.tenancy_ids = partner.occupancy_ids.tenancy_id
            partner.tenancy_count = len(partner.tenancy_ids)

    def write(self, vals):
        result = super().write(vals)
        if {"parent_id", "is_company"} & vals.keys() and self._with_users():
            # record rules with user.commercial_partner_id are cached: who changes the organisation
            # would go on reading what belongs to the former one
            self.env.registry.clear_cache()
        return result

    def _with_users(self):
        """Whether somebody logs in as one of these contacts or as a contact below them."""
        users = self.env["res.users"].sudo().with_context(active_test=False)
        return bool(users.search_count([("partner_id", "child_of", self.ids)], limit=1))

    def action_view_tenancies(self):
        """Open the tenancies this person lives in."""
        self.ensure_one()
        return self.tenancy_ids._action_open()
