"""Which column is which: the fields an import knows, and guessing them from headers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from . import values
from .problems import ValueProblem


class FieldSpec(NamedTuple):
    """A field of the import.

    :param name: technical name
    :param part: which record it belongs to (tenancy, dwelling, building, partner)
    :param parse: cell to value
    :param headers: German and English headers, the most telling first
    :param soft: an unreadable value is left out with a note instead of refusing the row
    """

    name: str
    part: str
    parse: Callable[[Any], Any]
    headers: tuple[str, ...]
    soft: bool = False


def parse_zip(cell: Any) -> str | None:
    """A postcode; a spreadsheet that made a number of it has lost the leading zero."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return values.text_of(cell).zfill(5)
    return values.parse_text(cell)


FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("external_ref", "tenancy", values.parse_key, (
        "Vertragsnummer", "Vertrags-Nr.", "Vertrag", "Mietvertragsnummer", "Mietvertrag", "MV-Nr.", "Vertrag-ID",
        "Mietverhältnis", "Nutzungsvertragsnummer", "Contract number", "Contract no.", "Contract", "Tenancy")),
    FieldSpec("date_start", "tenancy", values.parse_date, (
        "Vertragsbeginn", "Mietbeginn", "Beginn", "Einzug", "Einzugsdatum", "Vertrag von", "Mietvertrag ab", "Start",
        "Contract start", "Start date", "Move-in")),
    FieldSpec("date_end", "tenancy", values.parse_date, (
        "Vertragsende", "Mietende", "Ende", "Auszug", "Auszugsdatum", "Vertrag bis", "Kündigung zum", "End",
        "Contract end", "End date", "Move-out")),
    FieldSpec("rent_net", "tenancy", values.parse_rent, (
        "Nettokaltmiete", "Kaltmiete", "Grundmiete", "Nettomiete", "NKM", "Nutzungsgebühr", "Net rent", "Cold rent")),
    FieldSpec("rent_utilities", "tenancy", values.parse_rent, (
        "Betriebskosten", "Vorauszahlung Betriebskosten", "BK-Vorauszahlung", "BK", "Nebenkosten", "Umlagen",
        "Kalte Betriebskosten", "Utilities", "Service charges")),
    FieldSpec("rent_heating", "tenancy", values.parse_rent, (
        "Heizkosten", "Vorauszahlung Heizkosten", "HK-Vorauszahlung", "HK", "Heizung", "Warme Betriebskosten",
        "Heating", "Heating costs")),
    FieldSpec("balance", "tenancy", values.parse_balance, (
        "Saldo", "Mietkontosaldo", "Kontosaldo", "Kontostand", "Rückstand", "Mietrückstand", "Mietschulden",
        "Offene Posten", "Forderung", "Balance", "Arrears")),
    FieldSpec("balance_date", "tenancy", values.parse_date, (
        "Saldo-Stichtag", "Saldodatum", "Saldo per", "Saldo zum", "Stichtag", "Stand", "Rückstand per",
        "Balance date", "Arrears as of")),
    FieldSpec("dwelling_number", "dwelling", values.parse_key, (
        "VE-Nr.", "VE", "VE-Nummer", "Verwaltungseinheit", "Wohnungsnummer", "Whg.-Nr.", "WE-Nr.", "WE",
        "Mieteinheit", "ME-Nr.", "Mietobjekt", "Nutzungseinheit", "NE-Nr.", "Einheit", "Dwelling number", "Unit")),
    FieldSpec("position", "dwelling", values.parse_text, ("Lage", "Lage im Haus", "Wohnungslage", "Position")),
    FieldSpec("floor", "dwelling", values.parse_floor, ("Etage", "Geschoss", "Stockwerk", "Stock", "Floor"), True),
    FieldSpec("rooms", "dwelling", values.parse_rooms, (
        "Zimmer", "Zimmeranzahl", "Anzahl Zimmer", "Räume", "Raumzahl", "Zi.", "Rooms")),
    FieldSpec("area", "dwelling", values.parse_area, (
        "Wohnfläche", "Wohnfläche m²", "Wfl.", "Fläche", "Fläche m²", "qm", "m²", "Area", "Living area")),
    FieldSpec("street", "building", values.parse_text, ("Straße", "Str.", "Straßenname", "Street")),
    FieldSpec("house_number", "building", values.parse_text, (
        "Hausnummer", "Haus-Nr.", "HNr.", "Hnr", "Haus", "House number", "House no.")),
    FieldSpec("street_line", "building", values.parse_text, (
        "Straße Nr.", "Straße Hausnummer", "Straße und Hausnummer", "Anschrift", "Adresse", "Objektadresse",
        "Address", "Street address")),
    FieldSpec("zip", "building", parse_zip, ("PLZ", "Postleitzahl", "Postcode", "ZIP", "ZIP code")),
    FieldSpec("city", "building", values.parse_text, ("Ort", "Stadt", "Wohnort", "City", "Town")),
    FieldSpec("zip_city", "building", values.parse_text, ("PLZ Ort", "PLZ und Ort", "Postleitzahl Ort")),
    FieldSpec("quarter", "building", values.parse_text, (
        "Quartier", "Wohngebiet", "Stadtteil", "Siedlung", "Ortsteil", "Bezirk", "Quarter", "District")),
    FieldSpec("building_ref", "building", values.parse_key, (
        "Wirtschaftseinheit", "WIE", "WI-Einheit", "Objektnummer", "Objekt-Nr.", "Objekt", "Gebäude", "Gebäudenummer",
        "Property number", "Building number")),
    FieldSpec("year_built", "building", values.parse_year, ("Baujahr", "Bj.", "Year of construction"), True),
    FieldSpec("tenant_number", "partner", values.parse_key, (
        "Mieternummer", "Mieter-Nr.", "Personennummer", "Personenkonto", "Debitor", "Debitorennummer",
        "Geschäftspartner", "GP-Nr.", "Kundennummer", "Tenant number")),
    FieldSpec("member_number", "partner", values.parse_key, (
        "Mitgliedsnummer", "Mitglieds-Nr.", "Mitglied", "Member number")),
    FieldSpec("name", "partner", values.parse_text, (
        "Name", "Mieter", "Mietername", "Vertragspartner", "Name Vorname", "Nutzer", "Tenant", "Full name")),
    FieldSpec("last_name", "partner", values.parse_text, ("Nachname", "Familienname", "Zuname", "Last name", "Surname")),
    FieldSpec("first_name", "partner", values.parse_text, ("Vorname", "Vornamen", "Rufname", "First name")),
    FieldSpec("birth_date", "partner", values.parse_date, (
        "Geburtsdatum", "Geburtstag", "Geb.-Datum", "geb.", "geboren am", "Date of birth", "Birth date"), True),
    FieldSpec("phone", "partner", values.parse_text, (
        "Telefon", "Telefonnummer", "Tel.", "Telefon privat", "Mobil", "Mobiltelefon", "Handy", "Rufnummer", "Phone",
        "Mobile")),
    FieldSpec("email", "partner", values.parse_email, ("E-Mail", "Mail", "E-Mail-Adresse", "Email", "E-mail address"), True),
    FieldSpec("role", "partner", values.parse_role, ("Rolle", "Personenart", "Art der Person", "Role"), True),
)  # fmt: skip
FIELDS_BY_NAME = {spec.name: spec for spec in FIELDS}
REQUIRED = ("external_ref",)

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "²": "2"})
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
_IN_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_UNIT_BEHIND = re.compile(r"(?:eur|euro|inm2|inqm|m2|qm|mtl|monatlich)$")


