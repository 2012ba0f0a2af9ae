from odoo import fields, models

from .quarter import KNOWN_OPEN
from .session import NOT_HELD

# a booking in one of these means that its session was not held
LOST = ("suspended", "cancelled", "no_show")


class SozialRoomBooking(models.Model):
    """A booking whose session was counted keeps its time, and its quarter what was reported."""

    _inherit = "sozial.room.booking"

    def _set_state(self, state, **values):
        """:raise UserError: if visits of a locked calendar quarter would go or come, or if people were counted"""
        lost = state in LOST
        changing = self._sessions().filtered(lambda session: (session.state in NOT_HELD) != lost)
        self.env["sozial.activity.quarter"]._require_open(changing)
        if lost and state != "suspended":  # a closure comes, whoever is there
            changing._require_uncounted()
        return super()._set_state(state, **values)

    def write(self, vals):
        """:raise UserError: if a session that was counted, or that is settled, would have another time"""
        times = {name: fields.Datetime.to_datetime(vals[name]) for name in ("start", "stop") if name in vals}
        moved = self.filtered(lambda booking: any(booking[name] != time for name, time in times.items()))
        sessions = moved and moved._sessions_to_move()
        result = super().write(vals)
        if sessions:
            sessions._require_still_open()
        return result

    def _reschedule(self, wishes, series, values):
        pairs = zip(self, wishes, strict=True)
        moved = self.browse(one.id for one, wish in pairs if (one.start, one.stop) != (wish.start, wish.stop))
        sessions = moved and moved._sessions_to_move()
        super()._reschedule(wishes, series, values)
        if sessions:
            sessions._require_still_open()

    def _sessions_to_move(self):
        sessions = self._sessions()
        self.env["sozial.activity.quarter"]._require_open(sessions)
        sessions._require_uncounted()
        return sessions


class SozialActivitySession(models.Model):
    """The same for sessions that have no booking: outside the own rooms."""

    _inherit = "sozial.activity.session"

    def write(self, vals):
        outside = self.sudo().filtered(lambda session: not session.booking_id) if {"start", "stop"} & vals.keys() else self.browse()
        self.env["sozial.activity.quarter"]._require_open(outside)
        outside._require_uncounted()
        result = super().write(vals)
        outside._require_still_open()
        return result

    def _cancel(self, reason=False):
        self._require_uncounted()
        return super()._cancel(reason)

    def _require_still_open(self):
        """Nothing is moved into a locked calendar quarter either."""
        self.env.cr.cache.pop(KNOWN_OPEN, None)
        self.env["sozial.activity.quarter"]._require_open(self)


class SozialActivity(models.Model):
    """An activity keeps its centre for what was reported, and brings nothing to a centre that reported already."""

    _inherit = "sozial.activity"

    def write(self, vals):
        if "centre_id" in vals:
            moving = self.filtered(lambda activity: activity.centre_id.id != vals["centre_id"])
            sessions = self.env["sozial.activity.session"].sudo().search([("activity_id", "in", moving.ids)], limit=None)
            self.env["sozial.activity.quarter"]._require_open(sessions)
            result = super().write(vals)
            sessions._require_still_open()  # the new centre may be further
            return result
        return super().write(vals)
