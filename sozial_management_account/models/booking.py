from odoo import api, fields, models


class SozialRoomBooking(models.Model):
    """What the staff of a centre sees of the invoice: whether there is one, and whether it is paid."""

    _inherit = "sozial.room.booking"

    invoice_text = fields.Char("Invoice", compute="_compute_invoice_text", help="The invoice itself is for accounting.")

    @api.depends_context("uid")
    def _compute_invoice_text(self):
        # the staff of a centre has no access to accounting, and learns the status only
        moves = self.env["account.move"].sudo().search(
            [("sozial_booking_id", "in", self.ids), ("state", "!=", "cancel")], limit=None
        )
        by_booking = moves.grouped("sozial_booking_id")
        for booking in self:
            move = by_booking.get(booking._origin)
            booking.invoice_text = move._sozial_status() if move else False


class AccountMove(models.Model):
    _inherit = "account.move"

    def _sozial_status(self):
        """Number and status of an invoice in a few words."""
        self.ensure_one()
        if self.state == "draft":
            return self.env._("Draft, accounting checks it")
        status = dict(self._fields["payment_state"]._description_selection(self.env)).get(self.payment_state, "")
        return f"{self.name} · {status}"
