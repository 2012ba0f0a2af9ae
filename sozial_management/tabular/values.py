"""Cells to values: amounts, numbers, dates and texts as German programs write them.

Every parser takes what a cell of a CSV file (text) or of a spreadsheet (number, date,
text) can hold, gives ``None`` for an empty cell and raises `ValueProblem` otherwise.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from .problems import ValueProblem

MAX_TEXT = 200
MAX_AMOUNT = Decimal("9999999.99")
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = dt.date(1900, 1, 1), dt.date(2200, 1, 1)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff\ud800-\udfff]+")
_SPACES = re.compile(r"\s+")
_UNITS = re.compile(r"(?i)\s*(?:€|eur|euro|m²|m2|qm)\s*\.?$|^(?:€|eur)\s*")
_PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_GERMAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+", re.ASCII)
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:'\d{3})+(?:\.\d+)?", re.ASCII)
_DATE_GERMAN = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?: 0?0:00(?::00)?)?", re.ASCII)
_DATE_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_DATE_SAP = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_NO_DATE = {"00.00.0000", "0000-00-00", "00000000", "31.12.9999", "9999-12-31", "99991231", "-"}
_FLOOR = re.compile(r"(-?\d{1,2})\.?\s*(?:(og|obergeschoss|etage|stock|floor|ug)\b.*)?", re.ASCII)
_FLOOR_INSIDE = re.compile(r"(\d{1,2})\.?\s*(og|obergeschoss|etage|stock|ug)\b", re.ASCII)
_GROUND = re.compile(r"\b(eg|erdgeschoss|hochparterre|parterre|hp|ground)\b")
_BASEMENT = re.compile(r"\b(ug|kg|untergeschoss|souterrain|keller|basement)\b")
_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE | re.ASCII)
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_HALVES = {"½": Decimal("0.5"), "1/2": Decimal("0.5")}


def text_of(cell: Any) -> str:
    """The cell as one clean line of text: no control characters, single spaces."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        if cell.isprintable() and "  " not in cell and cell == cell.strip() and cell[:1] != "=":
            return cell  # the usual case, without a search; spaces other than " " are not printable
        if cell.startswith('="') and cell.endswith('"'):  # how Excel keeps leading zeros in a CSV
            cell = cell[2:-1]
        return _SPACES.sub(" ", _CONTROL.sub(" ", cell)).strip()
    if isinstance(cell, float) and math.isfinite(cell) and cell == int(cell):
        return str(int(cell))  # a contract number is 1001, not 1001.0
    if isinstance(cell, (dt.datetime, dt.date)):
        return format_date(cell)
    return text_of(str(cell))


def parse_text(cell: Any) -> str | None:
    text = text_of(cell)
    if len(text) > MAX_TEXT:
        raise ValueProblem("too_long")
    return text or None


def parse_key(cell: Any) -> str | None:
    """A number that identifies something. Refuses what Excel has rounded (1,23E+11)."""
    text = parse_text(cell)
    if text and _SCIENTIFIC.fullmatch(text):
        raise ValueProblem("damaged_number")
    return text


@lru_cache(maxsize=65536)
def _decimal(text: str) -> Decimal:
    text = _UNITS.sub("", text).replace(" ", "").replace("−", "-")
    negative = False
    if text.startswith("(") and text.endswith(")"):
        text, negative = text[1:-1], True
    elif text.endswith("-"):  # SAP writes the sign behind
        text, negative = text[:-1], True
    elif text.startswith(("-", "+")):
        text, negative = text[1:], text[0] == "-"
    if _GERMAN.fullmatch(text):
        plain = text.replace(".", "").replace(",", ".")
    elif _PLAIN.fullmatch(text):
        plain = text
    elif _ENGLISH.fullmatch(text):
        plain = text.replace(",", "").replace("'", "")
    else:
        raise ValueProblem("not_a_number")
    value = Decimal(plain)
    return -value if negative and value else value


