"""How much of the opening hours is used: by weekday and hour of the day, in local time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from .intervals import Interval
from .localtime import to_local

_HOUR = dt.timedelta(hours=1)
Key = TypeVar("Key")


def percent(used: float, available: float) -> int | None:
    """``used`` in per cent, 0 to 100, of what is available; ``None`` of nothing. A little is no nothing, more than all is all."""
    if not available:
        return None
    return min(100, max(1, round(100 * used / available))) if used else 0


class Cell(NamedTuple):
    """One hour of a weekday, over a whole period."""

    used: float
    open: float

    @property
    def percent(self) -> int | None:
        """Share of the opening hours in use; ``None`` while closed."""
        return percent(self.used, self.open)


def open_hours(intervals: Iterable[Interval], zone: ZoneInfo) -> dict[tuple[int, int], float]:
    """Opening hours by ``(weekday, hour)`` of the local day, 0 is Monday.

    :param intervals: naive UTC
    """
    found: dict[tuple[int, int], float] = defaultdict(float)
    for start, stop in intervals:
        here = start
        while here < stop:
            # zones are whole quarters of an hour away: cut at the full local hour
            local = to_local(here, zone)
            following = min(stop, here + _HOUR - dt.timedelta(minutes=local.minute, seconds=local.second))
            found[local.weekday(), local.hour] += (following - here) / _HOUR
            here = following
    return dict(found)


def heat_map(
    used: Mapping[tuple[int, int], float], opened: Mapping[tuple[int, int], float], parts: int
) -> dict[tuple[int, int], Cell]:
    """Cells of all hours that are open or used.

    :param used: hours by ``(weekday, hour)``, summed over the parts of the rooms
    :param opened: opening hours by ``(weekday, hour)``, of one part
    :param parts: how many parts there are
    """
    return {key: Cell(used.get(key, 0.0), opened.get(key, 0.0) * parts) for key in sorted({*used, *opened})}


def protect(rows: Mapping[Key, tuple[int, float]], least: int = 5) -> set[Key]:
    """Rows of a table with a total that must not be shown, lest somebody learns about few persons.

    Hidden is every row about fewer than ``least`` different parties. One hidden row could be had
    from the total, and so could a few that together are about too few: then the smallest of the
    others goes along.

    :param rows: ``{key: (number of parties, amount)}``; a row about nobody in particular has ``least`` or more
    :return: keys of the hidden rows; if these are all rows, nothing of the table may be shown but its total
    """
    hidden = {key for key, (parties, _amount) in rows.items() if parties < least}
    others = sorted((key for key in rows if key not in hidden), key=lambda key: (rows[key][1], rows[key][0], str(key)))
    while hidden and others and (len(hidden) < 2 or sum(rows[key][0] for key in hidden) < least):
        hidden.add(others.pop(0))
    return hidden
