from odoo import api, fields, models


class SozialAgreementPosition(models.Model):
    """One position of what is paid: what for, and how much a month. The proof of use is held against it."""

    _name = "sozial.agreement.position"
    _description = "Position of the remuneration"
    _order = "agreement_id, sequence, id"

    agreement_id = fields.Many2one("sozial.agreement", "Agreement", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="agreement_id.company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char("What for", required=True, help="For example “staff” or “rent of the room”.")
    amount_month = fields.Monetary("A month", required=True)

    _amount_positive = models.Constraint("CHECK (amount_month > 0)", "A month: enter an amount above 0.")
    _once = models.Constraint("UNIQUE (agreement_id, name)", "This position stands in the agreement already.")

    @api.model_create_multi
    def create(self, vals_list):
        positions = super().create(vals_list)
        positions.agreement_id._require_draft()
        return positions

    def write(self, vals):
        self.agreement_id._require_draft()
        result = super().write(vals)
        self.agreement_id._require_draft()  # where it moved to, too
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_in_drafts(self):
        self.agreement_id._require_draft()
