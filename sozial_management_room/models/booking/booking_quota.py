from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from .occupancy import LOCK_CLASS

QUOTA_LOCK_CLASS = LOCK_CLASS + 1
COUNTED = ("requested", "confirmed", "done", "no_show")


class SozialRoomBooking(models.Model):
    """The quota: how often one organisation or person may take a room in a calendar month."""

    _inherit = "sozial.room.booking"

    def _month(self):
        """First moment of the local month of a booking and of the following one, in UTC."""
        first = self.centre_id._local(self.start).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        following = (first + timedelta(days=32)).replace(day=1)
        return self.centre_id._to_utc(first), self.centre_id._to_utc(following)

    def _over_quota(self, conditions, final=False):
        """Those that are more than their organisation or person may have of the room in the month.

        One query for all of them.

        :param conditions: see `_conditions`
        :param final: the answer decides, it does not only warn. Then those who book for the same
            organisation at the same time wait for each other, and what they have committed in the
            meantime counts, although this transaction does not see it.
        """
        limited = {}
        for booking in self.sudo():
            condition = conditions.get((booking.room_id.id, booking.customer_group))
            if condition and condition.quota and booking.start:
                limited[booking] = condition.quota
        if not limited:
            return self.browse()
        months = {booking: booking._month() for booking in limited}
        customers = {booking: booking.partner_id.commercial_partner_id.id for booking in limited}
        found = self.browse().sudo().concat(*limited)._taken_by(set(customers.values()), months.values(), final)
        over = set()
        for booking, quota in limited.items():
            first, following = months[booking]
            same = found[booking.room_id.id, customers[booking]]
            others = [start for booking_id, start in same if booking_id != booking._origin.id and first <= start < following]
            if len(others) >= quota:
                over.add(booking.id)
        return self.filtered(lambda booking: booking.id in over)

    def _taken_by(self, customers, months, final):
        """``{(room id, commercial partner id or False): [(booking id, start), …]}`` of what counts in these months."""
        self.flush_model()
        query = SQL(
            """
            SELECT booking.id, booking.room_id, partner.commercial_partner_id, booking.start
              FROM sozial_room_booking booking
              LEFT JOIN res_partner partner ON partner.id = booking.partner_id
             WHERE booking.room_id = ANY(%s) AND booking.state = ANY(%s) AND booking.start >= %s AND booking.start < %s
               AND (partner.commercial_partner_id = ANY(%s) OR (booking.partner_id IS NULL AND %s))
            """,
            self.room_id.ids,
            list(COUNTED),
            min(first for first, _following in months),
            max(following for _first, following in months),
            [customer for customer in customers if customer],
            False in customers,
        )
        rows = {}
        if final:
            rows = self._committed_meanwhile(query, customers)
        rows.update((row[0], row[1:]) for row in self.env.execute_query(query))
        found = defaultdict(list)
        for booking_id, (room_id, customer_id, start) in rows.items():
            found[room_id, customer_id or False].append((booking_id, start))
        return found

    def _committed_meanwhile(self, query, customers):
        """Bookings that others have committed since this transaction began, after waiting for those who are about to.

        :return: ``{booking id: (room id, commercial partner id, start)}``
        """
        keys = sorted({f"{room_id},{customer}" for room_id in self.room_id.ids for customer in customers})
        self.env.cr.execute(
            SQL(
                "SELECT count(pg_advisory_xact_lock(%s, hashtext(key))) FROM unnest(%s) AS key",
                QUOTA_LOCK_CLASS,
                keys,
            )
        )
        # this transaction goes on seeing what was there when it began; another one sees what is there now
        with self.env.registry.cursor() as fresh:
            fresh.execute(query)
            rows = {row[0]: row[1:] for row in fresh.fetchall()}
        seen = self.env.execute_query(SQL("SELECT id FROM sozial_room_booking WHERE id = ANY(%s)", list(rows)))
        for (booking_id,) in seen:  # these are known, and may have been cancelled or moved just now
            del rows[booking_id]
        return rows
