"""A row to a typed record: every error with its row and field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from . import values
from .columns import FIELDS_BY_NAME, REQUIRED
from .problems import Problem, TabularError, ValueProblem
from .source import Formula

_STREET_LINE = re.compile(r"(.*?\S)[\s,]+(\d+\s*[a-zA-Z]?(?:\s*[-–/+]\s*\d+\s*[a-zA-Z]?)*)")
_ZIP_CITY = re.compile(r"(?:D-?\s?)?(\d{4,5})\s+(\S.*)", re.ASCII)
_MEMO_LIMIT = 50_000
_MISSING = object()


class Record:
    """One row.

    :ivar row: its number in the file
    :ivar ref: contract number ("" if the row has none)
    :ivar values: what the row states, by target field; what it does not state is absent
    :ivar problems: what is wrong with it
    """

    __slots__ = ("problems", "ref", "row", "values")

    def __init__(self, row: int) -> None:
        self.row = row
        self.ref = ""
        self.values: dict[str, Any] = {}
        self.problems: list[Problem] = []

    @property
    def is_refused(self) -> bool:
        """Whether a problem keeps the row out."""
        return any(problem.fatal for problem in self.problems)


class RecordReader:
    """Turns rows into records by a mapping of columns.

    An empty cell states nothing (what is stored stays), except an empty end of contract,
    which states that the contract is open-ended.

    :param mapping: field name to column index
    :param balance_sign: ``positive`` if arrears are written as positive balance, or ``negative``
    :param width: number of columns of the header
    :raises TabularError: the mapping lacks a required field
    """

    def __init__(self, mapping: Mapping[str, int], balance_sign: str = "positive", width: int = 0) -> None:
        for field in REQUIRED:
            if field not in mapping:
                raise TabularError("column_missing", field=field)
        if len(mapping) < 2:
            raise TabularError("only_key_mapped")
        self._key_index = mapping["external_ref"]
        self._parsers = [(index, FIELDS_BY_NAME[name], {}) for name, index in mapping.items() if name in FIELDS_BY_NAME]
        self._owed = 1 if balance_sign == "positive" else -1
        self._width = width
        self._floor_from_position = "floor" not in mapping

    def key_of(self, cells: Sequence[Any]) -> str:
        """Only the contract number of a row, "" if it cannot be read."""
        try:
            return values.parse_key(cells[self._key_index]) or ""
        except (ValueProblem, IndexError):
            return ""

    def read(self, row: int, cells: Sequence[Any]) -> Record:
        """The record of a row. Never raises: problems stand in the record."""
        record = Record(row)
        stated = record.values
        count = len(cells)
        if self._width and count > self._width and any(cell not in (None, "") for cell in cells[self._width :]):
            record.problems.append(Problem(row, None, "too_many_cells", params={"width": self._width}))
            return record
        for index, spec, memo in self._parsers:
            cell = cells[index] if index < count else None
            name = spec.name
            if cell is None or cell == "":
                if name == "date_end":
                    stated[name] = None
                continue
            if cell.__class__ is Formula:
                record.problems.append(Problem(row, name, "formula_without_value", cell[:60], fatal=not spec.soft))
                continue
            try:
                value = memo.get(cell, _MISSING)
                if value is _MISSING:
                    value = _plain(spec.parse(cell))
                    if len(memo) > _MEMO_LIMIT:
                        memo.clear()
                    memo[cell] = value
            except ValueProblem as problem:
                shown = values.text_of(cell)[:60]
                record.problems.append(Problem(row, name, problem.code, shown, fatal=not spec.soft))
                continue
            if value is not None or name == "date_end":
                stated[name] = value
        self._complete(record)
        return record

    def _complete(self, record: Record) -> None:
        """Derive what several cells say together, then check what only a whole row can break."""
        stated = record.values
        record.ref = stated.get("external_ref", "")
        if not record.ref and not any(problem.field == "external_ref" for problem in record.problems):
            record.problems.append(Problem(record.row, "external_ref", "key_missing"))
        self._complete_address(record)
        _complete_name(stated)
        if self._floor_from_position and "position" in stated:
            floor = values.floor_of_position(stated["position"])
            if floor is not None:
                stated["floor"] = floor
        if "balance" in stated:
            stated["arrears"] = max(0.0, stated.pop("balance") * self._owed)
        if "balance_date" in stated:
            stated["arrears_date"] = stated.pop("balance_date")
        _check_dates(record)

    @staticmethod
    def _complete_address(record: Record) -> None:
        stated = record.values
        line = stated.pop("street_line", None)
        if line:
            match = _STREET_LINE.fullmatch(line)
            if match:
                stated.setdefault("street", match[1].rstrip(" ,"))
                stated.setdefault("house_number", match[2].strip())
            elif "house_number" in stated:
                stated.setdefault("street", line)
            else:
                record.problems.append(Problem(record.row, "street_line", "no_house_number", line[:60]))
        place = stated.pop("zip_city", None)
        if place:
            match = _ZIP_CITY.fullmatch(place)
            if match:
                stated.setdefault("zip", match[1])
                stated.setdefault("city", match[2])
            else:
                record.problems.append(Problem(record.row, "zip_city", "no_zip_in_city", place[:60]))


def _plain(value: Any) -> Any:
    """Numbers as the database gives them, so that comparing is exact and quick."""
    return float(value) if isinstance(value, Decimal) else value


def _complete_name(stated: dict[str, Any]) -> None:
    """ "Müller, Anna" and "Anna" + "Müller" both become "Anna Müller"."""
    last, first = stated.pop("last_name", None), stated.pop("first_name", None)
    if last or first:
        stated["name"] = " ".join(part for part in (first, last) if part)
    elif "," in stated.get("name", ""):
        family, _comma, given = (part.strip() for part in stated["name"].partition(","))
        if family and given:
            stated["name"] = f"{given} {family}"


def _check_dates(record: Record) -> None:
    stated = record.values
    start, end = stated.get("date_start"), stated.get("date_end")
    if start and end and end < start:
        problem = Problem(
            record.row,
            "date_end",
            "end_before_start",
            values.format_date(end),
            {"start": values.format_date(start)},
        )
        record.problems.append(problem)
    born = stated.get("birth_date")
    if born and born > dt.date.today():
        del stated["birth_date"]
        record.problems.append(
            Problem(record.row, "birth_date", "birth_in_future", values.format_date(born), fatal=False)
        )
