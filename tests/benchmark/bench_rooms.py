"""Room bookings beside OCA's `resource_booking`, Odoo's `calendar.event` and plain psycopg2.

Ours books as an ordinary user of the rooms: access checks, record rules and both constraints
are on, and the contact gets a mail. `resource_booking` books a combination of one resource with
mails, as the superuser; `calendar.event` is created without mails. Both peers work on empty
tables at every size, which flatters them. The plain insert writes the same rows into a copy of
the occupancy table with the same constraints and the same number of rows.

Statistics are renewed between measurements, for both sides, as PostgreSQL's own autovacuum does
once a minute on a server that runs: a benchmark fills empty tables faster than that.
"""

import datetime as dt
import sys
import time

from psycopg2.extras import execute_values

from odoo import Command

from sozial_setup.bench import FOLDER, Row
from sozial_setup.bench_tools import install_peer, median, side_by_side

sys.path.append(str(FOLDER))

from programme_page import LIMIT, PINNED, SESSIONS, Programme

PEERS = ("odoo-addon-resource-booking==19.0.1.0.1.2", "odoo-addon-web-calendar-slot-duration==19.0.1.0.0.2", "cssselect==1.6.0")
SIZES = (0, 50_000, 500_000)
ROOMS = 50
SINGLES, BATCH, BATCHES = 40, 2_000, 3
PAST = dt.datetime(2000, 1, 3, 6)
MONDAY = dt.datetime(2035, 1, 1, 9)
QUARTER, ONE, GROWTH, EIGHTH = 4.0, 1.0, 1 / 1.3, 1 / 8
PREVIEW_LIMIT, SEARCH_LIMIT = 0.030, 0.100


class Ours:
    """A company with rooms, its user and its contact."""

    def __init__(self, env):
        company = env["res.company"].create({"name": "Bench", "email": "bench@example.com"})
        env.user.company_ids |= company
        group = env.ref("sozial_management_room.group_sozial_room_user")
        user = env["res.users"].create(
            {
                "name": "Bench", "login": "bench.rooms", "company_id": company.id,
                "company_ids": [Command.set(company.ids)], "group_ids": [Command.set(group.ids)],
            }
        )  # fmt: skip
        centre = env["sozial.centre"].create({"name": "Bench", "company_id": company.id, "holiday_state": "NI"})
        self.rooms = env["sozial.room"].create(
            [
                {
                    "name": f"Room {number}", "centre_id": centre.id, "setup_minutes": 10, "teardown_minutes": 10,
                    "condition_ids": [Command.create({"customer_group": "partner", "mode": "direct"})],
                }
                for number in range(ROOMS)
            ]
        )  # fmt: skip
        self.partner = env["res.partner"].create(
            {"name": "Verein", "is_company": True, "email": "verein@example.com", "company_id": company.id}
        )
        self.env = env(user=user.id, context={"allowed_company_ids": company.ids, "lang": "de_DE"})
        self.next_day = MONDAY

    def values(self, number):
        """The next `number` bookings that nobody else has: all rooms in turn, an hour each."""
        slots = []
        while len(slots) < number:
            slots += [(room.id, self.next_day + dt.timedelta(hours=hour)) for hour in (0, 3, 6) for room in self.rooms]
            self.next_day += dt.timedelta(days=1)
        return [
            {
                "name": "Probe", "room_id": room, "partner_id": self.partner.id, "state": "confirmed",
                "start": start, "stop": start + dt.timedelta(hours=1),
            }
            for room, start in slots[:number]
        ]  # fmt: skip

    def create(self, values):
        """Seconds and queries from `create` to the flush; the transaction knows nothing before."""
        self.env.flush_all()
        self.env.invalidate_all()
        queries, started = self.env.cr.sql_log_count, time.perf_counter()
        self.env["sozial.room.booking"].create(values)
        self.env.flush_all()
        taken = time.perf_counter() - started, self.env.cr.sql_log_count - queries
        self.env.cr.commit()
        return taken


