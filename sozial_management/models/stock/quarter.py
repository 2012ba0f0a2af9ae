from odoo import fields, models

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


class SozialQuarter(models.Model):
    """A quarter (Quartier): the part of a town by which social work is organised."""

    _name = "sozial.quarter"
    _description = "Quarter"
    _order = "sequence, name"
    _check_company_auto = True

    name = fields.Char("Quarter", required=True)
    code = fields.Char("Short name", help="For lists and maps, for example »NO« for Nordhausen-Ost.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer("Colour")
    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, default=lambda self: self.env.company
    )
    manager_id = fields.Many2one(
        "res.users",
        "Quarter manager",
        check_company=True,
        domain="[('share', '=', False)]",
        help="Whom tenants and colleagues may ask about this quarter.",
    )
    mietenstufe = fields.Selection(
        [(str(level), roman) for level, roman in enumerate(ROMAN, 1)],
        "Rent level (Mietenstufe)",
        help="Rent level of the municipality by the Wohngeldverordnung, I to VII. "
        "The Wohngeld pre-check needs it.",
    )
    note = fields.Text("Description")
    building_ids = fields.One2many("sozial.building", "quarter_id", string="Buildings")
    building_count = fields.Integer("Number of buildings", compute="_compute_counts")
    dwelling_count = fields.Integer("Number of dwellings", compute="_compute_counts")

    _name_company_unique = models.Constraint(
        "UNIQUE (company_id, name)", "A quarter of this name exists already."
    )

    def _compute_counts(self):
        buildings = self._count("sozial.building")
        dwellings = self._count("sozial.dwelling")
        for quarter in self:
            quarter.building_count = buildings.get(quarter.id, 0)
            quarter.dwelling_count = dwellings.get(quarter.id, 0)

    def _count(self, model):
        """Number of `model`'s records by quarter id."""
        groups = self.env[model]._read_group([("quarter_id", "in", self.ids)], ["quarter_id"], ["__count"])
        return {quarter.id: count for quarter, count in groups}

    def action_view_buildings(self):
        """Open the quarter's buildings."""
        return self._stock_action("sozial_management.action_sozial_building")

    def action_view_dwellings(self):
        """Open the quarter's dwellings."""
        return self._stock_action("sozial_management.action_sozial_dwelling")

    def _stock_action(self, xmlid):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [("quarter_id", "=", self.id)]
        action["context"] = {"default_quarter_id": self.id}
        return action
