from odoo import api, fields, models
from odoo.fields import Domain


def dwelling_name(building_name, position, number):
    """Address and place in the building; the number stands for a place nobody has named."""
    return ", ".join(part for part in (building_name, position or number) if part)


class SozialDwelling(models.Model):
    """A dwelling (Wohnung): what a tenancy is about."""

    _name = "sozial.dwelling"
    _description = "Dwelling"
    _order = "building_id, floor, number, id"
    _rec_names_search = ["number", "name"]
    _check_company_auto = True

    name = fields.Char("Dwelling", compute="_compute_name", store=True, index="trigram")
    building_id = fields.Many2one(
        "sozial.building", "Building", required=True, index=True, ondelete="restrict", check_company=True
    )
    number = fields.Char(
        "Dwelling number",
        required=True,
        help="Number of the unit in the housing company's own system (VE-Nr.).",
    )
    position = fields.Char(help="Where in the building, for example »2. OG links«.")
    floor = fields.Integer(help="0 is the ground floor, -1 the basement.")
    rooms = fields.Float(digits=(4, 1), help="As in the contract, without kitchen and bath; half rooms count 0.5.")
    area = fields.Float("Living area (m²)", digits=(7, 2))
    accessible = fields.Boolean(help="Fit for people with walking aids or a wheelchair: no steps, wide doors.")
    rent_asked = fields.Monetary("Rent asked", help="Gross rent with heating a month if it is to let. Empty: not known yet.")
    currency_id = fields.Many2one(related="company_id.currency_id", related_sudo=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        related="building_id.company_id", string="Company", store=True, precompute=True, index=True
    )
    quarter_id = fields.Many2one(
        related="building_id.quarter_id", string="Quarter", store=True, precompute=True, index="btree_not_null"
    )
    tenancy_ids = fields.One2many("sozial.tenancy", "dwelling_id", string="Tenancies")
    tenancy_count = fields.Integer("Number of tenancies", compute="_compute_tenancy_count")
    current_tenancy_id = fields.Many2one(
        "sozial.tenancy",
        "Running tenancy",
        compute="_compute_current_tenancy_id",
        search="_search_current_tenancy_id",
    )

    _number_unique = models.Constraint(
        "UNIQUE (company_id, number)", "Another dwelling has this dwelling number already."
    )
    _sizes_positive = models.Constraint(
        "CHECK (COALESCE(rooms, 0) >= 0 AND COALESCE(area, 0) >= 0 AND COALESCE(rent_asked, 0) >= 0)",
        "Rooms, living area and rent asked cannot be negative.",
    )

    @api.depends("building_id.name", "position", "number")
    def _compute_name(self):
        for dwelling in self:
            dwelling.name = dwelling_name(dwelling.building_id.name, dwelling.position, dwelling.number)

    def _compute_tenancy_count(self):
        groups = self.env["sozial.tenancy"]._read_group(
            [("dwelling_id", "in", self.ids)], ["dwelling_id"], ["__count"]
        )
        counts = {dwelling.id: count for dwelling, count in groups}
        for dwelling in self:
            dwelling.tenancy_count = counts.get(dwelling.id, 0)

    def _compute_current_tenancy_id(self):
        running = self.env["sozial.tenancy"].search_fetch(
            [("dwelling_id", "in", self.ids), ("state", "=", "running")], ["dwelling_id"]
        )
        current = {tenancy.dwelling_id.id: tenancy.id for tenancy in running}
        for dwelling in self:
            dwelling.current_tenancy_id = current.get(dwelling.id)

    def _search_current_tenancy_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        running = Domain("state", "=", "running")
        domain = Domain("tenancy_ids", "any", running & Domain("id", "in", [i for i in value if i]))
        if False in value:
            domain |= Domain("tenancy_ids", "not any", running)
        return domain

    def action_view_tenancies(self):
        """Open the tenancies of the dwelling over time, the newest first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_tenancy")
        action["domain"] = [("dwelling_id", "=", self.id)]
        action["context"] = {"default_dwelling_id": self.id}
        return action

    def action_open_map(self):
        """Show the building's address on a map."""
        return self.building_id.action_open_map()
