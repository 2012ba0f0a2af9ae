"""Dated parameter tables: which values a law had on a day."""

import json
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


class OutsideValidity(ValueError):
    """No table of the law is known for the day asked about."""


@dataclass(frozen=True)
class Table:
    """The parameters of a law from `valid_from` to `valid_to`, both days included."""

    name: str
    valid_from: date
    valid_to: date
    source: str
    values: dict

    @property
    def version(self):
        """Name and first day, to be stored beside a result: ``wohngeld/2025-01-01``."""
        return f"{self.name}/{self.valid_from.isoformat()}"


@cache
def tables(name):
    """All tables of a law, the oldest first; they do not overlap."""
    found = []
    for path in sorted(DATA.glob(f"{name}_*.json")):
        content = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        found.append(
            Table(
                name,
                date.fromisoformat(content.pop("valid_from")),
                date.fromisoformat(content.pop("valid_to")),
                content.pop("source"),
                content,
            )
        )
    return tuple(sorted(found, key=lambda table: table.valid_from))


def table_on(name, on):
    """The table of a law that holds on a day.

    :raise OutsideValidity: if the day lies before, after or between the known tables
    """
    known = tables(name)
    place = bisect_right([table.valid_from for table in known], on) - 1
    if place >= 0 and on <= known[place].valid_to:
        return known[place]
    spans = ", ".join(f"{table.valid_from.isoformat()} to {table.valid_to.isoformat()}" for table in known)
    raise OutsideValidity(f"{name}: no values are known for {on.isoformat()}; known are {spans}.")
