from odoo import models

from ..booking.booking import SLOT_FIELDS


class SozialRoomBooking(models.Model):
    """Where a booking moves, its session moves: whoever is registered is told."""

    _inherit = "sozial.room.booking"

    def write(self, vals):
        result = super().write(vals)
        if {"room_id", "start", "stop"} & SLOT_FIELDS & vals.keys():
            self._sessions()._slot_moved()
        return result

    def _reschedule(self, wishes, series, values):
        super()._reschedule(wishes, series, values)
        self._sessions()._slot_moved()
