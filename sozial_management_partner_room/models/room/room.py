from odoo import models


class SozialRoom(models.Model):
    """Booking by the right of an agreement."""

    _inherit = "sozial.room"

    def _portal_book(self, values):
        booking = super()._portal_book(values)
        booking._note_agreement()
        return booking
