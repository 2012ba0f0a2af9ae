from bisect import bisect_left
from datetime import datetime, timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...timetable import OCCUPIED
from ..booking.occupancy import KIND_BOOKING, KIND_CLOSURE
from ..series.occupancy import Slot
from ..series.series_booking import racing
from ..series.series_preview import Finding

# »until further notice« in the table of occupancy, where every row has an end
FOR_EVER = datetime(9999, 12, 31)


class SozialRoomClosure(models.Model):
    """What a closure does to bookings: suspend, cancel, restore. Each step is one transaction."""

    _inherit = "sozial.room.closure"

    def action_activate(self):
        """Put the closure in force: suspend or cancel what it hits, and tell those who booked.

        Whoever books at the same moment either is hit as well (then Odoo repeats this request) or
        comes too late; a booking inside a closure cannot come about.
        """
        self.check_access("write")
        for closure in self:
            closure._require_state("draft")
            if closure.stop and closure.stop <= fields.Datetime.now():
                raise UserError(self.env._("Until: the closure would be over already. Correct the end."))
            closure._core_write({"state": "active"})
            closure._enforce()
        return True

    def action_end(self):
        """End the closure now: restore what still fits, list what does not."""
        self.ensure_one()
        self.check_access("write")
        self._require_state("active")
        now = fields.Datetime.now().replace(microsecond=0)
        self._core_write({"state": "ended" if self.start < now else "withdrawn", "ended_at": now})
        self._lift()
        return self._restore_hits(self.hit_ids.filtered(lambda hit: hit.result == "suspended"))

    def _change_end(self, stop):
        """Let a closure in force end earlier or later.

        Later: suspends what it hits in addition. Earlier: restores what lies after the new end.

        :param stop: new end, False: until further notice
        :raise UserError: if the end is not in the future
        """
        self.ensure_one()
        self.check_access("write")
        self._require_state("active")
        if stop and stop <= max(fields.Datetime.now(), self.start):
            raise UserError(self.env._("Until: choose a time in the future, or use »End now«."))
        self._core_write({"stop": stop})
        self._lift()
        self._enforce()
        after = self.hit_ids.filtered(lambda hit: stop and hit.result == "suspended" and hit.start >= stop)
        return self._restore_hits(after)

    def _require_state(self, *states):
        for closure in self:
            if closure.state not in states:
                label = dict(self._fields["state"]._description_selection(self.env))[closure.state]
                raise UserError(
                    self.env._("%(closure)s: this cannot be done any more. Status: %(state)s.", closure=closure.name, state=label)
                )

    def _begins(self):
        """From when on the closure acts: what is past has happened."""
        return max(self.start, fields.Datetime.now().replace(microsecond=0))

    def _bookings_hit(self):
        """Bookings that hold one of the closed parts in the time of the closure, buffers included."""
        self.ensure_one()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT booking_id FROM sozial_room_occupancy
                 WHERE blocking AND kind = %s AND atom_id = ANY(%s)
                   AND tsrange(start_at, stop_at, '[)') && tsrange(%s, %s, '[)')
                """,
                KIND_BOOKING,
                self._atoms().ids,
                self._begins(),
                max(self.stop or FOR_EVER, self._begins()),
            )
        )
        return self.env["sozial.room.booking"].browse(sorted(row[0] for row in rows))

    def _count_expected(self):
        """How many bookings planned closures would hit now, for a whole list in one query.

        :return: ``{id: number}``, without those that hit nothing
        """
        if not self.ids:
            return {}
        self.flush_recordset()
        rows = self.env.execute_query(
            SQL(
                """
                WITH chosen AS (
                    SELECT rel.sozial_room_closure_id AS closure_id, part.atom_id
                      FROM sozial_room_closure_room_rel rel
                      JOIN sozial_room_atom_rel part ON part.room_id = rel.sozial_room_id
                     WHERE rel.sozial_room_closure_id = ANY(%(ids)s)
                     UNION
                    SELECT sozial_room_closure_id, sozial_room_atom_id FROM sozial_room_closure_atom_rel
                     WHERE sozial_room_closure_id = ANY(%(ids)s)
                ), parts AS (
                    SELECT closure_id, atom_id FROM chosen
                     UNION ALL
                    SELECT closure.id, atom.id
                      FROM sozial_room_closure closure
                      JOIN sozial_room_atom atom ON atom.centre_id = closure.centre_id
                     WHERE closure.id = ANY(%(ids)s) AND closure.id NOT IN (SELECT closure_id FROM chosen)
                )
                SELECT closure.id, count(DISTINCT taken.booking_id)
                  FROM sozial_room_closure closure
                  JOIN parts ON parts.closure_id = closure.id
                  JOIN sozial_room_occupancy taken
                    ON taken.atom_id = parts.atom_id AND taken.blocking AND taken.kind = %(kind)s
                   AND tsrange(taken.start_at, taken.stop_at, '[)') && tsrange(
                           GREATEST(closure.start, %(now)s), GREATEST(COALESCE(closure.stop, 'infinity'), closure.start, %(now)s), '[)')
                 WHERE closure.id = ANY(%(ids)s)
                 GROUP BY closure.id
                """,
                ids=self.ids,
                kind=KIND_BOOKING,
                now=fields.Datetime.now(),
            )
        )
        return dict(rows)

    def _enforce(self):
        """Suspend or cancel what is hit, then close the parts."""
        self.ensure_one()
        hit = self._bookings_hit()
        # marked as done before its end: the rest of its time is free
        finished = hit.filtered(lambda booking: booking.state == "done")
        finished._release()
        hit -= finished
        records = self._record_hits(hit)
        if self.effect == "cancel":
            hit._set_state("cancelled", hold_until=False, decline_reason=self.name)
        else:
            hit._set_state("suspended")
        with racing():
            self._close_parts(self._atoms())
        self._inform(records)

    def _record_hits(self, bookings):
        Hit = self.env["sozial.room.closure.hit"].sudo()
        known = Hit.search([("closure_id", "=", self.id), ("booking_id", "in", bookings.ids)], limit=None)
        result = "cancelled" if self.effect == "cancel" else "suspended"
        for hit in known:
            hit.write({"result": result, "previous_state": hit.booking_id.state, "finding": False})
        new = Hit.create(
            [
                {
                    "closure_id": self.id,
                    "booking_id": booking.id,
                    "partner_id": booking.partner_id.id,
                    "start": booking.start,
                    "stop": booking.stop,
                    "previous_state": booking.state,
                    "result": result,
                }
                for booking in bookings - known.booking_id
            ]
        )
        return known | new

    def _close_parts(self, atoms):
        """One row a part; the constraints see to it that nobody gets in from now on."""
        begins, ends = self._begins(), self.stop or FOR_EVER
        if begins >= ends or not atoms:
            return
        self.flush_recordset()
        parts = SQL("(SELECT unnest(%s::int[]) AS atom_id)", atoms.ids)
        self.env.cr.execute(
            SQL(
                """
                WITH locked AS MATERIALIZED (%s)
                INSERT INTO sozial_room_occupancy (atom_id, closure_id, start_at, stop_at, kind, blocking)
                SELECT parts.atom_id, %s, %s, %s, %s, TRUE FROM %s AS parts, locked WHERE locked.atoms > 0
                """,
                self.env["sozial.room.occupancy"]._lock_sql(parts),
                self.id,
                begins,
                ends,
                KIND_CLOSURE,
                parts,
            )
        )
        self.env["sozial.room.occupancy"].invalidate_model()

    def _lift(self):
        """Open the parts again."""
        self.env.cr.execute(SQL("DELETE FROM sozial_room_occupancy WHERE closure_id = ANY(%s)", self.ids))
        self.env["sozial.room.occupancy"].invalidate_model()

    def _restore_hits(self, hits, strict=False):
        """Restore the bookings that still fit; those that do not are listed with the reason.

        :param strict: refuse instead of listing
        :return: action that lists what could not be restored, or True
        :raise UserError: (strict) what stands in the way
        """
        hits = hits.sudo().filtered(lambda hit: hit.booking_id.state == "suspended")
        now = fields.Datetime.now()
        over = hits.filtered(lambda hit: hit.booking_id.stop <= now)
        over.write({"result": "over"})
        waiting = (hits - over).sorted(lambda hit: (hit.booking_id.create_date, hit.booking_id.id))
        findings = self._what_stands_against(waiting.booking_id)
        barred = waiting.filtered(lambda hit: hit.booking_id in findings)
        if strict and barred:
            raise UserError(f"{barred[0].booking_id.display_name}: {findings[barred[0].booking_id].text}")
        self._restore(waiting - barred)
        for hit in barred:
            self._keep_open(hit, findings[hit.booking_id])
        self._inform(hits - over, restored=True)
        lost = barred.filtered(lambda hit: hit.result == "open")
        if not lost:
            return True
        return self._hit_action([("id", "in", lost.ids)], self.env._("Could not be restored"))

    def _what_stands_against(self, bookings):
        """``{booking: Finding}`` for suspended bookings that others have taken the place of.

        By one query; of two that would now be in each other's way, the one entered first comes back.
        """
        slots = [Slot(one.room_id.id, one.start, one.stop, one.exempt, one.setup_minutes, one.teardown_minutes) for one in bookings]
        hits = self.env["sozial.room.occupancy"]._hits(slots)
        series = self.env["sozial.room.series"]
        findings = {bookings[number]: series._hit_findings(found)[0] for number, found in hits.items()}
        coming_back = {}
        for booking in bookings:
            if booking not in findings and (rival := self._rival(booking, coming_back)):
                findings[booking] = Finding(OCCUPIED, self.env._("taken: %s", rival.name))
        return findings

    def _rival(self, booking, coming_back):
        """A booking that comes back already and needs the same part at the same time, if any.

        :param coming_back: ``{atom: sorted [(start, stop, booking), …]}``; the booking is added if it has no rival
        """
        start = booking.start - timedelta(minutes=booking.setup_minutes)
        stop = booking.stop + timedelta(minutes=booking.teardown_minutes)
        rows = [coming_back.setdefault(atom, []) for atom in booking.room_id.atom_ids.ids]
        places = [bisect_left(row, start, key=lambda entry: entry[0]) for row in rows]
        for row, place in zip(rows, places, strict=True):
            if place and row[place - 1][1] > start:
                return row[place - 1][2]
            if place < len(row) and row[place][0] < stop:
                return row[place][2]
        for row, place in zip(rows, places, strict=True):
            row.insert(place, (start, stop, booking))
        return None

    def _restore(self, hits):
        for state, group in hits.grouped("previous_state").items():
            with racing():
                group.booking_id._set_state(state, hold_until=False)
                group.booking_id._hold()
        hits.write({"result": "restored", "finding": False})

    def _keep_open(self, hit, finding):
        """Somebody else is there now, or another closure: then that one restores the booking at its end."""
        if finding.kind != "closure":
            hit.write({"result": "open", "finding": finding.text})
            return
        hit.write({"result": "other", "finding": finding.text})
        booking = hit.booking_id
        others = self.search([("state", "=", "active"), ("centre_id", "=", booking.centre_id.id)], limit=None)
        for closure in others:
            covers = closure.start < booking.stop and booking.start < (closure.stop or FOR_EVER)
            if covers and closure._atoms() & booking.room_id.atom_ids:
                closure._take_over(hit)
                return

    def _take_over(self, hit):
        known = self.hit_ids.sudo().filtered(lambda own: own.booking_id == hit.booking_id)
        if known:
            known.write({"result": "suspended", "finding": False})
            return
        hit.sudo().copy({"closure_id": self.id, "result": "suspended", "finding": False, "informed_by": hit.informed_by})

    def _cron_end(self):
        """Closures whose time is over: nothing is left to restore, they only get their status."""
        over = self.search([("state", "=", "active"), ("stop", "<=", fields.Datetime.now())], limit=500)
        for closure in over:
            closure._core_write({"state": "ended", "ended_at": closure.stop})
        over.hit_ids.sudo().filtered(lambda hit: hit.result == "suspended").write({"result": "over"})
