"""Arithmetic of half-open intervals ``[start, stop)`` of instants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Interval(NamedTuple):
    """From ``start`` to before ``stop``; two that only touch do not overlap."""

    start: dt.datetime
    stop: dt.datetime

    def overlaps(self, other: Interval) -> bool:
        return self.start < other.stop and other.start < self.stop

    def covers(self, other: Interval) -> bool:
        return self.start <= other.start and other.stop <= self.stop

    @property
    def length(self) -> dt.timedelta:
        return self.stop - self.start


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """The same moments in as few intervals as possible, in order; empty ones fall out."""
    merged: list[Interval] = []
    for start, stop in sorted(intervals):
        if start >= stop:
            continue
        if merged and start <= merged[-1].stop:
            if stop > merged[-1].stop:
                merged[-1] = Interval(merged[-1].start, stop)
        else:
            merged.append(Interval(start, stop))
    return merged


def subtract(intervals: Iterable[Interval], holes: Iterable[Interval]) -> list[Interval]:
    """What is left of ``intervals`` outside ``holes``."""
    left: list[Interval] = []
    cuts = merge(holes)
    position = 0
    for start, stop in merge(intervals):
        while position and cuts[position - 1].stop > start:
            position -= 1
        while position < len(cuts) and cuts[position].stop <= start:
            position += 1
        here = start
        while position < len(cuts) and cuts[position].start < stop:
            if cuts[position].start > here:
                left.append(Interval(here, cuts[position].start))
            here = cuts[position].stop
            position += 1
        if here < stop:
            left.append(Interval(here, stop))
    return left


def gaps(window: Interval, busy: Iterable[Interval]) -> list[Interval]:
    """The free time of a window."""
    return subtract([window], busy)


def common(sets: Sequence[Iterable[Interval]]) -> list[Interval]:
    """The moments that are in every one of the sets (none for no sets)."""
    if not sets:
        return []
    shared = merge(sets[0])
    for other in sets[1:]:
        shared = _meet(shared, merge(other))
    return shared


def _meet(left: list[Interval], right: list[Interval]) -> list[Interval]:
    found, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        start, stop = max(left[i].start, right[j].start), min(left[i].stop, right[j].stop)
        if start < stop:
            found.append(Interval(start, stop))
        if left[i].stop < right[j].stop:
            i += 1
        else:
            j += 1
    return found


def widen(interval: Interval, before: dt.timedelta, after: dt.timedelta) -> Interval:
    """A slot with the time to set up before it and to clear away after it."""
    return Interval(interval.start - before, interval.stop + after)


def free_slots(
    window: Interval,
    busy: Iterable[Interval],
    length: dt.timedelta,
    step: dt.timedelta = dt.timedelta(minutes=15),
    before: dt.timedelta = dt.timedelta(),
    after: dt.timedelta = dt.timedelta(),
) -> list[Interval]:
    """Slots of a length that a window still has, on a grid of ``step`` from the window's start.

    ``busy`` holds what is taken, its own buffers included. The new slot needs room for its own
    buffers too, though these may stick out of the window: nobody minds the chairs being put up
    before the doors open.

    :raise ValueError: for a length or step that is not positive
    """
    if length <= dt.timedelta() or step <= dt.timedelta():
        raise ValueError("length and step are positive")
    taken = merge(busy)
    slots, position, start = [], 0, window.start
    while start + length <= window.stop:
        slot = Interval(start, start + length)
        wide = widen(slot, before, after)
        while position < len(taken) and taken[position].stop <= wide.start:
            position += 1
        if position == len(taken) or not taken[position].overlaps(wide):
            slots.append(slot)
        start += step
    return slots
