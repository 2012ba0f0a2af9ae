"""Public holidays of a German state, by the library ``holidays``."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays

STATES = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}


@lru_cache(maxsize=512)
def public_holidays(state: str | None, year: int) -> dict[dt.date, str]:
    """Day to German name. Without a state: the holidays of the whole country.

    Holidays of single municipalities (Augsburg's Friedensfest, Corpus Christi in parts of
    Thuringia and Saxony) are not in it: they are entered as a closure.

    :raise ValueError: for a state that is none
    """
    if state and state not in STATES:
        raise ValueError(state)
    return dict(holidays.country_holidays("DE", subdiv=state or None, years=year, language="de"))


def holiday_name(state: str | None, day: dt.date) -> str | None:
    """The name of the public holiday on a day, or ``None``."""
    return public_holidays(state, day.year).get(day)
