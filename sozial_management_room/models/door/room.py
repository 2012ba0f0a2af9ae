import hmac
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import api, fields, models

# how far ahead the sign looks for what comes next
AHEAD = timedelta(days=7)


class Span(NamedTuple):
    """A stretch of time in which the room is not free, in UTC."""

    start: datetime
    stop: datetime
    title: str
    is_event: bool  # False: set-up, clean-up


class SozialRoom(models.Model):
    """The sign at the door: what is on now, what comes next, until when the room is free.

    Everybody who passes reads it, so it says the public title of a confirmed booking, else only that
    the room is taken. Its address holds a secret, for a building's timetable is nobody else's business.
    """

    _inherit = "sozial.room"

    door_token = fields.Char(groups=fields.NO_ACCESS, copy=False)
    door_url = fields.Char(
        "Address of the door display",
        compute="_compute_door_url",
        compute_sudo=True,
        groups="sozial_management_room.group_sozial_room_manager",
        help="Open it on a screen at the door. It needs no login, renews itself every minute and shows no names of persons.",
    )

    @api.depends("door_token")
    def _compute_door_url(self):
        for room in self:
            path = room.id and room.door_token and f"/sozial/tuer/{room.id}/{room.door_token}"
            room.door_url = path and f"{room.get_base_url()}{path}"

    def action_door_renew(self):
        """A new address for the door display; the former one shows nothing any more."""
        self.check_access("write")
        for room in self.sudo():
            room.door_token = secrets.token_urlsafe(24)

    def action_door_off(self):
        """No door display any more."""
        self.check_access("write")
        self.sudo().door_token = False

    @api.model
    def _by_door_token(self, room_id, token):
        """The room behind an address, else nothing; superuser record, because the address is the proof."""
        room = self.sudo().browse(room_id).exists()
        known = room.door_token or ""
        if known and room.active and room.centre_id.active and hmac.compare_digest(known.encode(), (token or "").encode()):
            return room
        return self.browse()

    def _door_sign(self, now=None):
        """What the sign says at a moment.

        :return: dict ``clock``, ``now`` (title, until) or None, ``free_until`` (None: for the rest of the
            day, or while something is on), ``next`` (title, day, start, stop) or None; local times
        """
        self.ensure_one()
        now = now or fields.Datetime.now()
        local = self.centre_id._local
        spans = self._door_spans(now)
        current = [span for span in spans if span.start <= now]
        coming = [span for span in spans if span.start > now]
        following = next((span for span in coming if span.is_event), None)
        today = local(now).date()
        sign = {"clock": local(now), "now": None, "next": None, "free_until": None}
        if current:
            longest = max(current, key=lambda span: span.stop)
            until = local(longest.stop)
            sign["now"] = {"title": longest.title, "until": until if until.date() == today else None}
        elif coming and local(coming[0].start).date() == today:
            sign["free_until"] = local(coming[0].start)
        if following:
            begins = local(following.start)
            sign["next"] = {
                "title": following.title,
                "day": begins.date() if begins.date() != today else None,
                "start": begins,
                "stop": local(following.stop),
            }
        return sign

    def _door_spans(self, now):
        """What takes the room from now on, in order, without what is over.

        Other rooms that share a part with this one count, as do closures: nobody gets in then either.
        """
        taken = self.env["sozial.room.occupancy"].sudo()
        rows = taken.search_fetch(
            [
                ("atom_id", "in", self.sudo().atom_ids.ids),
                ("blocking", "=", True),
                ("stop_at", ">", now),
                ("start_at", "<", now + AHEAD),
            ],
            ["booking_id", "closure_id", "start_at", "stop_at"],
        )
        spans = {span for row in rows for span in self._door_spans_of(row)}
        return sorted(span for span in spans if span.start < span.stop and span.stop > now)

    def _door_spans_of(self, row):
        if row.closure_id:
            return [Span(row.start_at, row.stop_at, self.env._("Closed"), True)]
        booking = row.booking_id
        public = booking.state in ("confirmed", "done") and (booking.public_title or "").strip()
        preparing = self.env._("Set-up and clean-up")
        return [
            Span(row.start_at, booking.start, preparing, False),
            Span(booking.start, booking.stop, public or self.env._("Taken"), True),
            Span(booking.stop, row.stop_at, preparing, False),
        ]
