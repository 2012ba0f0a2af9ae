"""»A room for 20 with step-free access on three Tuesdays«: which rooms are free on all dates."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .conflicts import Busy, Conflict, against_house, classify
from .intervals import Interval, widen
from .opening import WeekPlan

_NONE = dt.timedelta()


@dataclass(frozen=True)
class RoomFacts:
    """What the search knows of a room. ``features``: whatever can be asked for (``step_free``, ``lift``, ``beamer``)."""

    key: Hashable
    capacity: int
    atoms: frozenset[Hashable]
    features: frozenset[Hashable] = frozenset()
    before: dt.timedelta = _NONE
    after: dt.timedelta = _NONE
    plan: WeekPlan | None = None


@dataclass(frozen=True)
class Request:
    """Slots, heads and features that somebody asks for."""

    slots: Sequence[Interval]
    persons: int = 0
    features: frozenset[Hashable] = field(default_factory=frozenset)


class Fit(NamedTuple):
    """A room that is big enough and has everything: ``conflicts`` by number of the slot; empty: free on all dates."""

    room: RoomFacts
    conflicts: Mapping[int, Sequence[Conflict]]

    @property
    def free(self) -> bool:
        return not self.conflicts


def fitting_rooms(request: Request, rooms: Iterable[RoomFacts], busy: Iterable[Busy]) -> list[Fit]:
    """Rooms that can hold the request, best first: fewest conflicts, then the smallest that is big enough.

    Rooms that are too small or lack a feature are left out; partly free ones come after the free ones,
    because »the same room on two of three Tuesdays« is an answer too.
    """
    by_atom: dict[Hashable, list[Busy]] = defaultdict(list)
    for taken in busy:
        by_atom[taken.atom].append(taken)
    house: dict[int, dict[int, list[Conflict]]] = {}  # by plan, which the rooms of a centre share
    fits = []
    for room in rooms:
        if room.capacity < request.persons or not request.features <= room.features:
            continue
        if id(room.plan) not in house:
            found = {number: against_house(slot, room.plan) for number, slot in enumerate(request.slots)}
            house[id(room.plan)] = {number: against for number, against in found.items() if against}
        conflicts = dict(house[id(room.plan)])
        own = (taken for atom in room.atoms for taken in by_atom.get(atom, ()))
        for number, meeting in _meetings(request.slots, own, room).items():
            found = classify(request.slots[number], room.atoms, meeting, None, room.before, room.after)
            if found:
                conflicts[number] = [*found, *conflicts.get(number, ())]
        fits.append(Fit(room, conflicts))
    return sorted(fits, key=lambda fit: (len(fit.conflicts), fit.room.capacity))


def _meetings(slots: Sequence[Interval], busy: Iterable[Busy], room: RoomFacts) -> Mapping[int, list[Busy]]:
    """What of ``busy`` meets which slot, by number of the slot, the room's own buffers included.

    A search over a month asks for few of many: each taken time looks up the slots near it instead of
    being compared with all of them.
    """
    wide = sorted((widen(slot, room.before, room.after), number) for number, slot in enumerate(slots))
    starts = [slot.start for slot, _number in wide]
    latest: list[dt.datetime] = []  # the latest end up to each slot: rises, also where a long slot reaches over a short one
    for slot, _number in wide:
        latest.append(max(slot.stop, latest[-1]) if latest else slot.stop)
    found: dict[int, list[Busy]] = defaultdict(list)
    for taken in busy:
        for slot, number in wide[bisect_right(latest, taken.slot.start) : bisect_left(starts, taken.slot.stop)]:
            if slot.overlaps(taken.slot):
                found[number].append(taken)
    return found
