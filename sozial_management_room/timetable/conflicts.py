"""What stands against a date, in the order in which it matters to the one who plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from .intervals import Interval, widen
from .opening import WeekPlan

OCCUPIED, CLOSURE, HOLIDAY, OUTSIDE = "occupied", "closure", "holiday", "outside"

# design.md, "The occupancy table"
KIND_BOOKING, KIND_CLOSURE, KIND_EXEMPT = 0, 1, 3


class Busy(NamedTuple):
    """A taken time of an atom, its buffers included. ``key`` says what takes it."""

    atom: Hashable
    slot: Interval
    kind: int
    key: Hashable = None


class Conflict(NamedTuple):
    """``kind``: one of OCCUPIED, CLOSURE, HOLIDAY, OUTSIDE. ``what``: the keys or names behind it."""

    kind: str
    what: tuple[Hashable, ...] = ()

    @property
    def hard(self) -> bool:
        """Whether it is impossible (someone is there) rather than against a rule of the house."""
        return self.kind in (OCCUPIED, CLOSURE)


def excludes(one: int, other: int) -> bool:
    """Whether two kinds keep each other out; the two constraints of the occupancy table in Python."""
    bookings = (KIND_BOOKING, KIND_EXEMPT)
    return (one in bookings and other in bookings) or {one, other} == {KIND_BOOKING, KIND_CLOSURE}


def classify(
    slot: Interval,
    atoms: Iterable[Hashable],
    busy: Iterable[Busy],
    plan: WeekPlan | None = None,
    before: dt.timedelta = dt.timedelta(),
    after: dt.timedelta = dt.timedelta(),
    kind: int = KIND_BOOKING,
) -> Sequence[Conflict]:
    """Everything that stands against a slot, hard conflicts first; empty: it can be had.

    ``before`` and ``after`` are the slot's own buffers; opening hours and holidays are asked of the slot alone.
    """
    wide = widen(slot, before, after)
    wanted = set(atoms)
    hits: dict[str, list[Hashable]] = {}
    for taken in busy:
        if taken.atom in wanted and taken.slot.overlaps(wide) and excludes(kind, taken.kind):
            keys = hits.setdefault(CLOSURE if taken.kind == KIND_CLOSURE else OCCUPIED, [])
            if taken.key not in keys:
                keys.append(taken.key)
    return [Conflict(name, tuple(hits[name])) for name in (OCCUPIED, CLOSURE) if name in hits] + against_house(slot, plan)


def against_house(slot: Interval, plan: WeekPlan | None) -> list[Conflict]:
    """What opening hours and public holidays have against a slot."""
    if plan is None:
        return []
    if days := plan.holidays_in(slot):
        return [Conflict(HOLIDAY, tuple(name for _day, name in days))]
    return [] if plan.covers(slot) else [Conflict(OUTSIDE)]
