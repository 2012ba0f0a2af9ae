from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SozialMediationSignature(models.Model):
    """A party signed this version of the agreement. The last signature ends the mediation."""

    _name = "sozial.mediation.signature"
    _description = "Signature under an agreement"
    _inherit = "sozial.mediation.of.party"
    _anonymise = "delete"
    _order = "signed_on, id"

    agreement_id = fields.Many2one("sozial.mediation.agreement", "Agreement", required=True, index=True, ondelete="cascade")
    signed_on = fields.Date("Signed on", required=True, default=fields.Date.context_today)
    signed_how = fields.Selection(
        [("paper", "On paper"), ("reading", "Read out and agreed orally")], "Way of signing", required=True, default="paper"
    )

    _once = models.Constraint("UNIQUE (agreement_id, party_id)", "This party has signed already.")

    @api.constrains("agreement_id", "party_id", "signed_on")
    def _check_signature(self):
        for signature in self:
            if signature.agreement_id.mediation_id != signature.mediation_id:
                raise ValidationError(self.env._("Party: choose one of this mediation."))
            if not signature.agreement_id.day <= signature.signed_on <= fields.Date.context_today(signature):
                raise ValidationError(self.env._("Signed on: between the day of the agreement and today."))

    @api.model_create_multi
    def create(self, vals_list):
        mediations = self._mediations_named(vals_list)
        if mediations:
            mediations.check_access("write")
            mediations._require_mediator()
            mediations._lock()
            mediations._require_all_willing()
        signatures = super().create(vals_list)
        if any(agreement.state != "draft" for agreement in signatures.agreement_id):
            raise UserError(self.env._("This version is not signed any more."))
        for mediation in mediations:
            mediation._signed()
        return signatures

    def write(self, vals):
        raise UserError(self.env._("A signature stays as it was given."))

    @api.ondelete(at_uninstall=False)
    def _unlink_before_the_last(self):
        self.mediation_id._require_mediator()
        if any(agreement.state != "draft" for agreement in self.agreement_id):
            raise UserError(self.env._("All have signed: the signatures stay."))
