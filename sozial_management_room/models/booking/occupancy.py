import re

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_date, format_time

# pg_advisory_xact_lock(class, object): our class is any number that no other addon uses
LOCK_CLASS = 2_076_020
KIND_BOOKING, KIND_CLOSURE, KIND_EXEMPT = 0, 1, 3
KEY = re.compile(
    r"=\(\[(?P<atom>\d+),\d+\), "
    r'\["?(?P<start>[^",]+)"?,"?(?P<stop>[^",)]+)"?\)'
)


def slot_taken(env, diagnostics):
    """Message for whoever comes second: which room, on which day, from when to when.

    PostgreSQL's detail names both keys; the second one is what stands there already, with its
    buffers. Who booked is added only for those who may read the booking.
    """
    found = list(KEY.finditer(getattr(diagnostics, "message_detail", None) or ""))
    if not found:
        return env._("This room is already taken at that time. Choose another time or another room.")
    taken = found[-1]
    atom = env["sozial.room.atom"].sudo().browse(int(taken["atom"])).exists()
    values = env["sozial.room.occupancy"]._slot_values(
        atom, fields.Datetime.to_datetime(taken["start"][:19]), fields.Datetime.to_datetime(taken["stop"][:19])
    )
    booking = env["sozial.room.occupancy"]._readable_booking(atom, taken["start"])
    if booking:
        return env._("%(room)s is already taken on %(day)s from %(start)s to %(stop)s: %(booking)s.", **values, booking=booking)
    return env._(
        "%(room)s is already taken on %(day)s from %(start)s to %(stop)s. Choose another time or another room.", **values
    )


class SozialRoomOccupancy(models.Model):
    """Internal: which atom is taken from when to when, buffers included.

    One row an atom and booking or closure. PostgreSQL itself keeps two blocking rows apart, so no
    two transactions can both win, whatever they have read before. Rows are written by SQL, in one
    statement a batch.
    """

    _name = "sozial.room.occupancy"
    _description = "Occupancy"
    _log_access = False
    _order = "start_at, id"

    # no index of its own: the exclusion constraints begin with the atom
    atom_id = fields.Many2one("sozial.room.atom", "Part", required=True, ondelete="restrict", readonly=True)
    booking_id = fields.Many2one(
        "sozial.room.booking", "Booking", ondelete="cascade", index="btree_not_null", readonly=True
    )
    closure_id = fields.Many2one(
        "sozial.room.closure", "Closure", ondelete="cascade", index="btree_not_null", readonly=True
    )
    start_at = fields.Datetime("Taken from", required=True, readonly=True)
    stop_at = fields.Datetime("Taken until", required=True, readonly=True)
    kind = fields.Integer(required=True, readonly=True, help="0 booking, 1 closure, 3 booking that closures spare")
    blocking = fields.Boolean(required=True, readonly=True)

    # int4range(atom_id, atom_id, '[]') instead of `atom_id WITH =` needs no extension of PostgreSQL.
    # Deferrable, so that one UPDATE may shift a whole series; never initially deferred, for at the
    # commit nobody turns the error into a message.
    _no_double_booking = models.Constraint(
        "EXCLUDE USING gist (int4range(atom_id, atom_id, '[]') WITH &&, tsrange(start_at, stop_at, '[)') WITH &&) "
        "WHERE (blocking AND kind <> 1) DEFERRABLE INITIALLY IMMEDIATE",
        slot_taken,
    )
    # -|- (adjacent) holds for the kinds 0 and 1 only: closures may overlap each other, and bookings
    # of kind 3 are spared by closures.
    _no_booking_in_closure = models.Constraint(
        "EXCLUDE USING gist (int4range(atom_id, atom_id, '[]') WITH &&, tsrange(start_at, stop_at, '[)') WITH &&, "
        "int4range(kind, kind + 1) WITH -|-) WHERE (blocking) DEFERRABLE INITIALLY IMMEDIATE",
        slot_taken,
    )
    # a NULL atom would be a range without ends and block every room
    _complete = models.Constraint(
        "CHECK (atom_id IS NOT NULL AND start_at IS NOT NULL AND stop_at IS NOT NULL AND kind IS NOT NULL "
        "AND blocking IS NOT NULL AND start_at < stop_at)",
        "An occupancy has a part, a start, a later end and a kind.",
    )
    _of_one_thing = models.Constraint(
        "CHECK ((kind IN (0, 3) AND booking_id IS NOT NULL AND closure_id IS NULL) "
        "OR (kind = 1 AND closure_id IS NOT NULL AND booking_id IS NULL))",
        "An occupancy belongs to a booking or to a closure.",
    )

    def _lock_sql(self, source):
        """SQL that takes the atoms of `source` one after the other, always in the same order.

        Two transactions that insert overlapping rows at once would otherwise wait for each other
        until PostgreSQL breaks the deadlock; so the second waits, then loses in good order. It
        also makes a statement of the constraints' winner the one who came first.
        """
        return SQL(
            "SELECT count(pg_advisory_xact_lock(%s, atom_id)) AS atoms "
            "FROM (SELECT DISTINCT atom_id FROM %s ORDER BY atom_id) AS parts",
            LOCK_CLASS,
            source,
        )

    def _slot_values(self, atom, start, stop):
        """Words for a slot in the local time of its centre."""
        centre = atom.centre_id
        begins, ends = centre._local(start), centre._local(stop)
        rooms = atom.room_ids.filtered("active").sorted(lambda room: (len(room.atom_ids), room.id))
        day = format_date(self.env, begins.date())
        same_day = begins.date() == ends.date()
        return {
            "room": " / ".join(rooms.mapped("name")) or atom.name,
            "day": day,
            "start": format_time(self.env, begins.time(), time_format="short"),
            "stop": format_time(self.env, ends.time(), time_format="short")
            if same_day
            else f"{format_date(self.env, ends.date())} {format_time(self.env, ends.time(), time_format='short')}",
        }

    def _readable_booking(self, atom, start):
        """Name of the booking that holds this atom from this time, if the user may read it."""
        row = self.sudo().search(
            [("atom_id", "=", atom.id), ("start_at", "=", start), ("blocking", "=", True), ("booking_id", "!=", False)], limit=1
        )
        booking = row.booking_id.with_env(self.env)._filtered_access("read")
        return booking.name
