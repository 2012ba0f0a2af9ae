"""What a record changes, which rows contradict each other, which belong together."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

_FOREVER = dt.date.max


class Interval(NamedTuple):
    """A tenancy of a dwelling: ``end`` is its last day, ``None`` while open-ended."""

    key: Hashable
    dwelling: Hashable
    start: dt.date
    end: dt.date | None


def diff_part(fields: Sequence[str], stated: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """What a record would change: stated values of ``fields`` that differ from the stored ones.

    Fields the record does not state are left alone. Empty values are alike (None, "", 0).
    """
    changes = {}
    for field in fields:
        if field in stated:
            new = stated[field]
            old = stored[field]
            if new != old and (new or old):
                changes[field] = new
    return changes


def find_overlaps(fixed: Iterable[Interval], wanted: Iterable[Interval]) -> list[tuple[Interval, Interval]]:
    """Which wanted tenancies cannot be: (refused, the one that is in its way).

    ``fixed`` ones stand. The wanted ones are taken in their order, so of two that exclude
    each other the first goes in. Each dwelling costs n log n.
    """
    taken: dict[Hashable, tuple[list[dt.date], list[Interval]]] = {}
    for interval in fixed:
        _place(taken, interval)
    refused = []
    for interval in wanted:
        blocker = _place(taken, interval)
        if blocker is not None:
            refused.append((interval, blocker))
    return refused


def _place(taken: dict[Hashable, tuple[list[dt.date], list[Interval]]], interval: Interval) -> Interval | None:
    """Put an interval into its dwelling's sorted list, or return what is in its way."""
    starts, intervals = taken.setdefault(interval.dwelling, ([], []))
    index = bisect_right(starts, interval.start)
    if index and (intervals[index - 1].end or _FOREVER) >= interval.start:
        return intervals[index - 1]
    if index < len(intervals) and (interval.end or _FOREVER) >= intervals[index].start:
        return intervals[index]
    starts.insert(index, interval.start)
    intervals.insert(index, interval)
    return None


def group_moves(moves: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Dwellings that must be written together because tenancies move between them.

    :param moves: (dwelling before, dwelling after) of every tenancy that changes its dwelling
    :return: the name of the group by dwelling; dwellings without a move are absent
    """
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for before, after in moves:
        parent[root(before)] = root(after)
    return {key: root(key) for key in parent}


def is_same_person(stored_name: str | None, stated_name: str | None) -> bool:
    """Whether a changed name can be a correction: a word of it stayed the same.

    Without a tenant number the contract is all that links a row to a person. A name that
    shares no word with the stored one is somebody else, not a new name of the same person.
    """
    if not stored_name or not stated_name:
        return True
    return bool(set(stored_name.casefold().split()) & set(stated_name.casefold().split()))
