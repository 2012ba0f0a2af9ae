from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

RENT_PARTS = ("rent_net", "rent_utilities", "rent_heating")


def gross_rent(values):
    """Bruttowarmmiete a month of a tenancy, or of a dict with all parts of its rent."""
    return sum(values[part] for part in RENT_PARTS)


def months_of_rent(arrears, gross):
    """Arrears in months of the gross rent; 0 while there is no rent."""
    return arrears / gross if gross else 0.0


class SozialTenancy(models.Model):
    """A tenancy (Mietverhältnis; in a cooperative: Nutzungsvertrag).

    Master data usually lives in the housing company's own system and comes in by file:
    `external_ref` is the key. Ended tenancies stay: they are the history of a dwelling.
    """

    _name = "sozial.tenancy"
    _description = "Tenancy"
    _order = "date_start desc, id desc"
    _rec_names_search = ["external_ref", "partner_id.name", "dwelling_id.name"]
    _check_company_auto = True

    external_ref = fields.Char(
        "Contract number",
        required=True,
        copy=False,
        help="Number of the contract in the housing company's own system (Vertragsnummer). "
        "A repeated import finds the tenancy by it.",
    )
    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, default=lambda self: self.env.company
    )
    # computed, not related: for a related one Odoo builds a virtual record for every amount that is inserted
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", compute_sudo=True)
    dwelling_id = fields.Many2one(
        "sozial.dwelling", "Dwelling", required=True, index=True, ondelete="restrict", check_company=True
    )
    building_id = fields.Many2one(
        related="dwelling_id.building_id", string="Building", store=True, precompute=True, index=True
    )
    quarter_id = fields.Many2one(
        related="dwelling_id.quarter_id", string="Quarter", store=True, precompute=True, index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Tenant",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="The contract partner who is addressed first. Further contract partners and "
        "members of the household stand below.",
    )
    occupant_ids = fields.One2many("sozial.tenancy.occupant", "tenancy_id", string="Household")
    occupant_count = fields.Integer(
        "Persons", compute="_compute_occupant_count", help="Who lives in the dwelling now, by the list of the household."
    )
    date_start = fields.Date("Start", required=True, default=fields.Date.context_today)
    date_end = fields.Date("End", copy=False, help="Last day of the tenancy; empty while it is open-ended.")
    state = fields.Selection(
        [("future", "Future"), ("running", "Running"), ("ended", "Ended")],
        "Status",
        compute="_compute_state",
        search="_search_state",
        help="Follows from start and end of the tenancy.",
    )
    rent_net = fields.Monetary("Net rent", help="Kaltmiete a month, without utilities.")
    rent_utilities = fields.Monetary(
        "Utilities", help="Advance payment a month for running costs, without heating."
    )
    rent_heating = fields.Monetary("Heating", help="Advance payment a month for heating and hot water.")
    rent_gross = fields.Monetary(
        "Gross rent",
        compute="_compute_rent_gross",
        store=True,
        precompute=True,
        help="Bruttowarmmiete a month: net rent, utilities and heating.",
    )
    arrears = fields.Monetary(copy=False, help="Rent still owed on the given day; 0 if nothing is owed.")
    arrears_date = fields.Date("Arrears as of", copy=False, help="The day on which this much was owed.")
    arrears_months = fields.Float(
        "Arrears in months of rent",
        compute="_compute_arrears_months",
        store=True,
        precompute=True,
        digits=(6, 1),
        help="Arrears divided by the gross rent of one month.",
    )

    _external_ref_unique = models.Constraint(
        "UNIQUE (company_id, external_ref)", "A tenancy with this contract number exists already."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)",
        "The end of the tenancy lies before its start. Correct one of the two dates.",
    )
    # int4range instead of `dwelling_id WITH =` needs no extension of PostgreSQL; deferrable,
    # so that one statement may end a tenancy and start the next in any order.
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (int4range(dwelling_id, dwelling_id, '[]') WITH &&, "
        "daterange(date_start, date_end, '[]') WITH &&) DEFERRABLE INITIALLY IMMEDIATE",
        "This dwelling has another tenancy at that time. "
        "Enter the end of the earlier tenancy first, or correct the start.",
    )
    _amounts_not_negative = models.Constraint(
        "CHECK (COALESCE(rent_net, 0) >= 0 AND COALESCE(rent_utilities, 0) >= 0 "
        "AND COALESCE(rent_heating, 0) >= 0 AND COALESCE(arrears, 0) >= 0)",
        "Rents and arrears cannot be negative.",
    )
    _period = models.Index("(company_id, date_end, date_start)")

    @api.depends("company_id.currency_id")
    def _compute_currency_id(self):
        for tenancy in self:
            tenancy.currency_id = tenancy.company_id.currency_id

    @api.depends("external_ref", "partner_id.name")
    def _compute_display_name(self):
        for tenancy in self:
            parts = (tenancy.external_ref, tenancy.partner_id.name)
            tenancy.display_name = " · ".join(part for part in parts if part)

    @api.depends("date_start", "date_end")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for tenancy in self:
            if tenancy.date_end and tenancy.date_end < today:
                tenancy.state = "ended"
            elif tenancy.date_start and tenancy.date_start > today:
                tenancy.state = "future"
            else:
                tenancy.state = "running"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        not_ended = Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        of_state = {
            "ended": Domain("date_end", "<", today),
            "future": Domain("date_start", ">", today) & not_ended,
            "running": Domain("date_start", "<=", today) & not_ended,
        }
        return Domain.OR(of_state[state] for state in value if state in of_state)

    @api.depends(*RENT_PARTS)
    def _compute_rent_gross(self):
        for tenancy in self:
            tenancy.rent_gross = gross_rent(tenancy)

    @api.depends("arrears", "rent_gross")
    def _compute_arrears_months(self):
        for tenancy in self:
            tenancy.arrears_months = months_of_rent(tenancy.arrears, tenancy.rent_gross)

    def _compute_occupant_count(self):
        groups = self.env["sozial.tenancy.occupant"]._read_group(
            [("tenancy_id", "in", self.ids), ("date_end", "=", False)], ["tenancy_id"], ["__count"]
        )
        counts = {tenancy.id: count for tenancy, count in groups}
        for tenancy in self:
            tenancy.occupant_count = counts.get(tenancy.id, 0)

    def _living_on(self, day):
        """Who lives in these dwellings on a day, by the list of the household."""
        return self.occupant_ids.filtered(
            lambda one: (not one.date_start or one.date_start <= day) and (not one.date_end or one.date_end >= day)
        ).partner_id

    @api.constrains("arrears", "arrears_date")
    def _check_arrears_date(self):
        if any(tenancy.arrears and not tenancy.arrears_date for tenancy in self):
            raise ValidationError(
                self.env._("Arrears as of: enter the day on which the arrears were counted.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        tenancies = super().create(vals_list)
        tenancies._list_tenant_in_household()
        return tenancies

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            self._list_tenant_in_household()
        return result

    def _list_tenant_in_household(self):
        """Give the first contract partner a row too: notices run per contract partner."""
        missing = self.filtered(lambda tenancy: tenancy.partner_id not in tenancy.occupant_ids.partner_id)
        if missing:
            self.env["sozial.tenancy.occupant"].create(
                [
                    {
                        "tenancy_id": tenancy.id,
                        "partner_id": tenancy.partner_id.id,
                        "role": "tenant",
                        "date_start": tenancy.date_start,
                    }
                    for tenancy in missing
                ]
            )

    def _action_open(self):
        """Action that shows just these tenancies: the form of a single one, else the list."""
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_tenancy")
        action["domain"] = [("id", "in", self.ids)]
        action["context"] = {}
        if len(self) == 1:
            action["views"] = [(False, "form")]
            action["res_id"] = self.id
        return action

    def action_view_dwelling(self):
        """Open the dwelling."""
        self.ensure_one()
        return self.dwelling_id.get_formview_action()

    def action_view_timeline(self):
        """Open all tenancies of the dwelling over time."""
        self.ensure_one()
        return self.dwelling_id.action_view_tenancies()

    def action_open_map(self):
        """Show the building's address on a map."""
        return self.building_id.action_open_map()
