from odoo import api, fields, models


class SozialTenancyOccupant(models.Model):
    """A person who lives in a dwelling: a contract partner or a member of the household.

    Legal notices run per contract partner (role `tenant`), therefore each has a row.
    """

    _name = "sozial.tenancy.occupant"
    _description = "Member of a household"
    _order = "role desc, date_start, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    tenancy_id = fields.Many2one(
        "sozial.tenancy", "Tenancy", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="tenancy_id.company_id", string="Company", store=True, precompute=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, index=True, ondelete="restrict", check_company=True
    )
    role = fields.Selection(
        [("tenant", "Contract partner"), ("household", "Member of the household")],
        required=True,
        default="household",
        help="A contract partner signed the contract and receives notices.",
    )
    date_start = fields.Date(
        "Since", compute="_compute_date_start", store=True, precompute=True, readonly=False
    )
    date_end = fields.Date("Until", help="Moved out on; empty while the person lives here.")

    _person_once = models.Constraint(
        "UNIQUE (tenancy_id, partner_id)", "This person is listed in the household already."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "Until lies before since. Correct one of the two dates.",
    )

    @api.depends("tenancy_id")
    def _compute_date_start(self):
        for occupant in self:
            occupant.date_start = occupant.date_start or occupant.tenancy_id.date_start
