from odoo import api, fields, models


class SozialRoomBooking(models.Model):
    """Key and deposit of a booking. Nothing of it is stored here: bookings stay as quick as they are."""

    _inherit = "sozial.room.booking"

    protocol_ids = fields.One2many("sozial.room.protocol", "booking_id", "Key protocols")
    deposit_ids = fields.One2many("sozial.room.deposit", "booking_id", "Deposit")  # none or one
    key_state = fields.Selection(
        [("here", "not handed out"), ("out", "handed out"), ("back", "given back")], "Key", compute="_compute_key_state"
    )

    @api.depends("protocol_ids.kind")
    def _compute_key_state(self):
        for booking in self:
            kinds = set(booking.protocol_ids.mapped("kind"))
            booking.key_state = "back" if "back" in kinds else "out" if "out" in kinds else "here"

    def action_key_out(self):
        """Open the protocol with which the key is handed out."""
        return self._open_protocol("out", self.env._("Hand out the key"))

    def action_key_back(self):
        """Open the protocol with which the key comes back."""
        return self._open_protocol("back", self.env._("Take the key back"))

    def _open_protocol(self, kind, title):
        self.ensure_one()
        found = self.protocol_ids.filtered(lambda protocol: protocol.kind == kind)
        person = self.protocol_ids[:1].person or self.partner_id.name
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "sozial.room.protocol",
            "res_id": found[:1].id,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_booking_id": self.id,
                "default_kind": kind,
                "default_person": person,
                "default_keys": self.protocol_ids[:1].keys,
            },
        }

    def action_deposit(self):
        """Open the deposit, or a new one with the amount that the room asks for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Deposit"),
            "res_model": "sozial.room.deposit",
            "res_id": self.deposit_ids[:1].id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_booking_id": self.id},
        }

    def _deposit_due(self):
        """What the fees of the room ask of this customer group as a deposit; 0 if nothing."""
        self.ensure_one()
        rows = self.room_id.fee_ids.filtered(lambda fee: fee.kind == "deposit" and fee.customer_group == self.customer_group)
        return sum(fee.amount * self._units(fee.unit) for fee in rows)

    def _units(self, unit):
        """How often a fee falls due: once, by the hour, or for each local day that the booking touches."""
        if unit == "hour":
            return (self.stop - self.start).total_seconds() / 3600
        if unit == "day":
            begins, ends = self.centre_id._local(self.start), self.centre_id._local(self.stop)
            days = (ends.date() - begins.date()).days
            return max(days + (ends.time() != ends.time().min), 1)
        return 1
