"""»A room for 20 with step-free access on three Tuesdays«: which rooms are free on all dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .conflicts import Busy, Conflict, classify
from .intervals import Interval
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
    by_atom: dict[Hashable, list[Busy]] = {}
    for taken in busy:
        by_atom.setdefault(taken.atom, []).append(taken)
    fits = []
    for room in rooms:
        if room.capacity < request.persons or not request.features <= room.features:
            continue
        own = [taken for atom in room.atoms for taken in by_atom.get(atom, ())]
        conflicts = {}
        for number, slot in enumerate(request.slots):
            found = classify(slot, room.atoms, own, room.plan, room.before, room.after)
            if found:
                conflicts[number] = found
        fits.append(Fit(room, conflicts))
    return sorted(fits, key=lambda fit: (len(fit.conflicts), fit.room.capacity))
