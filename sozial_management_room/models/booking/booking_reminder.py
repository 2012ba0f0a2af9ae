from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

BATCH = 200
MOST_DELAYS = 100


class SozialRoomBooking(models.Model):
    """One mail some days before, to whoever booked."""

    _inherit = "sozial.room.booking"

    reminded_at = fields.Datetime("Reminded", readonly=True, copy=False, help="When the reminder was queued; once a booking.")

    _to_remind = models.Index("(start) WHERE state = 'confirmed' AND reminded_at IS NULL")

    def _cron_remind(self):
        """Remind of confirmed bookings, in pieces that are committed one by one.

        Mail and mark are committed together, so that nobody is reminded twice or not at all.
        """
        due = self._domain_to_remind()
        while due and (bookings := self.search(due, limit=BATCH, order="start, id").try_lock_for_update()):
            bookings._write_kept({"reminded_at": fields.Datetime.now()})
            for mine in bookings.grouped("centre_id").values():
                mine._notify("reminder")
            self.env["ir.cron"]._commit_progress(len(bookings), remaining=self.search_count(due, limit=10_000))

    def _domain_to_remind(self):
        """Who is to be reminded now; None if no centre reminds.

        Whoever booked less than a day ago has the confirmation at hand and needs no second mail.
        """
        now = fields.Datetime.now()
        delays = self.env["sozial.centre"]._read_group([("reminder_days", ">", 0)], ["reminder_days"], limit=MOST_DELAYS)
        soon = [
            Domain("centre_id.reminder_days", "=", days) & Domain("start", "<=", now + timedelta(days=days)) for [days] in delays
        ]
        return soon and (
            Domain("state", "=", "confirmed")
            & Domain("reminded_at", "=", False)
            & Domain("start", ">", now)
            & Domain("create_date", "<=", now - timedelta(days=1))
            & Domain("partner_id.email", "!=", False)
            & Domain.OR(soon)
        )
