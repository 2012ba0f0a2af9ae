from odoo import fields, models
from odoo.tools import SQL

from ..room.condition import CUSTOMER_GROUPS

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class SozialRoomUse(models.Model):
    """Hours in which rooms are used: each booking cut at the full hours of the clock in the centre.

    A view of the database for pivot and graph; nothing is stored. It names nobody: who used a room
    stands as customer group only.
    """

    _name = "sozial.room.use"
    _description = "Use of rooms"
    _auto = False
    _log_access = False
    _order = "day desc, hour, id"
    _depends = {
        "sozial.room.booking": ["room_id", "centre_id", "company_id", "customer_group", "state", "start", "stop"],
        "sozial.room.fee": ["room_id", "customer_group", "kind", "amount"],
        "sozial.centre": ["tz"],
    }

    day = fields.Date(readonly=True, help="Local day in the centre.")
    weekday = fields.Selection(WEEKDAYS, readonly=True)
    hour = fields.Selection(
        lambda self: [(f"{hour:02}", f"{hour:02}:00") for hour in range(24)],  # figures: not translated
        "Hour of the day",
        readonly=True,
    )
    room_id = fields.Many2one("sozial.room", "Room", readonly=True)
    centre_id = fields.Many2one("sozial.centre", "Centre", readonly=True)
    company_id = fields.Many2one("res.company", "Company", readonly=True)
    customer_group = fields.Selection(CUSTOMER_GROUPS, readonly=True)
    paid = fields.Selection(
        [("paid", "Paid use"), ("free", "Free use")],
        "Paid or free",
        readonly=True,
        help="Paid: the room asks a fee of this customer group.",
    )
    state = fields.Selection([("confirmed", "Confirmed"), ("done", "Done"), ("no_show", "Not used")], "Status", readonly=True)
    hours = fields.Float("Hours", readonly=True, aggregator="sum")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT booking.id::bigint * 10000 + slice.number AS id,
                   slice.local::date AS day,
                   (extract(isodow FROM slice.local)::int - 1)::text AS weekday,
                   to_char(slice.local, 'HH24') AS hour,
                   booking.room_id, booking.centre_id, booking.company_id, booking.customer_group, booking.state,
                   CASE WHEN EXISTS (
                        SELECT 1 FROM sozial_room_fee fee
                         WHERE fee.room_id = booking.room_id AND fee.customer_group = booking.customer_group
                           AND fee.kind = 'fee' AND fee.amount > 0
                   ) THEN 'paid' ELSE 'free' END AS paid,
                   extract(epoch FROM LEAST(booking.stop, slice.since + interval '1 hour') - GREATEST(booking.start, slice.since)) / 3600
                   AS hours
              FROM sozial_room_booking booking
              JOIN sozial_centre centre ON centre.id = booking.centre_id
              JOIN LATERAL (
                    SELECT since, number, timezone(centre.tz, timezone('UTC', since)) AS local
                      FROM generate_series(date_trunc('hour', booking.start), booking.stop - interval '1 second', interval '1 hour')
                           WITH ORDINALITY AS hour(since, number)
              ) slice ON TRUE
             WHERE booking.state IN ('confirmed', 'done', 'no_show')
            """
        )
