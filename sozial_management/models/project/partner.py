from odoo import api, fields, models
from odoo.exceptions import ValidationError

ROLES = [
    ("school", "School or kindergarten"),
    ("youth", "Youth work"),
    ("welfare", "Welfare organisation"),
    ("club", "Club or initiative"),
    ("town", "Town or authority"),
    ("housing", "Housing company"),
    ("other", "Other"),
]


class SozialProjectPartner(models.Model):
    """An organisation that carries the project along, and what it brings in."""

    _name = "sozial.project.partner"
    _description = "Partner of a project"
    _inherit = "sozial.project.part"
    _order = "role, id"

    partner_id = fields.Many2one(
        "res.partner", "Organisation", required=True, index=True, ondelete="restrict", check_company=True,
        domain="[('is_company', '=', True)]",
    )  # fmt: skip
    role = fields.Selection(ROLES, "Kind", required=True, default="other")
    contact_id = fields.Many2one(
        "res.partner", "Contact person", index="btree_not_null", ondelete="set null", check_company=True,
        domain="[('commercial_partner_id', '=', partner_id), ('is_company', '=', False)]",
    )  # fmt: skip
    contribution = fields.Char("What they bring in", help="Rooms, staff, material, the way to parents …")

    _once = models.Constraint("UNIQUE (project_id, partner_id)", "Organisation: it stands in this project already.")

    @api.constrains("partner_id", "contact_id")
    def _check_partner_id(self):
        for row in self:
            if not row.partner_id.is_company:
                raise ValidationError(self.env._("Organisation: %s is a person. Choose the organisation.", row.partner_id.display_name))
            if row.contact_id and row.contact_id.commercial_partner_id != row.partner_id.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "Contact person: %(person)s does not belong to %(organisation)s.",
                        person=row.contact_id.display_name, organisation=row.partner_id.display_name,
                    )
                )  # fmt: skip

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        if self.contact_id.commercial_partner_id != self.partner_id.commercial_partner_id:
            self.contact_id = False