def fill(env, ours, copy, wanted):
    """Bring bookings, occupancy and its copy to `wanted` rows, by SQL."""
    env.cr.execute("SELECT count(*) FROM sozial_room_occupancy WHERE start_at < '2030-01-01'")
    [have] = env.cr.fetchone()
    if wanted > have:
        env.cr.execute(
            """
            WITH slots AS (
                SELECT (%(rooms)s::int[])[1 + n %% %(number)s] AS room_id,
                       %(past)s::timestamp + (n / %(number)s) * interval '1 hour' AS start
                  FROM generate_series(%(have)s, %(wanted)s - 1) n
            ), booked AS (
                INSERT INTO sozial_room_booking (name, room_id, centre_id, company_id, start, stop, setup_minutes,
                       teardown_minutes, customer_group, user_id, state)
                SELECT 'Probe', slots.room_id, room.centre_id, room.company_id, start, start + interval '40 minutes', 10, 10,
                       'own', %(user)s, 'done'
                  FROM slots JOIN sozial_room room ON room.id = slots.room_id
             RETURNING id, room_id, start, stop
            )
            INSERT INTO sozial_room_occupancy (atom_id, booking_id, start_at, stop_at, kind, blocking)
            SELECT part.atom_id, booked.id, start - interval '10 minutes', stop + interval '10 minutes', 0, TRUE
              FROM booked JOIN sozial_room_atom_rel part USING (room_id)
            """,
            {
                "rooms": ours.rooms.ids, "number": ROOMS, "past": PAST, "have": have, "wanted": wanted, "user": ours.env.uid,
            },
        )  # fmt: skip
        env.cr.execute(
            f"INSERT INTO {copy} (atom_id, booking_id, start_at, stop_at, kind, blocking) "
            "SELECT atom_id, booking_id, start_at, stop_at, kind, blocking FROM sozial_room_occupancy "
            "WHERE start_at < '2030-01-01' ORDER BY id OFFSET %s",
            [have],
        )
    env.cr.commit()
    settle(env, copy)


def settle(env, copy):
    """Renew the statistics, and with them the plans that the session keeps for its foreign keys."""
    env.cr.execute(f"ANALYZE sozial_room_booking; ANALYZE sozial_room_occupancy; ANALYZE {copy}")
    env.cr.commit()


def copy_table(env):
    """A copy of the occupancy table with all of its constraints, foreign keys included."""
    copy = "bench_occupancy"
    env.cr.execute(f"CREATE TABLE {copy} (LIKE sozial_room_occupancy INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
    env.cr.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = 'sozial_room_occupancy'::regclass AND contype IN ('x', 'f', 'p')"
    )
    for name, definition in env.cr.fetchall():
        env.cr.execute(f"ALTER TABLE {copy} ADD CONSTRAINT bench_{name} {definition}")
    for column in ("booking_id", "closure_id"):
        env.cr.execute(f"CREATE INDEX ON {copy} ({column}) WHERE {column} IS NOT NULL")
    env.cr.commit()
    return copy


def time_plain(env, ours, copy, values):
    """Seconds that psycopg2 takes to write the same rows into the copy; the bookings exist already."""
    atoms = {room.id: room.atom_ids.id for room in ours.rooms}
    buffer = dt.timedelta(minutes=10)
    env.cr.execute("SELECT min(id) FROM sozial_room_booking WHERE company_id = %s", [ours.rooms[0].company_id.id])
    [booking] = env.cr.fetchone()
    rows = [(atoms[v["room_id"]], booking, v["start"] - buffer, v["stop"] + buffer, 0, True) for v in values]
    started = time.perf_counter()
    execute_values(
        env.cr._obj,
        f"INSERT INTO {copy} (atom_id, booking_id, start_at, stop_at, kind, blocking) VALUES %s",
        rows,
        page_size=len(rows),
    )
    taken = time.perf_counter() - started
    env.cr.commit()
    return taken


def time_preview(ours, manager_env):
    """Seconds for a year of Mondays in eight rooms, as the dialog of a series asks for it."""
    series = manager_env["sozial.room.series"]
    wish_type = sys.modules["odoo.addons.sozial_management_room.models.series.series_preview"].Wish
    wishes = []
    for room in ours.rooms[:8]:
        for week in range(52):
            start = MONDAY + dt.timedelta(weeks=week)
            wishes.append(wish_type(start.date(), room.id, start, start + dt.timedelta(hours=1)))
    manager_env.invalidate_all()
    started = time.perf_counter()
    found = series._findings(wishes)
    taken = time.perf_counter() - started
    if not found:
        raise RuntimeError("the preview is of a year with bookings and holidays: it has to find some")
    return taken


def time_search(ours):
    """Seconds to find out which of 50 rooms are free on which evenings of a month, with set-up and opening hours."""
    interval = sys.modules["odoo.addons.sozial_management_room.timetable"].Interval
    evenings = [MONDAY + dt.timedelta(days=day, hours=6) for day in range(31)]
    slots = [interval(start, start + dt.timedelta(hours=2)) for start in evenings]
    rooms = ours.env["sozial.room"].browse(ours.rooms.ids)
    ours.env.invalidate_all()
    started = time.perf_counter()
    fits = rooms._fits(slots)
    taken = time.perf_counter() - started
    if len(fits) != ROOMS or not any(fit.conflicts for fit in fits):
        raise RuntimeError("the search is over a month with bookings and holidays: it has to find some")
    return taken


