from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialRoomBooking(models.Model):
    """From one state to the next. Nothing else changes a state."""

    _inherit = "sozial.room.booking"

    has_begun = fields.Boolean(compute="_compute_has_begun")

    @api.depends("start")
    def _compute_has_begun(self):
        now = fields.Datetime.now()
        for booking in self:
            booking.has_begun = bool(booking.start) and booking.start <= now

    def _require_state(self, *states):
        for booking in self:
            if booking.state not in states:
                label = dict(self._fields["state"]._description_selection(self.env))[booking.state]
                raise UserError(
                    self.env._("%(booking)s: this cannot be done any more. Status: %(state)s.", booking=booking.display_name, state=label)
                )

    def action_request(self):
        """Ask for the slot: it is held until `hold_until`.

        :raise IntegrityError: if somebody has the slot; Odoo turns it into the constraint's message
        """
        self.check_access("write")
        self._require_state("draft")
        self._set_state("requested")
        self._require_bookable()
        self._hold()
        self._notify()
        return True

    def action_confirm(self):
        """Confirm drafts, requests and suspended bookings.

        :raise AccessError: if only the centre management confirms here
        :raise IntegrityError: if somebody has the slot; Odoo turns it into the constraint's message
        """
        self.check_access("write")
        self._require_state("draft", "requested", "suspended")
        self._set_state("confirmed", hold_until=False)
        self._require_bookable()
        self._notify()
        return True

    def action_cancel(self):
        """Cancel: the slot is free for others at once."""
        self.check_access("write")
        self._cancel()
        return True

    def _cancel(self, reason=False, notify="cancelled"):
        self._require_state("draft", "requested", "confirmed", "suspended")
        told = self.filtered(lambda booking: booking.state != "draft")
        self._set_state("cancelled", hold_until=False, decline_reason=reason)
        told._notify(notify)

    def _decline(self, reason):
        """Decline requests with a reason that the asker reads."""
        self.check_access("write")
        self._require_state("requested")
        if not (reason or "").strip():
            raise UserError(self.env._("Reason: say in a sentence why; the asker reads it."))
        self._cancel(reason.strip(), "declined")

    def action_done(self):
        """The booking took place."""
        self.check_access("write")
        self._require_state("confirmed")
        self._require_begun()
        self._set_state("done")
        return True

    def action_no_show(self):
        """Nobody came: the rest of the slot is free for others."""
        self.check_access("write")
        self._require_state("confirmed")
        self._require_begun()
        self._set_state("no_show")
        return True

    def _require_begun(self):
        now = fields.Datetime.now()
        if any(booking.start > now for booking in self):
            raise UserError(self.env._("The booking has not begun yet. Cancel it instead."))

    def _cron_release_requests(self):
        """Cancel requests whose day is over, in pieces that are committed one by one."""
        today = fields.Date.context_today(self)
        overdue = [("state", "=", "requested"), ("hold_until", "<", today)]
        while requests := self.search(overdue, limit=200, order="hold_until, id"):
            requests._cancel(notify="expired")
            self.env["ir.cron"]._commit_progress(len(requests), remaining=self.search_count(overdue, limit=10_000))
