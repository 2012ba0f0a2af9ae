from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialRoomBooking(models.Model):
    """A booking as its customer sees it in the portal."""

    _name = "sozial.room.booking"
    _inherit = ["sozial.room.booking", "sozial.portal.readable"]

    _portal_fields = frozenset(
        {"id", "display_name", "name", "room_id", "centre_id", "company_id", "start", "stop", "partner_id", "customer_group",
         "persons", "seating_id", "state", "hold_until", "terms_accepted", "decline_reason", "local_time"}
    )  # fmt: skip

    local_time = fields.Char("Time", compute="_compute_local_time", help="In the local time of the centre.")

    @api.depends("start", "stop", "room_id")
    def _compute_local_time(self):
        for booking in self:
            booking.local_time = booking._local_time_text()

    def _local_time_text(self):
        """For example ``18:00 – 20:00``; with the day of the end where it is another one."""
        if not (self.start and self.stop and self.room_id):
            return ""
        start, stop = (self.sudo().centre_id._local(moment) for moment in (self.start, self.stop))
        until = stop.strftime("%H:%M") if start.date() == stop.date() else stop.strftime("%d.%m., %H:%M")
        return f"{start:%d.%m.%Y}, {start:%H:%M} – {until}"

    def _may_be_cancelled(self):
        """Whether the customer may still give the slot back."""
        self.ensure_one()
        return self.state in ("requested", "confirmed", "suspended") and self.start > fields.Datetime.now()

    def _portal_cancel(self):
        """Cancel for the current portal user, who must be able to read the booking.

        :raise UserError: if it has begun or is over
        """
        self.check_access("read")
        if not self._may_be_cancelled():
            raise UserError(self.env._("This booking has begun or is over. Please call the centre."))
        self.sudo()._cancel()
