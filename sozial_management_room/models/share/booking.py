from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

# what has used a room, or will
COUNTED = ("requested", "confirmed", "done", "no_show")
# so many names stand in the comparison; more are summed up
MOST_NAMES = 5


class Use(NamedTuple):
    """What one organisation or person has of one centre in one quarter of the year."""

    holder: int | None
    bookings: int
    hours: float
    prime: float


class SozialRoomBooking(models.Model):
    """Fair share: what whoever asks has already, beside the others, where a request is decided."""

    _inherit = "sozial.room.booking"

    share_text = fields.Char(
        "Fair share",
        compute="_compute_share",
        help="This request included: bookings of the month against the quota of the room, and the share in the prime times of "
        "the centre in the quarter of the year.",
    )
    share_table = fields.Html("Use in this quarter of the year", compute="_compute_share", sanitize=False)

    @api.depends("state", "partner_id", "room_id", "start", "stop", "customer_group")
    def _compute_share(self):
        asked = self.filtered(lambda booking: isinstance(booking.id, int) and booking.state == "requested" and booking.partner_id)
        uses = asked._uses() if asked else {}
        months = asked._month_counts() if asked else {}
        conditions = asked._conditions() if asked else {}
        for booking in self:
            mine = uses.get(booking.id)
            booking.share_text, booking.share_table = False, False
            if mine:
                quota = conditions.get((booking.room_id.id, booking.customer_group), self.env["sozial.room.condition"]).quota
                booking.share_text = booking._share_words(mine, months.get(booking.id, 0), quota)
                booking.share_table = booking._share_table(mine)

    def _uses(self):
        """The uses of the centre in the quarter of the year in which each booking begins, in one query.

        Times are those of the clock in the centre. Bookings of the own department have no holder.

        :return: ``{id of the booking: [Use, …]}``
        """
        self.flush_model(["state", "start", "stop", "partner_id", "centre_id"])
        self.env["sozial.centre"].flush_model(["prime_from", "prime_until", "prime_weekend", "tz"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH asked AS (
                    SELECT booking.id, booking.centre_id,
                           date_trunc('quarter', timezone(centre.tz, timezone('UTC', booking.start))) AS quarter
                      FROM sozial_room_booking booking JOIN sozial_centre centre ON centre.id = booking.centre_id
                     WHERE booking.id = ANY(%(ids)s)
                ), used AS (
                    SELECT period.centre_id, period.quarter, partner.commercial_partner_id AS holder, booking.start, booking.stop,
                           timezone(centre.tz, timezone('UTC', booking.start)) AS begins,
                           timezone(centre.tz, timezone('UTC', booking.stop)) AS ends,
                           centre.prime_from, centre.prime_until, centre.prime_weekend
                      FROM (SELECT DISTINCT centre_id, quarter FROM asked) period
                      JOIN sozial_centre centre ON centre.id = period.centre_id
                      JOIN sozial_room_booking booking ON booking.centre_id = period.centre_id AND booking.state = ANY(%(states)s)
                       AND booking.start >= timezone('UTC', timezone(centre.tz, period.quarter))
                       AND booking.start < timezone('UTC', timezone(centre.tz, period.quarter + interval '3 months'))
                      LEFT JOIN res_partner partner ON partner.id = booking.partner_id
                ), summed AS (
                    SELECT used.centre_id, used.quarter, used.holder, count(*) AS bookings,
                           sum(extract(epoch FROM used.stop - used.start)) / 3600 AS hours, sum(prime.seconds) / 3600 AS prime
                      FROM used
                      JOIN LATERAL (
                            SELECT COALESCE(sum(GREATEST(0, extract(epoch FROM
                                   LEAST(used.ends, day + make_interval(secs => hours.until * 3600))
                                   - GREATEST(used.begins, day + make_interval(secs => hours.since * 3600))))), 0) AS seconds
                              FROM generate_series(date_trunc('day', used.begins), used.ends, interval '1 day') AS day
                              JOIN LATERAL (
                                    SELECT CASE WHEN all_day THEN 0 ELSE COALESCE(used.prime_from, 0) END AS since,
                                           CASE WHEN all_day THEN 24 ELSE COALESCE(used.prime_until, 0) END AS until
                                      FROM (SELECT COALESCE(used.prime_weekend, FALSE) AND extract(isodow FROM day) > 5 AS all_day) weekend
                              ) hours ON TRUE
                      ) prime ON TRUE
                     GROUP BY used.centre_id, used.quarter, used.holder
                )
                SELECT asked.id, summed.holder, summed.bookings, summed.hours, summed.prime
                  FROM asked JOIN summed USING (centre_id, quarter)
                 ORDER BY asked.id, summed.prime DESC, summed.hours DESC, summed.holder
                """,
                ids=self.ids,
                states=list(COUNTED),
            )
        )
        found = defaultdict(list)
        for booking_id, holder, bookings, hours, prime in rows:
            found[booking_id].append(Use(holder, bookings, float(hours), float(prime)))
        return dict(found)

    def _month_counts(self):
        """How many bookings the same organisation or person has of the same room in the local month, in one query.

        :return: ``{id of the booking: number}``, the booking itself included
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH asked AS (
                    SELECT booking.id, booking.room_id, centre.tz, partner.commercial_partner_id AS holder,
                           date_trunc('month', timezone(centre.tz, timezone('UTC', booking.start))) AS month
                      FROM sozial_room_booking booking
                      JOIN sozial_centre centre ON centre.id = booking.centre_id
                      JOIN res_partner partner ON partner.id = booking.partner_id
                     WHERE booking.id = ANY(%(ids)s)
                )
                SELECT asked.id, count(*)
                  FROM asked
                  JOIN sozial_room_booking other ON other.room_id = asked.room_id AND other.state = ANY(%(states)s)
                   AND other.start >= timezone('UTC', timezone(asked.tz, asked.month))
                   AND other.start < timezone('UTC', timezone(asked.tz, asked.month + interval '1 month'))
                  JOIN res_partner partner ON partner.id = other.partner_id AND partner.commercial_partner_id = asked.holder
                 GROUP BY asked.id
                """,
                ids=self.ids,
                states=list(COUNTED),
            )
        )
        return dict(rows)

    def _share_words(self, uses, number, quota):
        """For example »2 of 4 a month · 34 % of the prime times«."""
        parts = [self.env._("%(number)s of %(quota)s a month", number=number, quota=quota)] if quota else []
        own = next((use for use in uses if use.holder == self.partner_id.commercial_partner_id.id), None)
        total = sum(use.prime for use in uses)
        if own and total:
            parts.append(self.env._("%s %% of the prime times", round(100 * own.prime / total)))
        elif own:
            parts.append(self.env._("%s hours this quarter", f"{own.hours:g}"))
        return " · ".join(parts)

    def _share_table(self, uses):
        """Who has how much of the centre, the asker among them, as a table."""
        asker = self.partner_id.commercial_partner_id.id
        shown = [use for position, use in enumerate(uses) if position < MOST_NAMES or use.holder == asker]
        others = [use for use in uses if use not in shown]
        names = {one.id: one.display_name for one in self.env["res.partner"].browse([use.holder for use in shown if use.holder])}
        total = sum(use.prime for use in uses)

        def line(name, group, own=False):
            prime = sum(use.prime for use in group)
            return {
                "name": name,
                "own": own,
                "bookings": sum(use.bookings for use in group),
                "hours": sum(use.hours for use in group),
                "prime": prime,
                "share": round(100 * prime / total) if total else 0,
            }

        lines = [line(names.get(use.holder) or self.env._("Own department"), [use], use.holder == asker) for use in shown]
        if others:
            lines.append(line(self.env._("%s others", len(others)), others))
        return self.env["ir.qweb"]._render("sozial_management_room.share_table", {"lines": lines})
