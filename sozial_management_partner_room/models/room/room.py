from odoo import models


class SozialRoom(models.Model):
    """Booking by the right of an agreement."""

    _inherit = "sozial.room"

    def _portal_book(self, values):
        booking = super()._portal_book(values)
        own = booking.sudo()
        if agreement := own._granted_by():
            own._write_kept({"agreement_id": agreement.id})
        return booking