def parse_decimal(cell: Any) -> Decimal | None:
    """Any number, German (1.234,56), English (1,234.56) or plain, with € or m² behind it."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        raise ValueProblem("not_a_number")
    if isinstance(cell, (int, float, Decimal)):
        try:
            value = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
        except InvalidOperation:
            raise ValueProblem("not_a_number") from None
        if not value.is_finite():
            raise ValueProblem("not_a_number")
        return value
    text = text_of(cell)
    return _decimal(text) if text else None


def parse_amount(cell: Any) -> Decimal | None:
    """An amount in euro with two decimals. Numbers of a spreadsheet are rounded to cents."""
    value = parse_decimal(cell)
    if value is None:
        return None
    if abs(value) > MAX_AMOUNT:
        raise ValueProblem("too_large")
    cents = value.quantize(Decimal("0.01"))
    if cents != value and isinstance(cell, str):
        raise ValueProblem("too_many_decimals")
    return cents + 0  # -0.00 is 0.00


def parse_rent(cell: Any) -> Decimal | None:
    """A part of the rent: never negative."""
    amount = parse_amount(cell)
    if amount is not None and amount < 0:
        raise ValueProblem("negative")
    return amount


def parse_balance(cell: Any) -> Decimal | None:
    """A balance; a trailing S (Soll, owed) or H (Haben, credit) is read as its sign."""
    if isinstance(cell, str):
        text = text_of(cell)
        if text[-1:] in ("S", "H") and text[:-1].strip():
            amount = parse_amount(text[:-1])
            return -amount if amount and text[-1] == "H" else amount
    return parse_amount(cell)


def parse_area(cell: Any) -> Decimal | None:
    area = parse_decimal(cell)
    if area is None:
        return None
    if not 0 <= area <= 10000:
        raise ValueProblem("not_an_area")
    return area.quantize(Decimal("0.01"))


def parse_rooms(cell: Any) -> Decimal | None:
    """Number of rooms; halves as 2,5 or 2 1/2 or 2½."""
    extra = Decimal(0)
    if isinstance(cell, str):
        text = text_of(cell)
        for sign, half in _HALVES.items():
            if text.endswith(sign):
                cell, extra = text[: -len(sign)].strip() or "0", half
    rooms = parse_decimal(cell)
    if rooms is None:
        return None
    rooms += extra
    if not 0 <= rooms <= 99:
        raise ValueProblem("not_rooms")
    return rooms.quantize(Decimal("0.1"))


def parse_floor(cell: Any) -> int | None:
    """The floor as a number: EG is 0, 2. OG is 2, UG is -1."""
    if isinstance(cell, float) and abs(cell) < 100 and cell == int(cell):
        return int(cell)
    text = text_of(cell).lower()
    if not text:
        return None
    match = _FLOOR.fullmatch(text)
    if match:
        floor = int(match[1])
        return -floor if match[2] == "ug" else floor
    floor_inside = floor_of_position(text)
    if floor_inside is None and not re.search(r"\b(dg|dachgeschoss|attic)\b", text):
        raise ValueProblem("not_a_floor")
    return floor_inside


def floor_of_position(text: str | None) -> int | None:
    """The floor named in a position like "2. OG links", or ``None``."""
    text = (text or "").lower()
    match = _FLOOR_INSIDE.search(text)
    if match:
        return -int(match[1]) if match[2] == "ug" else int(match[1])
    if _GROUND.search(text):
        return 0
    return -1 if _BASEMENT.search(text) else None


@lru_cache(maxsize=65536)
def _date(text: str) -> dt.date | None:
    if text in _NO_DATE:
        return None
    if match := _DATE_GERMAN.fullmatch(text):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        if len(match[3]) == 2:
            year += 2000 if year < 69 else 1900
    elif match := _DATE_ISO.fullmatch(text) or _DATE_SAP.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        raise ValueProblem("not_a_date")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueProblem("not_a_date") from None


def parse_date(cell: Any) -> dt.date | None:
    """A day: 31.12.2024, 2024-12-31, 20241231, a spreadsheet's date or its serial number.

    31.12.9999 and 00.00.0000 stand for "no date".
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        text = text_of(cell)
        day = _date(text) if text else None
    elif isinstance(cell, dt.datetime):
        day = cell.date()
    elif isinstance(cell, dt.date):
        day = cell
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if not (math.isfinite(cell) and 1 <= cell <= 110000):
            raise ValueProblem("not_a_date")
        day = _EXCEL_EPOCH + dt.timedelta(days=int(cell))
    else:
        raise ValueProblem("not_a_date")
    if day is None or day == dt.date(9999, 12, 31):
        return None
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise ValueProblem("date_out_of_range")
    return day


def parse_email(cell: Any) -> str | None:
    text = parse_text(cell)
    if text and not _EMAIL.fullmatch(text):
        raise ValueProblem("not_an_email")
    return text


def parse_role(cell: Any) -> str | None:
    """``household`` for members of the household, ``tenant`` for contract partners."""
    text = text_of(cell).lower()
    if not text:
        return None
    if any(word in text for word in ("haushalt", "angeh", "kind", "bewohner", "household", "occupant")):
        return "household"
    if "miet" in text or "tenant" in text or "vertrag" in text or "nutzer" in text:
        return "tenant"
    raise ValueProblem("not_a_role")


def parse_year(cell: Any) -> int | None:
    text = text_of(cell)
    if not text:
        return None
    if not re.fullmatch(r"\d{4}", text, re.ASCII) or not 1500 <= int(text) <= 2200:
        raise ValueProblem("not_a_year")
    return int(text)


def format_amount(amount: Decimal | float) -> str:
    """1234.5 as 1.234,50."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def format_date(day: dt.date) -> str:
    """A day as 31.12.2024."""
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"
