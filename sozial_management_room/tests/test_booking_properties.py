import itertools
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from psycopg2 import IntegrityError

from odoo.tests import tagged

from .common import RoomCommon

FIRST = datetime(2032, 5, 3, 8)
BLOCKING = ("requested", "confirmed", "done")
QUARTERS = st.integers(0, 24)  # small numbers, so that bookings meet
LENGTHS = st.integers(1, 8)
BUFFERS = st.integers(0, 3)
ROOMS = st.sampled_from(("left", "right", "hall", "kitchen"))


def minutes(quarters):
    return timedelta(minutes=15 * quarters)


class BookingMachine(RuleBasedStateMachine):
    """Random operations on the rooms of the test, each foretold by a model in plain Python.

    The model knows what every blocking booking takes: an operation must succeed exactly if
    nobody else has it. So a constraint that lets too much or too little pass is found.
    """

    bookings = Bundle("bookings")
    case = None  # set by the test

    def __init__(self):
        super().__init__()
        self.known = {}
        self.savepoint = self.case.env.cr.savepoint()

    def teardown(self):
        self.savepoint.rollback()
        self.savepoint.close(rollback=False)
        self.case.env.invalidate_all()

    def _taken(self, room, start, length, setup, teardown):
        return getattr(self.case, room).atom_ids, start - minutes(setup), start + minutes(length) + minutes(teardown)

    def _free(self, slot, but=None):
        atoms, start, stop = slot
        return not any(
            other != but and atoms & taken[0] and start < taken[2] and taken[1] < stop
            for other, (state, taken) in self.known.items()
            if state in BLOCKING
        )

    def _try(self, step, possible):
        """Run a step that must succeed or fail as foretold; the result, or None."""
        try:
            with self.case.env.cr.savepoint():
                result = step()
                self.case.env.flush_all()
        except IntegrityError as error:
            assert not possible, error
            assert self.case.env["sozial.room.occupancy"]._sql_error_to_message(error)
            return None
        assert possible, "the slot was taken"
        return result

    @rule(
        target=bookings, room=ROOMS, quarter=QUARTERS, length=LENGTHS, setup=BUFFERS, teardown=BUFFERS,
        state=st.sampled_from(("draft", "requested", "confirmed")),
    )  # fmt: skip
    def book(self, room, quarter, length, setup, teardown, state):
        start = FIRST + minutes(quarter)
        slot = self._taken(room, start, length, setup, teardown)
        values = {
            "name": "x", "room_id": getattr(self.case, room).id, "start": start, "stop": start + minutes(length),
            "setup_minutes": 15 * setup, "teardown_minutes": 15 * teardown, "state": state,
        }  # fmt: skip
        booking = self._try(lambda: self.case.manager_bookings.create(values), state == "draft" or self._free(slot))
        if not booking:
            return multiple()
        self.known[booking] = (state, slot)
        return booking

    @rule(booking=bookings)
    def confirm(self, booking):
        state, slot = self.known[booking]
        if state in ("draft", "requested") and self._try(booking.action_confirm, self._free(slot, booking)):
            self.known[booking] = ("confirmed", slot)

    @rule(booking=bookings)
    def request(self, booking):
        state, slot = self.known[booking]
        if state == "draft" and self._try(booking.action_request, self._free(slot)):
            self.known[booking] = ("requested", slot)

    @rule(booking=bookings)
    def cancel(self, booking):
        state, slot = self.known[booking]
        if state != "cancelled":
            booking.action_cancel()
            self.known[booking] = ("cancelled", slot)

    @rule(booking=bookings, room=ROOMS, quarter=QUARTERS, length=LENGTHS)
    def move(self, booking, room, quarter, length):
        state, _slot = self.known[booking]
        if state == "cancelled":
            return
        start = FIRST + minutes(quarter)
        slot = self._taken(room, start, length, booking.setup_minutes // 15, booking.teardown_minutes // 15)
        values = {
            "room_id": getattr(self.case, room).id, "start": start, "stop": start + minutes(length),
            "setup_minutes": booking.setup_minutes, "teardown_minutes": booking.teardown_minutes,
        }  # fmt: skip
        if self._try(lambda: booking.write(values), state == "draft" or self._free(slot, booking)):
            self.known[booking] = (state, slot)

    @invariant()
    def no_overlap_and_the_table_says_what_the_bookings_say(self):
        if not self.known:
            return
        wanted = {
            (booking.id, atom.id, slot[1], slot[2])
            for booking, (state, slot) in self.known.items()
            if state in BLOCKING
            for atom in slot[0]
        }
        self.case.env.cr.execute(
            "SELECT booking_id, atom_id, start_at, stop_at FROM sozial_room_occupancy WHERE blocking AND booking_id = ANY(%s)",
            [[booking.id for booking in self.known]],
        )
        found = set(self.case.env.cr.fetchall())
        assert found == wanted
        for one, other in itertools.combinations(found, 2):
            assert one[1] != other[1] or one[2] >= other[3] or other[2] >= one[3], (one, other)


@tagged("post_install", "-at_install")
class TestBookingProperties(RoomCommon):
    def test_invariants_hold_through_random_operations(self):
        BookingMachine.case = self
        self.manager_bookings = self.env["sozial.room.booking"].with_user(self.room_manager).with_context(
            allowed_company_ids=self.company.ids
        )
        run_state_machine_as_test(
            BookingMachine,
            settings=settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)),
        )
