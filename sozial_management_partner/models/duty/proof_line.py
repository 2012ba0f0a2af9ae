from odoo import api, fields, models


class SozialAgreementProofLine(models.Model):
    """One position of a proof: planned by the agreement, spent by the receipts."""

    _name = "sozial.agreement.proof.line"
    _description = "Position of a proof of use"
    _inherit = ["sozial.portal.readable"]
    _order = "proof_id, sequence, id"
    _portal_fields = frozenset(
        {"id", "display_name", "proof_id", "company_id", "currency_id", "sequence", "name", "planned", "spent", "receipt_ids"}
    )

    proof_id = fields.Many2one("sozial.agreement.proof", "Proof of use", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="proof_id.company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char("Position", required=True)
    planned = fields.Monetary(required=True)
    spent = fields.Monetary(compute="_compute_spent", store=True)
    receipt_ids = fields.One2many("sozial.agreement.proof.receipt", "line_id", "Receipts")

    _planned_positive = models.Constraint("CHECK (planned >= 0)", "Planned: 0 or more.")

    @api.depends("receipt_ids.amount")
    def _compute_spent(self):
        for line in self:
            line.spent = sum(line.receipt_ids.mapped("amount"))
