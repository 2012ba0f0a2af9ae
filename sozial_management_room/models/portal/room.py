from collections import defaultdict
from datetime import datetime, time, timedelta

from odoo import models

from ...timetable.intervals import Interval, merge, subtract


class SozialRoom(models.Model):
    """What portal users learn of a room, and how they book it: free times, never who has the others."""

    _name = "sozial.room"
    _inherit = ["sozial.room", "sozial.portal.readable"]

    _portal_fields = frozenset(
        {"id", "display_name", "name", "sequence", "active", "centre_id", "company_id", "capacity", "area", "floor", "seating_ids",
         "feature_ids", "step_free", "door_width", "has_lift", "accessible_toilet", "induction_loop", "image", "description",
         "setup_minutes", "teardown_minutes"}
    )  # fmt: skip

    def _portal_mode(self, **slot):
        """`direct`, `request` or `view` for the current user.

        :param slot: ``start`` and ``stop`` in UTC, where it is about one slot
        """
        self.ensure_one()
        draft = self.env["sozial.room.booking"].new({"room_id": self.id, "partner_id": self.env.user.partner_id.id, **slot})
        return draft._mode()

    def _portal_book(self, values):
        """Book or request this room for the current portal user.

        :param values: ``name``, ``persons``, ``terms_accepted``; ``start`` and ``stop`` as local times of the centre
        :return: the booking, with the user's own rights
        :raise UserError: if the conditions forbid it; IntegrityError: if somebody has the slot
        """
        self.ensure_one()
        self.check_access("read")
        centre = self.centre_id
        slot = {name: centre._to_utc(values[name]) for name in ("start", "stop")}
        booking = (
            self.env["sozial.room.booking"]
            .sudo()
            .create(
                {
                    "room_id": self.id,
                    "partner_id": self.env.user.partner_id.id,
                    "name": values["name"],
                    "persons": values["persons"],
                    "terms_accepted": values["terms_accepted"],
                    **slot,
                    "state": "confirmed" if self._portal_mode(**slot) == "direct" else "requested",
                }
            )
        )
        self.env.flush_all()  # the slot is taken or refused here
        return booking.sudo(False)

    def _free_times(self, days):
        """Free local times of one room by day, long enough for a quarter of an hour.

        Time to set up and clear away is taken off already.

        :return: ``{day: [(start, stop), …]}``, naive local times
        """
        self.ensure_one()
        return {day: spans for (room, day), spans in self._free_times_of(days).items() if room == self}

    def _free_times_of(self, days):
        """As `_free_times`, for several rooms: ``{(room, day): [(start, stop), …]}``.

        Occupancy is internal; what leaves here is only free time of rooms the user may read.
        """
        self.check_access("read")
        free = {}
        for centre, rooms in self.grouped(lambda room: room.sudo().centre_id).items():
            usable = centre._week_plan().intervals(min(days), max(days))
            begin = centre._to_utc(datetime.combine(min(days), time.min))
            end = centre._to_utc(datetime.combine(max(days) + timedelta(days=1), time.min))
            taken = rooms._taken(begin, end)
            for room in rooms:
                left = subtract(usable, taken[room])
                for day in days:
                    free[room, day] = room._local_spans(left, day)
        return free

    def _taken(self, begin, end):
        """What is taken of each room within a UTC period, widened by its own buffers."""
        longest = timedelta(minutes=max([*self.mapped("setup_minutes"), *self.mapped("teardown_minutes")], default=0))
        rows = (
            self.env["sozial.room.occupancy"]
            .sudo()
            .search_fetch(
                [
                    ("atom_id", "in", self.sudo().atom_ids.ids),
                    ("blocking", "=", True),
                    ("start_at", "<", end + longest),
                    ("stop_at", ">", begin - longest),
                ],
                ["atom_id", "start_at", "stop_at"],
            )
        )
        by_atom = defaultdict(list)
        for row in rows:
            by_atom[row.atom_id].append(row)
        taken = {}
        for room in self:
            before, after = timedelta(minutes=room.setup_minutes), timedelta(minutes=room.teardown_minutes)
            taken[room] = merge(
                Interval(row.start_at - after, row.stop_at + before)
                for atom in room.sudo().atom_ids
                for row in by_atom[atom]
            )
        return taken

    def _local_spans(self, intervals, day):
        """The part of UTC intervals on a local day, without slivers under a quarter of an hour."""
        midnight = datetime.combine(day, time.min)
        spans = []
        for start, stop in intervals:
            begins, ends = (self.centre_id._local(moment) for moment in (start, stop))
            begins, ends = max(begins, midnight), min(ends, midnight + timedelta(days=1))
            if ends - begins >= timedelta(minutes=15):
                spans.append((begins, ends))
        return spans

    def _portal_offers(self, day, start=None, stop=None, weeks=1):
        """Rooms with their free times of a day; those that are free at the wished time come first.

        :param weeks: ask for the same time in so many weeks, one after the other
        :return: list of dicts ``room``, ``free``, ``fits`` (None without a wished time) and ``dates``: the wished
            days with whether the room is free, if there are several
        """
        free, wished = self._free_times_of([day]), start and stop and start < stop
        dates = self._free_on(day, start, stop, weeks) if wished and weeks > 1 else {}
        offers = []
        for room in self:
            spans = free[room, day]
            fits = None
            if wished:
                begin, end = datetime.combine(day, start), datetime.combine(day, stop)
                fits = any(begins <= begin and end <= ends for begins, ends in spans)
            offers.append({"room": room, "free": spans, "fits": fits, "dates": dates.get(room, [])})
        return sorted(offers, key=lambda offer: (sum(not one for _day, one in offer["dates"]), offer["fits"] is False))

    def _free_on(self, day, start, stop, weeks):
        """``{room: [(day, whether it is free), …]}`` for the same local time in several weeks."""
        days = [day + timedelta(weeks=week) for week in range(weeks)]
        found = {}
        for centre, rooms in self.grouped(lambda room: room.sudo().centre_id).items():
            slots = [Interval(*(centre._to_utc(datetime.combine(one, moment)) for moment in (start, stop))) for one in days]
            for fit in rooms._fits(slots):
                found[self.browse(fit.room.key)] = [(one, number not in fit.conflicts) for number, one in enumerate(days)]
        return found
