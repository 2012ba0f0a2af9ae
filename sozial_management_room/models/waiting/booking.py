from odoo import fields, models

from ..booking.booking import BLOCKING, SLOT_FIELDS


class SozialRoomBooking(models.Model):
    """A booking that gives its slot free lets the waiting list move up."""

    _inherit = "sozial.room.booking"

    waiting_ids = fields.One2many("sozial.room.waiting", "booking_id", "Offered to", readonly=True)

    def _set_state(self, state, **values):
        super()._set_state(state, **values)
        self._settle_offers(state)

    def _settle_offers(self, state):
        """The staff decides about a slot that is being offered: then there is nothing left to answer."""
        offers = self.env["sozial.room.waiting"].sudo().search([("booking_id", "in", self.ids), ("state", "=", "offered")])
        if state != "requested" and offers:
            offers._write_guarded({"state": "done" if state == "confirmed" else "expired"})

    def write(self, vals):
        """Where a booking moves away from, somebody may be waiting."""
        moved = self.filtered(lambda booking: booking.state in BLOCKING) if SLOT_FIELDS & vals.keys() else self.browse()
        waiting = self.env["sozial.room.waiting"]
        domain = waiting._domain_in_the_way(moved) if moved else None
        result = super().write(vals)
        if moved:
            waiting._move_up_in(domain)
        return result

    def _cancel(self, reason=False, notify="cancelled"):
        held = self.filtered(lambda booking: booking.state in ("requested", "confirmed"))
        super()._cancel(reason, notify)
        self.env["sozial.room.waiting"]._move_up(held)

    def action_no_show(self):
        result = super().action_no_show()
        self.env["sozial.room.waiting"]._move_up(self)
        return result

    def _give_back(self):
        """End what was held for an offer, without a mail: whoever had it knows, or did not want to know."""
        if self:
            self._set_state("cancelled", hold_until=False)
            self.env["sozial.room.waiting"]._move_up(self)
