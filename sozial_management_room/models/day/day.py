from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import formatLang

from ..booking.booking_check_in import EARLY

# what stands on the screen; of the cancelled only sessions, because people may come all the same
SHOWN = ("requested", "confirmed", "done", "no_show", "suspended")
BACK = timedelta(days=7)  # how far back a session without attendance is asked for
ROWS = 20
MOST_NAMES = 2000


class SozialCentreDay(models.AbstractModel):
    """One screen for Monday morning in the centre: who comes, into which room, with which key.

    Everything is read as the current user; names of those registered are those the user may read.
    Times are those of the centre, as ``HH:MM``.
    """

    _name = "sozial.centre.day"
    _description = "Day of the centre"

    @api.model
    def get_day(self, centre_id=False, day=False):
        """Everything the screen shows, in one call.

        :param centre_id: the first centre of the user's companies if empty
        :param day: ISO date in the centre's time, today if empty
        :return: dict ``centres``, ``centre_id``, ``day``, ``rooms``, ``closures``, ``notices``, ``keys``,
            ``deposits``, ``uncounted``, ``requests``, ``set_up`` (None for those who do not set up)
        :raise AccessError: for users without the room roles
        :raise UserError: if the day is no date
        """
        centres = self.env["sozial.centre"].search([], limit=200)
        centre = centres.filtered(lambda one: one.id == centre_id) or centres[:1]
        page = {"user": self.env.user.name, "centres": [{"id": one.id, "name": one.name} for one in centres], "centre_id": centre.id}
        may_create = centres.has_access("create")
        if not centre:
            return {**page, "may_create": may_create}
        today = centre._local(fields.Datetime.now()).date()
        shown = self._day_of(day) or today
        begin, end = (centre._to_utc(datetime.combine(one, time.min)) for one in (shown, shown + timedelta(days=1)))
        bookings = self._bookings(centre, begin, end)
        sessions = self._sessions(centre, bookings, begin, end)
        return {
            **page,
            "day": fields.Date.to_string(shown),
            "today": fields.Date.to_string(today),
            "holiday": centre._holidays_between(begin, end).get(shown, ""),
            "rooms": self._rooms(centre, bookings, sessions, shown),
            "closures": self._closures(centre, begin, end),
            "notices": self._notices(centre, shown),
            "keys": self._keys(centre),
            "deposits": self._deposits(centre, shown),
            "uncounted": self._uncounted(centre, begin),
            "requests": self.env["sozial.room.booking"].search_count([("centre_id", "=", centre.id), ("state", "=", "requested")]),
            "set_up": self.env["sozial.centre.set.up"]._steps(centre) if may_create else None,
            "may_create": may_create,
        }

    @api.model
    def _day_of(self, day):
        try:
            return fields.Date.to_date(day or False)
        except ValueError as error:
            raise UserError(self.env._("Day: %s is no date. Enter it as year-month-day.", day)) from error

    @api.model
    def _bookings(self, centre, begin, end):
        domain = (
            Domain("centre_id", "=", centre.id)
            & Domain("start", "<", end)
            & Domain("stop", ">", begin)
            & (Domain("state", "in", SHOWN) | (Domain("state", "=", "cancelled") & Domain("session_ids", "!=", False)))
        )
        return self.env["sozial.room.booking"].search(domain, order="start, id", limit=500)

    @api.model
    def _sessions(self, centre, bookings, begin, end):
        """Sessions of the bookings, and those that have no room of ours."""
        outside = Domain("booking_id", "=", False) & Domain("start", "<", end) & Domain("stop", ">", begin)
        domain = Domain("centre_id", "=", centre.id) & (Domain("booking_id", "in", bookings.ids) | outside)
        return self.env["sozial.activity.session"].search(domain, order="start, id", limit=500)

    @api.model
    def _rooms(self, centre, bookings, sessions, shown):
        """Rooms with what is on in each, by time; the last one stands for what is elsewhere."""
        rooms = self.env["sozial.room"].search([("centre_id", "=", centre.id)], limit=200)
        doors = rooms.filtered("door_url") if rooms.has_access("write") else rooms.browse()
        people = self._people(sessions)
        of_booking = {session.booking_id: session for session in sessions}
        rows = {room.id: [] for room in rooms}
        for booking in bookings:
            rows.setdefault(booking.room_id.id, []).append(self._booking_row(centre, booking, of_booking.get(booking), people, shown))
        outside = [self._session_row(centre, one, people, shown) for one in sessions if not one.booking_id]
        found = [
            {"id": room.id, "name": room.name, "door": room.door_url if room in doors else False, "rows": rows[room.id]}
            for room in rooms | bookings.room_id
        ]
        return [*found, {"id": False, "name": self.env._("Elsewhere"), "door": False, "rows": outside}] if outside else found

    @api.model
    def _times(self, centre, one, shown):
        """Begin and end on the clock of the centre; of what lasts longer than the day its limits."""
        start, stop = centre._local(one.start), centre._local(one.stop)
        return {
            "from": start.strftime("%H:%M") if start.date() == shown else "00:00",
            "until": stop.strftime("%H:%M") if stop.date() == shown else "24:00",
        }

    @api.model
    def _booking_row(self, centre, booking, session, people, shown):
        now = fields.Datetime.now()
        deposits = booking.deposit_ids
        live = booking.state in ("confirmed", "done")
        row = {
            "booking": booking.id,
            "state": booking.state,
            "title": booking.name,
            "partner": booking.partner_id.name or "",
            "persons": booking.persons,
            "came": bool(booking.checked_in_at),
            "may_check_in": booking.state == "confirmed" and not booking.checked_in_at and booking.start - EARLY <= now < booking.stop,
            "key": booking.key_state,
            "may_hand_out": live and booking.key_state == "here" and bool(booking.partner_id),
            "deposit_due": live and not deposits and booking._deposit_due() > 0,
            **self._times(centre, booking, shown),
        }
        return {**row, **self._of_session(session, people)} if session else {**row, "session": False}

    @api.model
    def _session_row(self, centre, session, people, shown):
        row = {
            "booking": False, "state": "confirmed", "partner": "", "persons": 0, "came": False, "may_check_in": False, "key": "here",
            "may_hand_out": False, "deposit_due": False,
        }  # fmt: skip
        place = {"partner": session.place or ""}
        return {**row, **place, **self._times(centre, session, shown), **self._of_session(session, people)}

    @api.model
    def _of_session(self, session, people):
        """What a row says of the session that is on."""
        return {
            "session": session.id,
            "title": session.activity_id.name,
            "state": {"planned": "confirmed"}.get(session.state, session.state),
            "leader": session.leader_id.name or "",
            "stand_in": bool(session.leader_id) and session.leader_id != session.activity_id.leader_id,
            "registered": people.get(session, {"count": 0, "names": []}),
            "registration": session.activity_id.registration,
        }

    @api.model
    def _people(self, sessions):
        """Who has a seat, for the session or the whole course: ``{session: {"count", "names"}}``.

        All are counted; named are those whose registration the user may read.
        """
        wanted = sessions.filtered(lambda one: one.activity_id.registration != "none")
        if not wanted:
            return {}
        registered = self.env["sozial.activity.registration"]
        domain = [
            ("state", "=", "confirmed"),
            "|",
            ("session_id", "in", wanted.ids),
            "&",
            ("session_id", "=", False),
            ("activity_id", "in", wanted.activity_id.ids),
        ]
        groups = registered.sudo()._read_group(domain, ["activity_id", "session_id"], ["__count"])
        counts = {(activity.id, session.id): number for activity, session, number in groups}
        names = {}
        for one in registered.search(domain, limit=MOST_NAMES):
            names.setdefault((one.activity_id.id, one.session_id.id), []).append(self._person(one))
        people = {}
        for session in wanted:
            keys = ((session.activity_id.id, session.id), (session.activity_id.id, False))
            people[session] = {
                "count": sum(counts.get(key, 0) for key in keys),
                "names": sorted(name for key in keys for name in names.get(key, ())),
            }
        return people

    @api.model
    def _person(self, registration):
        """A name; of a consultation hour with the time of the slot."""
        if registration.kind != "consultation" or not registration.session_id:
            return registration.name
        return f"{registration.session_id._slot_of(registration.seat)[0]:%H:%M} {registration.name}"

    @api.model
    def _closures(self, centre, begin, end):
        closures = self.env["sozial.room.closure"].search(
            Domain("centre_id", "=", centre.id)
            & Domain("state", "=", "active")
            & Domain("start", "<", end)
            & (Domain("stop", "=", False) | Domain("stop", ">", begin)),
            limit=ROWS,
        )
        return [{"id": one.id, "name": one.name, "scope": one.scope} for one in closures]

    @api.model
    def _notices(self, centre, shown):
        notices = self.env["sozial.centre.notice"]
        return [
            {
                "id": one.id,
                "text": one.text,
                "author": one.user_id.name,
                "until": fields.Date.to_string(one.date_until) if one.date_until else "",
                "pinned": one.pinned,
                "at_doors": one.at_doors,
            }
            for one in notices.search(notices._shown(centre, shown), limit=ROWS)
        ]

    @api.model
    def _keys(self, centre):
        """Keys that are out, the one that is due first on top."""
        protocols = self.env["sozial.room.protocol"].search(
            [("centre_id", "=", centre.id), ("kind", "=", "out"), ("back_at", "=", False)], order="due_at, id", limit=ROWS
        )
        return [
            {
                "id": one.id,
                "person": one.person,
                "keys": one.keys or "",
                "booking": one.booking_id.display_name,
                "due": centre._local(one.due_at).isoformat(timespec="minutes"),
                "overdue": one.overdue,
            }
            for one in protocols
        ]

    @api.model
    def _deposits(self, centre, shown):
        """Deposits that are still here although their booking is over."""
        deposits = self.env["sozial.room.deposit"].search(
            [("centre_id", "=", centre.id), ("settled_on", "=", False), ("booking_id.stop", "<=", fields.Datetime.now())],
            order="paid_on, id",
            limit=ROWS,
        )
        return [
            {
                "id": one.id,
                "booking": one.booking_id.display_name,
                "partner": one.partner_id.name or "",
                "amount": formatLang(self.env, one.amount, currency_obj=one.currency_id),
            }
            for one in deposits
        ]

    @api.model
    def _uncounted(self, centre, begin):
        """Sessions of the days before that took place, and nobody was counted."""
        sessions = self.env["sozial.activity.session"].search(
            Domain("centre_id", "=", centre.id)
            & Domain("state", "=", "planned")
            & Domain("start", "<", begin)
            & Domain("start", ">=", begin - BACK)
            & Domain("stop", "<=", fields.Datetime.now()),
            order="start desc, id",
            limit=200,
        )
        return [
            {"id": one.id, "name": one.activity_id.name, "day": one._local_slot()[0].isoformat(timespec="minutes")}
            for one in sessions
            if not one.counted
        ][:ROWS]
