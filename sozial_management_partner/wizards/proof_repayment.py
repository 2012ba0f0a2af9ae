from odoo import fields, models


class SozialAgreementProofRepayment(models.TransientModel):
    """The dialog in which money that came back is noted, whole or a part."""

    _name = "sozial.agreement.proof.repayment"
    _description = "Repayment of unused funds"

    proof_id = fields.Many2one("sozial.agreement.proof", "Proof of use", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="proof_id.currency_id", related_sudo=False)
    still_owed = fields.Monetary(related="proof_id.still_owed", related_sudo=False)
    amount = fields.Monetary("Amount", required=True, help="What came in. Less than is owed: the rest stays awaited.")
    day = fields.Date("Came in on", required=True, default=fields.Date.context_today)

    def action_confirm(self):
        """Note it."""
        self.ensure_one()
        self.proof_id._note_repayment(self.amount, self.day)
        return {"type": "ir.actions.act_window_close"}
