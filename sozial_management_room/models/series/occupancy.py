from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL


class Slot(NamedTuple):
    """A time in a room, naive UTC. Buffers in minutes; None: those of the room."""

    room_id: int
    start: datetime
    stop: datetime
    exempt: bool = False
    setup: int | None = None
    teardown: int | None = None


class Hit(NamedTuple):
    """What stands in the way. `name` is empty where the user may not read the booking."""

    kind: int
    booking_id: int | None
    closure_id: int | None
    name: str | None


class SozialRoomOccupancy(models.Model):
    """The question before the booking: what stands in the way of many slots, in one query."""

    _inherit = "sozial.room.occupancy"

    def _hits(self, slots, ignored=()):
        """What stands in the way of slots, by the same expressions as the constraints.

        :param slots: list of ``Slot``
        :param ignored: ids of bookings that do not count, because they are about to move
        :return: ``{position in slots: [Hit, …]}`` for those that cannot be had
        """
        if not slots:
            return {}
        self.env["sozial.room"].flush_model(["setup_minutes", "teardown_minutes", "atom_ids"])
        rooms, starts, stops, exempt, setup, teardown = (list(column) for column in zip(*slots, strict=True))
        # Who may not read a booking learns that the slot is taken, not by whom. Asked for each hit by its id: as a list of
        # all that may be read, it would be as long as the table.
        readable = self.env["sozial.room.booking"]._search([])
        readable.add_where("sozial_room_booking.id = taken.booking_id")
        query = SQL(
            """
            WITH wanted AS MATERIALIZED (
                SELECT slot.number, slot.exempt, part.atom_id,
                       slot.start - make_interval(mins => COALESCE(slot.setup, room.setup_minutes, 0)) AS start_at,
                       slot.stop + make_interval(mins => COALESCE(slot.teardown, room.teardown_minutes, 0)) AS stop_at
                  FROM unnest(%(rooms)s::int[], %(starts)s::timestamp[], %(stops)s::timestamp[], %(exempt)s::bool[],
                              %(setup)s::int[], %(teardown)s::int[])
                       WITH ORDINALITY AS slot(room_id, start, stop, exempt, setup, teardown, number)
                  JOIN sozial_room room ON room.id = slot.room_id
                  JOIN sozial_room_atom_rel part ON part.room_id = slot.room_id
            )
            SELECT DISTINCT wanted.number, taken.kind, taken.booking_id, taken.closure_id,
                   COALESCE(closure.name, (%(name)s))
              FROM wanted
              JOIN LATERAL (
                    SELECT kind, booking_id, closure_id
                      FROM sozial_room_occupancy
                     WHERE blocking
                       AND int4range(atom_id, atom_id, '[]') && int4range(wanted.atom_id, wanted.atom_id, '[]')
                       AND tsrange(start_at, stop_at, '[)') && tsrange(wanted.start_at, wanted.stop_at, '[)')
                    OFFSET 0
              ) taken ON NOT (wanted.exempt AND taken.kind = 1) AND COALESCE(taken.booking_id, 0) <> ALL(%(ignored)s::int[])
              LEFT JOIN sozial_room_closure closure ON closure.id = taken.closure_id
             ORDER BY 1, 2, 3, 4
            """,
            rooms=rooms,
            starts=starts,
            stops=stops,
            exempt=exempt,
            setup=setup,
            teardown=teardown,
            ignored=list(ignored),
            name=readable.select(SQL("sozial_room_booking.name")),
        )
        found = defaultdict(list)
        for number, *values in self.env.execute_query(query):
            found[number - 1].append(Hit(*values))
        return dict(found)
