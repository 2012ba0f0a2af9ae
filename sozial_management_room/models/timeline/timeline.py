from collections import defaultdict
from datetime import datetime, time, timedelta

from odoo import api, fields, models

SHOWN_STATES = ("draft", "requested", "confirmed", "done", "suspended")
BLOCKING_STATES = ("requested", "confirmed", "done")
EARLIEST, LATEST = 8 * 60, 22 * 60  # shown where nothing says otherwise, in minutes of the day
LONGEST = 14  # days


class SozialRoomTimeline(models.AbstractModel):
    """Rooms × time: what the screen »Room plan« shows, and what dropping a booking does.

    Everything is in the local time of the centre, as days and minutes of the day, so that the
    browser's own time zone never shifts a booking.
    """

    _name = "sozial.room.timeline"
    _description = "Room plan"

    @api.model
    def get_timeline(self, centre_id=False, day=False, days=1):
        """One centre's rooms with everything that takes them up on some days.

        :param centre_id: the first centre of the user's companies if empty
        :param day: first day as ISO date in the centre's time, today if empty
        :param days: 1 to 14
        :return: dict of centres, days, rooms, bars, closures and opening hours; see the keys below
        :raise AccessError: for users without the room roles
        """
        centres = self.env["sozial.centre"].search([], limit=200)
        centre = centres.filtered(lambda one: one.id == centre_id) or centres[:1]
        choices = [{"id": one.id, "name": one.name} for one in centres]
        if not centre:
            return {"centres": choices, "centre_id": False, "may_create": centres.has_access("create")}
        first = fields.Date.to_date(day) or fields.Datetime.context_timestamp(
            self.with_context(tz=centre.tz), fields.Datetime.now()
        ).date()
        shown = [first + timedelta(days=n) for n in range(max(1, min(int(days), LONGEST)))]
        begin, end = (centre._to_utc(datetime.combine(one, time.min)) for one in (first, shown[-1] + timedelta(days=1)))
        rooms = self.env["sozial.room"].search([("centre_id", "=", centre.id)])
        bookings = self._bookings(centre, begin, end)
        bars = [bar for booking in bookings for bar in self._bars(booking, rooms, shown)]
        opened = self._opened(centre, begin, end, shown)
        return {
            "centres": choices,
            "centre_id": centre.id,
            "tz": centre.tz,
            "today": fields.Date.to_string(centre._local(fields.Datetime.now()).date()),
            "days": [
                {"date": fields.Date.to_string(one), "holiday": name, "open": opened[one]}
                for one, name in self._holidays(centre, begin, end, shown)
            ],
            "rooms": [{"id": room.id, "name": room.name, "capacity": room.capacity} for room in rooms],
            "bars": bars,
            "closures": self._closures(centre, rooms, begin, end, shown),
            **self._span(bars, opened),
            "may_create": self.env["sozial.room.booking"].has_access("create"),
        }

    @api.model
    def move(self, booking_id, room_id, start, stop):
        """Give a booking another room or time, as the current user, with all conditions.

        :param start, stop: local times of the centre, ISO without zone
        :return: what staff should notice, or an empty string
        :raise UserError: if the slot is taken or may not be had; nothing is changed then
        """
        booking = self.env["sozial.room.booking"].browse(booking_id)
        booking.check_access("write")
        centre = self.env["sozial.room"].browse(room_id).centre_id
        values = {"start": centre._to_utc(datetime.fromisoformat(start)), "stop": centre._to_utc(datetime.fromisoformat(stop))}
        if booking.room_id.id != room_id:
            values["room_id"] = room_id
        booking.write(values)
        self.env.flush_all()  # the slot is taken or refused now, not after the answer
        return booking.warning or ""

    @api.model
    def _bookings(self, centre, begin, end):
        return self.env["sozial.room.booking"].search(
            [
                ("centre_id", "=", centre.id),
                ("state", "in", SHOWN_STATES),
                ("start", "<", end + timedelta(days=1)),
                ("stop", ">", begin - timedelta(days=1)),
            ],
            order="start, id",
        )

    @api.model
    def _bars(self, booking, rooms, shown):
        """The pieces of a booking by day, in its own room and, as shadows, in rooms that share a part."""
        centre = booking.centre_id
        start, stop = (centre._local(moment).replace(tzinfo=None) for moment in (booking.start, booking.stop))
        shadows = self.env["sozial.room"]
        if booking.state in BLOCKING_STATES:
            shadows = rooms.filtered(lambda room: room != booking.room_id and room.atom_ids & booking.room_id.atom_ids)
        common = {
            "booking_id": booking.id,
            "name": booking.name,
            "who": booking.partner_id.name or "",
            "state": booking.state,
            "persons": booking.persons,
            "start_local": start.isoformat(timespec="minutes"),
            "stop_local": stop.isoformat(timespec="minutes"),
            "movable": booking.state in ("draft", "requested", "confirmed"),
        }
        buffered = (start - timedelta(minutes=booking.setup_minutes), stop + timedelta(minutes=booking.teardown_minutes))
        for piece, outer in zip(self._pieces(start, stop, shown, keep_empty=True), self._pieces(*buffered, shown), strict=False):
            yield {**common, **piece, "outer": [outer["start"], outer["stop"]], "room_id": booking.room_id.id, "shadow": ""}
        for room in shadows:
            for piece in self._pieces(*buffered, shown):
                yield {
                    **common, **piece, "outer": [piece["start"], piece["stop"]],
                    "room_id": room.id, "shadow": booking.room_id.name, "movable": False,
                }  # fmt: skip

    @api.model
    def _pieces(self, start, stop, shown, keep_empty=False):
        """A local span cut at midnight: day, first and last minute, and whether it goes on before or after."""
        pieces = []
        for day in shown:
            midnight = datetime.combine(day, time.min)
            following = midnight + timedelta(days=1)
            if start < following and stop > midnight:
                pieces.append(
                    {
                        "day": fields.Date.to_string(day),
                        "start": int((max(start, midnight) - midnight).total_seconds() // 60),
                        "stop": int((min(stop, following) - midnight).total_seconds() // 60),
                        "before": start < midnight,
                        "after": stop > following,
                    }
                )
        return pieces

    @api.model
    def _opened(self, centre, begin, end, shown):
        """Opening hours by day, as minutes; None where the centre has none set."""
        spans = centre._open_intervals(begin, end)
        opened = dict.fromkeys(shown)
        if spans is not None:
            opened = {day: [] for day in shown}
            for start, stop in spans:
                local = (centre._local(moment).replace(tzinfo=None) for moment in (start, stop))
                for piece in self._pieces(*local, shown):
                    opened[fields.Date.to_date(piece["day"])].append([piece["start"], piece["stop"]])
        return opened

    @api.model
    def _holidays(self, centre, begin, end, shown):
        names = centre._holidays_between(begin, end)
        return [(day, names.get(day, "")) for day in shown]

    @api.model
    def _closures(self, centre, rooms, begin, end, shown):
        """Closed times by room. The rows are internal; the centre was searched with the user's rights before."""
        rows = self.env["sozial.room.occupancy"].sudo().search(
            [
                ("atom_id", "in", rooms.atom_ids.ids),
                ("closure_id", "!=", False),
                ("blocking", "=", True),
                ("start_at", "<", end),
                ("stop_at", ">", begin),
            ],
            limit=5000,
        )
        by_atom = defaultdict(list)
        for row in rows:
            by_atom[row.atom_id].append(row)
        closed = {}
        for room in rooms:
            for row in (row for atom in room.atom_ids for row in by_atom[atom]):
                local = (centre._local(moment).replace(tzinfo=None) for moment in (row.start_at, row.stop_at))
                for piece in self._pieces(*local, shown):
                    key = (room.id, row.closure_id.id, piece["day"], piece["start"])
                    closed[key] = {**piece, "room_id": room.id, "name": row.closure_id.name}
        return list(closed.values())

    @api.model
    def _span(self, bars, opened):
        """From which to which minute the days are drawn: whole hours, around hours and bookings."""
        starts = [bar["start"] for bar in bars] + [span[0] for spans in opened.values() for span in spans or ()]
        stops = [bar["stop"] for bar in bars] + [span[1] for spans in opened.values() for span in spans or ()]
        first = min([*starts, EARLIEST]) // 60 * 60
        last = -(-max([*stops, LATEST]) // 60) * 60
        return {"from_minute": first, "to_minute": last}
