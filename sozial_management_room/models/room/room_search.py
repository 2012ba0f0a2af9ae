from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...timetable import Busy, Interval, Request, RoomFacts, fitting_rooms, merge, widen

NEAR = timedelta(days=1)
MOST_ROOMS = 200


class SozialRoom(models.Model):
    """The search: which rooms suit, and on which of the wished dates they can be had."""

    _inherit = "sozial.room"

    def _suiting(self, persons=0, access=(), features=None, centres=None):
        """Rooms that are big enough and have everything that is asked for, whether free or not.

        :param access: names of the fields that have to be set, for example ``step_free``
        """
        domain = Domain("capacity", ">=", persons)
        for name in access:
            domain &= Domain(name, "=", True)
        for feature in features or ():
            domain &= Domain("feature_ids", "in", feature.ids)
        if centres:
            domain &= Domain("centre_id", "in", centres.ids)
        return self.search(domain, order="capacity, id", limit=MOST_ROOMS)

    def _fits(self, slots, persons=0):
        """Which of these rooms can be had when; what is taken is found by one query for all of them.

        :param slots: list of ``Interval``, naive UTC
        :return: list of ``Fit``, the rooms that are free most often first; ``Fit.room.key`` is the room's id
        """
        self.check_access("read")
        rooms = self.sudo()  # parts and opening hours stay here: what leaves is whether a room is free
        rooms.fetch(["centre_id", "capacity", "setup_minutes", "teardown_minutes", "atom_ids"])
        plans = {centre: centre._week_plan() for centre in rooms.centre_id}
        facts = [
            RoomFacts(
                room.id,
                room.capacity,
                frozenset(room.atom_ids._ids),
                before=timedelta(minutes=room.setup_minutes),
                after=timedelta(minutes=room.teardown_minutes),
                plan=plans[room.centre_id],
            )
            for room in rooms
        ]
        return fitting_rooms(Request(slots, persons), facts, rooms._busy(slots))

    def _busy(self, slots):
        """What takes the parts of these rooms around the slots. Dates that are near each other are one stretch of time."""
        longest = timedelta(minutes=max([*self.mapped("setup_minutes"), *self.mapped("teardown_minutes")], default=0))
        spans = merge(widen(slot, NEAR + longest, NEAR + longest) for slot in slots)
        if not spans or not self:
            return []
        self.env["sozial.room.occupancy"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT taken.atom_id, taken.start_at, taken.stop_at, taken.kind
                  FROM unnest(%s::int[]) AS part(atom_id)
                 CROSS JOIN unnest(%s::timestamp[], %s::timestamp[]) AS span(start_at, stop_at)
                 CROSS JOIN LATERAL (
                        SELECT atom_id, start_at, stop_at, kind
                          FROM sozial_room_occupancy
                         WHERE blocking
                           AND int4range(atom_id, atom_id, '[]') && int4range(part.atom_id, part.atom_id, '[]')
                           AND tsrange(start_at, stop_at, '[)') && tsrange(span.start_at, span.stop_at, '[)')
                        OFFSET 0
                 ) taken
                """,
                self.atom_ids.ids,
                [span.start for span in spans],
                [span.stop for span in spans],
            )
        )
        return [Busy(atom_id, Interval(start, stop), kind) for atom_id, start, stop, kind in rows]
