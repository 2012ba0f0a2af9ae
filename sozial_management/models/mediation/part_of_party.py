from odoo import api, fields, models


class SozialMediationOfParty(models.AbstractModel):
    """Something below a party of a mediation."""

    _name = "sozial.mediation.of.party"
    _description = "Part of a party in a mediation"
    _inherit = "sozial.mediation.part"

    party_id = fields.Many2one("sozial.mediation.party", "Party", required=True, index=True, ondelete="cascade")
    mediation_id = fields.Many2one(related="party_id.mediation_id", string="Mediation", store=True, precompute=True, readonly=True)

    @api.model
    def _mediations_named(self, vals_list):
        default = self.env.context.get("default_party_id")
        parties = self.env["sozial.mediation.party"].browse({vals.get("party_id", default) for vals in vals_list} - {None, False})
        if not self.env.su:
            parties.check_access("write")
        return parties.mediation_id
