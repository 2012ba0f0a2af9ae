from odoo import fields, models


class SozialHandoverDecline(models.TransientModel):
    """Decline a hand-over with a reason for the colleague."""

    _name = "sozial.handover.decline"
    _description = "Decline a hand-over"

    handover_id = fields.Many2one("sozial.handover", "Hand-over", required=True, ondelete="cascade")
    reason = fields.Text(
        required=True, help="Why not, and where to turn instead. The colleague who handed over reads it."
    )

    def action_confirm(self):
        """Decline the hand-over."""
        self.ensure_one()
        self.handover_id._decline(self.reason)
        return {"type": "ir.actions.act_window_close"}
