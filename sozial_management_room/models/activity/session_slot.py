from odoo import api, models
from odoo.exceptions import UserError

from .session import SLOT_FIELDS

# nobody sets these from outside: they follow from the booking and from the buttons
KEPT_FIELDS = {"booking_id", "called_off", "state", "cancel_reason"}


class SozialActivitySession(models.Model):
    """A session takes its room, and moves together with its booking."""

    _inherit = "sozial.activity.session"

    @api.model_create_multi
    def create(self, vals_list):
        """Create sessions; those with a room book it at once.

        :raise IntegrityError: if somebody has the slot; Odoo turns it into the constraint's message
        """
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name not in KEPT_FIELDS} for vals in vals_list]
        sessions = super().create(vals_list)
        sessions._book_rooms()
        return sessions

    def onchange(self, values, field_names, fields_spec):
        """An unsaved form has no booking but its own: it may name any, and the time is computed from it."""
        values = {name: value for name, value in values.items() if name != "booking_id"}
        return super().onchange(values, [name for name in field_names if name != "booking_id"], fields_spec)

    def _book_rooms(self):
        """Book for those that have a room and no booking yet, all of them in one go."""
        wanting = self.filtered(lambda session: session.room_id and not session.booking_id)
        if not wanting:
            return
        bookings = self.env["sozial.room.booking"].create([one._booking_values() for one in wanting])
        for session, booking in zip(wanting, bookings, strict=True):
            models.Model.write(session, {"booking_id": booking.id})

    def _require_leader_by_management(self):
        """Whoever leads a consultation hour reads who comes: nobody makes oneself that."""
        if self.env.su or self.env.user.has_group("sozial_management_room.group_sozial_room_manager"):
            return
        if self.filtered(lambda session: session.kind == "consultation" and session.leader_id != self.env.user.partner_id):
            raise UserError(self.env._("Led by: only the centre management changes who leads a consultation hour."))

    def _booking_values(self):
        activity = self.activity_id
        return {
            "name": activity.name,
            "room_id": self.room_id.id,
            "start": self.start,
            "stop": self.stop,
            "persons": activity.seats,
            "public_title": activity._public_title(),
            "terms_accepted": True,
            "state": self._booking_state(),
        }

    def _booking_state(self):
        """`confirmed` where the user may book directly, else `requested`: the centre management decides."""
        probe = self.env["sozial.room.booking"].new({"room_id": self.room_id.id, "customer_group": "own"})
        return "confirmed" if probe._is_manager() or probe._mode() == "direct" else "requested"

    def write(self, vals):
        """Time and room go to the booking, once for all sessions.

        :raise UserError: for what follows from the booking, and if a session shall lose its room
        """
        if kept := KEPT_FIELDS & vals.keys():
            raise UserError(self.env._("%s: use the buttons of the session.", self._fields[min(kept)]._description_string(self.env)))
        if "activity_id" in vals and any(session.activity_id.id != vals["activity_id"] for session in self):
            raise UserError(self.env._("Activity: a session stays with its activity. Cancel it and plan a new one."))
        if "leader_id" in vals:
            self._require_leader_by_management()
        slot = {name: value for name, value in vals.items() if name in SLOT_FIELDS}
        if not slot:
            return super().write(vals)
        self._require_coming()
        booked = self.filtered("booking_id")
        if booked and slot.get("room_id", True) is False:
            raise UserError(self.env._("Room: cancel the session and plan a new one where it is outside the own rooms."))
        outside = self - booked
        result = super().write({name: value for name, value in vals.items() if name not in SLOT_FIELDS})
        booked.booking_id.write(slot)  # its hook tells the registered
        if outside:
            super(SozialActivitySession, outside).write(slot)
            outside._book_rooms()
            outside._slot_moved()
        return result
