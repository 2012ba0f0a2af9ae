from odoo import fields, models
from odoo.exceptions import UserError


class SozialRoomBooking(models.Model):
    """A booking that holds the room of an event: its time is the event's."""

    _inherit = "sozial.room.booking"

    event_ids = fields.One2many("event.event", "sozial_booking_id", "Event", groups="event.group_event_registration_desk")  # none or one
    event_slot_ids = fields.One2many("event.slot", "sozial_booking_id", "Slot of an event", groups="event.group_event_registration_desk")

    def write(self, vals):
        """:raise UserError: for another time: the event says when it takes place"""
        if {"start", "stop"} & vals.keys():
            self._require_own_time(vals)
        return super().write(vals)

    def _require_own_time(self, vals):
        moved = self.filtered(
            lambda booking: any(fields.Datetime.to_datetime(vals[name]) != booking[name] for name in ("start", "stop") if name in vals)
        )
        if moved and (event := moved.sudo()._event()):
            raise UserError(self.env._("This booking belongs to the event »%s«. Change the time of the event.", event.name))

    def _event(self):
        """An event that one of these bookings belongs to, be it by a slot."""
        bookings = self.with_context(active_test=False)
        return (bookings.event_ids or bookings.event_slot_ids.event_id)[:1]

    def _follow_event(self, slot):
        """Take over the time and room of the event; the right on the booking is checked here as for every other move."""
        return super().write(slot)

    def action_view_event(self):
        """Open the event that holds the room."""
        self.ensure_one()
        return self._event().get_formview_action()
