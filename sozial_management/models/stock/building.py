import re
from urllib.parse import quote_plus

from odoo import api, fields, models


class SozialBuilding(models.Model):
    """A building: one address with its dwellings (Haus, Wirtschaftseinheit)."""

    _name = "sozial.building"
    _description = "Building"
    _order = "street, house_number_sort, house_number, id"
    _rec_names_search = ["name", "external_ref"]
    _check_company_auto = True

    name = fields.Char("Building", compute="_compute_name", store=True, index="trigram")
    street = fields.Char("Street", required=True)
    house_number = fields.Char("House number", required=True)
    house_number_sort = fields.Integer(compute="_compute_name", store=True)
    zip = fields.Char("Postcode", required=True)
    city = fields.Char("City", required=True)
    quarter_id = fields.Many2one(
        "sozial.quarter",
        "Quarter",
        index="btree_not_null",
        check_company=True,
        help="All dwellings and tenancies of the building belong to it too.",
    )
    external_ref = fields.Char(
        "Property number",
        index="btree_not_null",
        help="Number of the property in the housing company's own system (Wirtschaftseinheit).",
    )
    year_built = fields.Integer("Year of construction")
    accessible = fields.Boolean(
        "Step-free entrance", help="The entrance of the building can be reached without steps."
    )
    has_lift = fields.Boolean("Lift")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, default=lambda self: self.env.company
    )
    dwelling_ids = fields.One2many("sozial.dwelling", "building_id", string="Dwellings")
    dwelling_count = fields.Integer("Number of dwellings", compute="_compute_counts")
    tenancy_count = fields.Integer("Running tenancies", compute="_compute_counts")

    _address_unique = models.Constraint(
        "UNIQUE (company_id, zip, city, street, house_number)",
        "A building with this address exists already.",
    )
    _year_built_plausible = models.Constraint(
        "CHECK (COALESCE(year_built, 0) = 0 OR year_built BETWEEN 1200 AND 2200)",
        "Year of construction: enter a year with four digits.",
    )

    @api.depends("street", "house_number")
    def _compute_name(self):
        for building in self:
            number = (building.house_number or "").strip()
            leading_digits = re.match(r"\d{1,9}", number)
            building.name = f"{building.street or ''} {number}".strip()
            building.house_number_sort = int(leading_digits[0]) if leading_digits else 0

    def _compute_counts(self):
        dwellings = self._count("sozial.dwelling", [])
        tenancies = self._count("sozial.tenancy", [("state", "=", "running")])
        for building in self:
            building.dwelling_count = dwellings.get(building.id, 0)
            building.tenancy_count = tenancies.get(building.id, 0)

    def _count(self, model, domain):
        """Number of `model`'s records that match `domain`, by building id."""
        groups = self.env[model]._read_group(
            [("building_id", "in", self.ids), *domain], ["building_id"], ["__count"]
        )
        return {building.id: count for building, count in groups}

    def action_view_dwellings(self):
        """Open the building's dwellings."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_dwelling")
        action["domain"] = [("building_id", "=", self.id)]
        action["context"] = {"default_building_id": self.id}
        return action

    def action_view_tenancies(self):
        """Open the building's tenancies, the running ones at first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_tenancy")
        action["domain"] = [("building_id", "=", self.id)]
        action["context"] = {"search_default_running": 1}
        return action

    def action_open_map(self):
        """Show the address on OpenStreetMap in a new tab; only the address leaves the house."""
        self.ensure_one()
        address = f"{self.street} {self.house_number}, {self.zip} {self.city}"
        return {
            "type": "ir.actions.act_url",
            "url": f"https://www.openstreetmap.org/search?query={quote_plus(address)}",
            "target": "new",
        }
