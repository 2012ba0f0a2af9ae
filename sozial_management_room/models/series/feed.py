import hashlib
from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from ...timetable import Event, calendar

# what a phone that subscribes gets: a month back, and as far ahead as a yearly series goes
BEFORE, AHEAD = timedelta(days=30), timedelta(days=400)
MOST_EVENTS = 5000


class SozialCentre(models.Model):
    _inherit = "sozial.centre"

    feed_published = fields.Boolean(
        "Public calendar",
        help="Bookings with a public title can be subscribed to by everybody, as a calendar of the centre and of each room.",
    )
    feed_url = fields.Char("Address of the calendar", compute="_compute_feed_url")

    @api.depends("feed_published", "name")
    def _compute_feed_url(self):
        for centre in self:
            path = f"/sozial/kalender/zentrum/{self.env['ir.http']._slug(centre)}.ics" if centre.id and centre.feed_published else ""
            centre.feed_url = path and f"{centre.get_base_url()}{path}"


class SozialRoomFeed(models.AbstractModel):
    """Calendars to subscribe to: what a booking says publicly, and nothing about who booked."""

    _name = "sozial.room.feed"
    _description = "Calendar feeds"

    @api.model
    def _centre(self, centre_id):
        """A centre that publishes its calendar, else nothing; for everybody, so by its own mark."""
        domain = [("id", "=", centre_id), ("feed_published", "=", True)]
        return self.env["sozial.centre"].sudo().search(domain, limit=1)

    @api.model
    def _room(self, room_id):
        domain = [("id", "=", room_id), ("centre_id.feed_published", "=", True), ("centre_id.active", "=", True)]
        return self.env["sozial.room"].sudo().search(domain, limit=1)

    @api.model
    def _text(self, name, centre, domain):
        """The feed of bookings: every date an event in the zone of the centre.

        A booking shows its public title, its room and the address; without a public title it is not
        in the feed at all. What was cancelled or suspended stays in it, marked as cancelled, so that
        it disappears from calendars that have it already.
        """
        now = fields.Datetime.now()
        bookings = (
            self.env["sozial.room.booking"]
            .sudo()
            .search(
                [
                    *domain,
                    ("public_title", "not in", (False, "")),
                    ("state", "in", ("confirmed", "done", "no_show", "suspended", "cancelled")),
                    ("stop", ">=", now - BEFORE),
                    ("start", "<=", now + AHEAD),
                ],
                order="start, id",
                limit=MOST_EVENTS,
            )
        )
        address = centre.partner_id.contact_address_inline or ""
        return calendar(name, ZoneInfo(centre.tz), [self._event(booking, address) for booking in bookings])

    @api.model
    def _event(self, booking, address):
        changed = booking.write_date or booking.create_date
        return Event(
            uid=self._uid(booking),
            start=booking.start,
            stop=booking.stop,
            summary=booking.public_title,
            modified=changed,
            # grows with every change, without a column and a query of its own
            sequence=max(int((changed - booking.create_date).total_seconds()), 0),
            location=", ".join(part for part in (booking.room_id.name, booking.centre_id.name, address) if part),
            cancelled=booking.state in ("suspended", "cancelled"),
        )

    @api.model
    def _uid(self, booking):
        """The same for good, and telling nothing: neither the number of bookings nor the database."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.uuid") or ""
        return hashlib.sha256(f"{secret}/booking/{booking.id}".encode()).hexdigest()[:32] + "@sozial"