def normalise(header: str) -> str:
    """A header reduced to what tells: lower case, no umlauts, blanks or punctuation."""
    return _NOT_ALNUM.sub("", header.lower().translate(_UMLAUTS))


def _spellings(header: str) -> list[str]:
    """The header, without what stands in brackets, and without a unit behind it."""
    full, bare = normalise(header), normalise(_IN_BRACKETS.sub("", header))
    spellings = [full, bare, _UNIT_BEHIND.sub("", bare) or bare]
    return [text for text in dict.fromkeys(spellings) if text]


_KNOWN: dict[str, tuple[str, int]] = {}
for _spec in FIELDS:
    for _rank, _header in enumerate(_spec.headers):
        _KNOWN.setdefault(normalise(_header), (_spec.name, _rank))
_LONG = sorted((known for known in _KNOWN if len(known) >= 5), key=len, reverse=True)


def _guess_one(header: str) -> tuple[str, int] | None:
    """(field, distance) of the best guess: exact headers are nearer than contained ones."""
    for spelling in _spellings(header):
        if spelling in _KNOWN:
            return _KNOWN[spelling]
    text = normalise(header)
    for known in _LONG:
        if text.startswith(known) or text.endswith(known):
            field, rank = _KNOWN[known]
            return field, 100 + rank - len(known)
    return None


def guess_columns(headers: Sequence[str]) -> list[str | None]:
    """The field of every column, or ``None``. No field is given twice."""
    guesses: list[tuple[int, int, str]] = []
    for index, header in enumerate(headers):
        guess = _guess_one(header)
        if guess:
            guesses.append((guess[1], index, guess[0]))
    result: list[str | None] = [None] * len(headers)
    taken: set[str] = set()
    for _distance, index, field in sorted(guesses):
        if field not in taken:
            result[index] = field
            taken.add(field)
    _prefer_split_columns(result, taken)
    return result


def _prefer_split_columns(result: list[str | None], taken: set[str]) -> None:
    """ "Name" beside "Vorname" is the family name; "Straße" alone may hold the house number."""
    if "first_name" in taken and "last_name" not in taken and "name" in taken:
        result[result.index("name")] = "last_name"
    if "street" in taken and not taken & {"house_number", "street_line"}:
        result[result.index("street")] = "street_line"


def guess_balance_sign(header: str, samples: Iterable[Any]) -> str:
    """How arrears are written: ``positive`` (100,00 is owed) or ``negative`` (-100,00 is owed).

    A header such as "Rückstand" decides. Otherwise, since most tenants owe nothing and
    those who do owe more than others have paid too much, the sign of the sum.
    """
    text = normalise(header)
    if any(word in text for word in ("rueckstand", "schuld", "offen", "forderung", "arrears")):
        return "positive"
    total = Decimal(0)
    for cell in samples:
        try:
            total += values.parse_balance(cell) or 0
        except ValueProblem:
            continue
    return "negative" if total < 0 else "positive"