class ResourceBooking:
    """One resource in a combination of its own, open round the clock on all days."""

    def __init__(self, env):
        week = [
            Command.create({"name": day, "dayofweek": day, "hour_from": 0, "hour_to": 24, "day_period": "morning"}) for day in "0123456"
        ]
        calendar = env["resource.calendar"].create({"name": "Bench", "tz": "UTC", "attendance_ids": [Command.clear(), *week]})
        resource = env["resource.resource"].create(
            {"name": "Bench", "calendar_id": calendar.id, "resource_type": "material", "tz": "UTC"}
        )
        self.combination = env["resource.booking.combination"].create({"resource_ids": [Command.set(resource.ids)]})
        self.type = env["resource.booking.type"].create(
            {
                "name": "Bench", "resource_calendar_id": calendar.id, "duration": 1,
                "combination_rel_ids": [Command.create({"combination_id": self.combination.id})],
            }
        )  # fmt: skip
        self.partner = env["res.partner"].create({"name": "Verein", "email": "verein@example.com"})
        self.env = env
        self.start = MONDAY

    def book(self):
        self.start += dt.timedelta(hours=3)
        self.env.flush_all()
        self.env.invalidate_all()
        started = time.perf_counter()
        self.env["resource.booking"].create(
            {
                "partner_ids": [Command.link(self.partner.id)], "start": self.start, "type_id": self.type.id,
                "combination_id": self.combination.id, "combination_auto_assign": False,
            }
        )  # fmt: skip
        self.env.flush_all()
        taken = time.perf_counter() - started
        self.env.cr.commit()
        return taken


def time_event(env, partner):
    """Seconds for one calendar event with its attendee, without mails."""
    quiet = env(context={**env.context, "no_mail_to_attendees": True, "tracking_disable": True, "dont_notify": True})
    env.flush_all()
    env.invalidate_all()
    started = time.perf_counter()
    quiet["calendar.event"].create(
        {"name": "Probe", "start": MONDAY, "stop": MONDAY + dt.timedelta(hours=1), "partner_ids": [Command.set(partner.ids)]}
    )
    env.flush_all()
    taken = time.perf_counter() - started
    env.cr.commit()
    return taken


def programme_rows(env):
    """The public programme: the list and the calendar of a week, and the pinned number of queries."""
    programme = Programme(env)
    shown = median(programme.page, 15)
    queries = programme.queries
    week = median(lambda: programme.page("?ansicht=kalender"), 15)
    named = f"public programme, {SESSIONS:,} sessions"
    return [
        Row(f"{named}: list", shown, "the limit we set", LIMIT, ONE),
        Row(f"{named}: list", queries, "pinned", PINNED, ONE, "queries"),
        Row(f"{named}: calendar of a week", week, "the limit we set", LIMIT, ONE),
    ]


def run(env):
    """The table of `setup/bench rooms`."""
    rows, singles, batches, plains = [], {}, {}, {}
    public = programme_rows(env)
    ours, copy = Ours(env), copy_table(env)

    def one():
        return ours.create(ours.values(1))[0]

    fill(env, ours, copy, 0)
    event = side_by_side(one, lambda: time_event(env, ours.partner), times=SINGLES)
    for size in SIZES:
        fill(env, ours, copy, size)
        singles[size] = median(one, SINGLES)
        plain, batch = [], []
        for _turn in range(BATCHES):
            settle(env, copy)
            values = ours.values(BATCH)
            plain.append(time_plain(env, ours, copy, values))
            batch.append(ours.create(values)[0])
        batches[size], plains[size] = min(batch), min(plain)
        rows.append(
            Row(f"{BATCH:,} bookings in a batch, {size:,} rows there", batches[size], "execute_values into a copy", plains[size], EIGHTH)
        )
    largest = SIZES[-1]
    rows += [
        Row(f"one booking at {largest:,} rows", singles[largest], "ours at none", singles[0], GROWTH),
        Row(f"{BATCH:,} in a batch at {largest:,} rows", batches[largest], "ours at none", batches[0], GROWTH),
        # what the two constraints themselves cost more in a large index: no batch can grow less than that
        Row(f"plain insert of {BATCH:,} at {largest:,} rows", plains[largest], "the same at none", plains[0], 0),
    ]
    preview = median(lambda: time_preview(ours, ours.env), 9)
    rows.append(Row("preview: a year, weekly, 8 rooms", preview, "the limit we set", PREVIEW_LIMIT, ONE))
    search = median(lambda: time_search(ours), 9)
    rows.append(Row(f"search: {ROOMS} rooms, 31 evenings, {largest:,} rows there", search, "the limit we set", SEARCH_LIMIT, ONE))
    queries = ours.create(ours.values(1))[1]
    peer = ResourceBooking(install_peer(env, "resource_booking", PEERS))
    booking = side_by_side(one, peer.book, times=SINGLES)
    rows += public
    rows[:0] = [
        Row(f"one booking ({queries} queries), {largest:,} rows there", booking[0], "resource_booking", booking[1], QUARTER),
        Row("one booking, 0 rows there", event[0], "calendar.event, no mails", event[1], ONE),
    ]
    return rows
