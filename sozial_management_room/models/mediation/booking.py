from odoo import fields, models
from odoo.exceptions import UserError

SLOT = ("room_id", "start", "stop")


class SozialRoomBooking(models.Model):
    """A booking whose time belongs to an appointment elsewhere; what for stays there."""

    _inherit = "sozial.room.booking"

    follows_appointment = fields.Boolean(
        "Moves with its appointment", readonly=True, copy=False, help="Time and room are changed where the appointment stands."
    )

    def write(self, vals):
        """:raise UserError: for another time or room of a booking that follows an appointment"""
        if "follows_appointment" in vals and not self.env.su:
            raise UserError(self.env._("Moves with its appointment: this is not set directly."))
        if kept := [name for name in SLOT if name in vals]:
            self.filtered("follows_appointment")._require_slot_kept(vals, kept)
        return super().write(vals)

    def _require_slot_kept(self, vals, names):
        for booking in self:
            if any(booking._fields[name].convert_to_cache(vals[name], booking) != _cached(booking[name]) for name in names):
                raise UserError(
                    self.env._("This booking belongs to an appointment of %s. Ask there to move it.", booking.sudo().user_id.name)
                )

    def _follow_appointment(self, slot):
        """Take over time and room of the appointment; the right on the booking is checked as for every other move."""
        return super().write(slot)


def _cached(value):
    return value.id if isinstance(value, models.BaseModel) else value
