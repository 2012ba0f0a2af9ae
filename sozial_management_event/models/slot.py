from odoo import api, fields, models

from .holder import STAFF


class EventSlot(models.Model):
    """One slot of an event that takes place several times: it holds the room of the event for its own time."""

    _name = "event.slot"
    _inherit = ["event.slot", "sozial.room.holder"]

    sozial_room_id = fields.Many2one(related="sozial_booking_id.room_id", string="Room of a centre", groups=STAFF)

    _sozial_one_booking = models.UniqueIndex(
        "(sozial_booking_id) WHERE sozial_booking_id IS NOT NULL", "This booking has its event already."
    )

    def _sozial_slot(self):
        self.ensure_one()
        return {"start": self.start_datetime, "stop": self.end_datetime}

    def _sozial_event(self):
        return self.event_id

    @api.constrains("sozial_booking_id", "event_id")
    def _check_sozial_company(self):
        self._require_same_company()

    @api.model_create_multi
    def create(self, vals_list):
        """New slots take the room of their event.

        :raise AccessError: if somebody who books no rooms adds a slot to an event that holds one
        """
        for vals in vals_list:
            self._require_booking_untouched(vals)
        slots = super(EventSlot, self._without_defaults()).create(vals_list).with_env(self.env)
        slots._take_room_of_event()
        return slots

    def write(self, vals):
        """Change slots; their bookings follow.

        :raise AccessError: if somebody who books no rooms moves a slot that holds one
        """
        self._require_booking_untouched(vals)
        leaving = self.filtered(lambda slot: slot.event_id.id != vals["event_id"]) if "event_id" in vals else self.browse()
        leaving._release_rooms()
        result = super().write(vals)
        leaving._take_room_of_event()
        if {"date", "start_hour", "end_hour"} & vals.keys():
            self._move_rooms()
        return result

    def unlink(self):
        """Give the rooms free, then delete."""
        self.check_access("unlink")
        self._release_rooms()
        return super().unlink()

    def _take_room_of_event(self):
        for slot in self:
            if slot.event_id.is_multi_slots and (room := slot.event_id.sudo().sozial_slot_room_id):
                slot.event_id._require_room_staff()
                slot._occupy_room(room.sudo(self.env.su))
