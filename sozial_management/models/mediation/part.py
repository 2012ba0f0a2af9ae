from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialMediationPart(models.AbstractModel):
    """Something below a mediation: as secret as its case, and it stays with its mediation."""

    _name = "sozial.mediation.part"
    _description = "Part of a mediation"
    _inherit = ["sozial.confidential", "sozial.guarded"]

    mediation_id = fields.Many2one(
        "sozial.mediation", "Mediation", required=True, index=True, ondelete="cascade", anonymise="keep"
    )
    case_id = fields.Many2one(related="mediation_id.case_id", string="Case", store=True, precompute=True, readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        mediations = self._mediations_named(vals_list)
        if not self.env.su:
            mediations.check_access("write")
        mediations.case_id._require_not_ended()
        return super(SozialMediationPart, self._without_guarded_defaults()).create(vals_list)

    @api.model
    def _mediations_named(self, vals_list):
        """The mediations that new rows belong to."""
        default = self.env.context.get("default_mediation_id")
        return self.env["sozial.mediation"].browse({vals.get("mediation_id", default) for vals in vals_list} - {None, False})

    def write(self, vals):
        self._refuse_guarded(vals)
        if vals.keys() & {"mediation_id", "party_id", "case_id"}:
            raise UserError(self.env._("Mediation: an entry stays where it was made."))
        return super().write(vals)

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)
