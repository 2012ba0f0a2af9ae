from odoo import api, fields, models


class SozialAgreementProofReceipt(models.Model):
    """A receipt: what was paid, when, how much, with the file. Fixed as soon as the proof is handed in."""

    _name = "sozial.agreement.proof.receipt"
    _description = "Receipt"
    _inherit = ["sozial.portal.readable"]
    _order = "line_id, paid_on, id"
    _portal_fields = frozenset(
        {"id", "display_name", "line_id", "proof_id", "company_id", "currency_id", "name", "paid_on", "amount", "file", "file_name",
         "sha256"}
    )  # fmt: skip

    line_id = fields.Many2one("sozial.agreement.proof.line", "Position", required=True, index=True, ondelete="cascade")
    proof_id = fields.Many2one(related="line_id.proof_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="line_id.company_id", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    name = fields.Char("Paid for", required=True)
    paid_on = fields.Date("Paid on", required=True)
    amount = fields.Monetary(required=True)
    file = fields.Binary(attachment=True, required=True)
    file_name = fields.Char(required=True)
    sha256 = fields.Char("SHA-256", required=True)

    _amount_positive = models.Constraint("CHECK (amount > 0)", "Amount: enter an amount above 0.")
    _file_once = models.UniqueIndex("(proof_id, sha256)", "This file is among the receipts already.")

    @api.model_create_multi
    def create(self, vals_list):
        receipts = super().create(vals_list)
        receipts.proof_id._require_open()
        return receipts

    def write(self, vals):
        self.check_access("write")  # first: who may not does not learn how far the proof is
        self.proof_id._require_open()
        result = super().write(vals)
        self.proof_id._require_open()  # where it moved to, too
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self.proof_id._require_open()
