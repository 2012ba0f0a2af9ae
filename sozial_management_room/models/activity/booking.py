from odoo import api, fields, models

GONE = ("suspended", "cancelled")


class SozialRoomBooking(models.Model):
    """A booking that holds the room of a session: what happens to it happens to the session."""

    _inherit = "sozial.room.booking"

    session_ids = fields.One2many("sozial.activity.session", "booking_id", "Session", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Dates of a series for an activity become its sessions at once, in bulk."""
        bookings = super().create(vals_list)
        if any(vals.get("series_id") for vals in vals_list):
            bookings._make_sessions()
        return bookings

    def _make_sessions(self):
        """A session for each date of an activity's series that has none yet."""
        of_activity = self.sudo().filtered(lambda booking: booking.series_id.activity_id and not booking.session_ids)
        if not of_activity:
            return
        self.env["sozial.activity.session"].sudo().create(
            [{"activity_id": booking.series_id.activity_id.id, "booking_id": booking.id} for booking in of_activity]
        )
        for activity, mine in of_activity.grouped(lambda booking: booking.series_id.activity_id).items():
            mine._write_kept({"public_title": activity._public_title()})

    def _sessions(self):
        """The sessions of these bookings, to be told; the right was checked at the booking."""
        return self.env["sozial.activity.session"].sudo().search([("booking_id", "in", self.ids)], limit=None)

    def _set_state(self, state, **values):
        before = {booking.id: booking.state for booking in self}
        super()._set_state(state, **values)
        sessions = self._sessions()
        if not sessions:
            return
        if state in GONE:  # what was suspended and is cancelled now is news once more
            news = GONE if state == "suspended" else ("cancelled",)
            sessions.filtered(lambda session: before[session.booking_id.id] not in news)._slot_lost()
        elif state in ("requested", "confirmed"):
            sessions.filtered(lambda session: before[session.booking_id.id] in GONE)._slot_back()
