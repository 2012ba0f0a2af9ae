from odoo import fields, models


class SozialRoomBookingDecline(models.TransientModel):
    """Dialog: decline requests with a reason that the asker reads."""

    _name = "sozial.room.booking.decline"
    _description = "Decline a room request"

    booking_ids = fields.Many2many(
        "sozial.room.booking", required=True, default=lambda self: self.env.context.get("active_ids")
    )
    reason = fields.Text(required=True, help="Sent to the asker as it stands here.")

    def action_decline(self):
        """Decline the requests."""
        self.booking_ids._decline(self.reason)
        return {"type": "ir.actions.act_window_close"}
