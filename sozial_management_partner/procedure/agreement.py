"""The text of a cooperation agreement, as both sides sign it. Pure Python.

The sentences are a beginning: the company has to have them reviewed, and the text says so until
somebody notes that it was.
"""

import re
from dataclasses import dataclass, field
from datetime import date

REVIEW_NOTE = (
    "Hinweis: Diese Textvorlage ist keine Rechtsberatung. Das Unternehmen muss sie vor der ersten Unterschrift rechtlich prüfen lassen."
)
PRIVACY = {
    "own": (
        "Jede Seite ist für ihre Daten selbst verantwortlich. Angaben über Mieterinnen und Mieter gibt es nur mit deren Einwilligung "
        "und nur im dort genannten Umfang. Nach einem Widerruf löscht der Partner, was er nicht auf eigener Grundlage behalten muss."
    ),
    "processor": "Es gilt der beigefügte Vertrag zur Auftragsverarbeitung (Art. 28 DSGVO).",
    "joint": "Es gilt die beigefügte Vereinbarung über die gemeinsame Verantwortlichkeit (Art. 26 DSGVO).",
}
NUMBERED = re.compile(r"\d+\. \S")
REPORTS = {"month": "monatlich", "quarter": "vierteljährlich", "half": "halbjährlich", "year": "jährlich"}


@dataclass(frozen=True)
class Service:
    """One service: what, when, and for how many people a month (0: not agreed)."""

    name: str
    hours: str = ""
    capacity: int = 0


@dataclass(frozen=True)
class Facts:
    """What an agreement says, without any record."""

    number: str
    version: int
    title: str
    company: str
    partner: str
    date_start: date
    date_end: date
    notice_months: int
    subject: str = ""
    services: tuple[Service, ...] = field(default_factory=tuple)
    rooms: str = ""
    remuneration: str = ""
    privacy: str = "own"
    privacy_reason: str = ""
    privacy_file: str = ""
    privacy_sha256: str = ""
    report: str = ""
    report_days: int = 0
    response_days: int = 0
    reviewed: bool = False


def write(facts: Facts) -> str:
    """The whole text, in paragraphs that are parted by an empty line."""
    answer = f"Auf eine Vermittlung antwortet der Partner innerhalb von {_days(facts.response_days)}." if facts.response_days else ""
    sections = [
        ("Leistungen", "\n".join(_service(one) for one in facts.services)),
        ("Gegenstand", facts.subject.strip()),
        ("Laufzeit", _duration(facts)),
        ("Vermittlungen", answer),
        ("Räume", facts.rooms.strip()),
        ("Vergütung", facts.remuneration.strip() or "Es wird keine Vergütung vereinbart."),
        ("Datenschutz und Schweigepflicht", _privacy(facts)),
        ("Berichte", _report(facts)),
        ("Änderungen", "Eine Änderung ist eine neue Fassung, der beide Seiten zustimmen."),
    ]
    head = [
        f"Kooperationsvereinbarung {facts.number}, Fassung {facts.version}",
        facts.title,
        f"zwischen {facts.company} und {facts.partner}",
    ]
    filled = [(title, text) for title, text in sections if text]
    body = [f"{number}. {title}\n{text}" for number, (title, text) in enumerate(filled, 1)]
    return "\n\n".join(head + body + ([] if facts.reviewed else [REVIEW_NOTE]))


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a written agreement; `heading` is empty where it has none."""

    heading: str
    text: str


def paragraphs(text: str) -> list[Paragraph]:
    """A written agreement, cut where the empty lines are. No word is added or lost."""
    return [_paragraph(part) for part in text.split("\n\n") if part.strip()]


def _paragraph(part: str) -> Paragraph:
    first, _newline, rest = part.strip().partition("\n")
    return Paragraph(first, rest) if rest and NUMBERED.match(first) else Paragraph("", part.strip())


def _service(service: Service) -> str:
    parts = [service.name]
    if service.hours:
        parts.append(f"Sprechzeiten: {service.hours}")
    if service.capacity:
        people = "eine Person" if service.capacity == 1 else f"{service.capacity} Personen"
        parts.append(f"Platz für {people} im Monat")
    return "– " + "; ".join(parts)


def _duration(facts: Facts) -> str:
    text = f"Vom {_day(facts.date_start)} bis zum {_day(facts.date_end)}."
    if facts.notice_months:
        months = "einen Monat" if facts.notice_months == 1 else f"{facts.notice_months} Monate"
        text += f" Über eine Verlängerung sprechen beide Seiten spätestens {months} vor dem Ende."
    return text


def _privacy(facts: Facts) -> str:
    if facts.privacy == "none":
        return f"Personenbezogene Daten werden nicht ausgetauscht: {facts.privacy_reason.strip()}"
    text = PRIVACY[facts.privacy]
    if facts.privacy_file:
        text += f" Anlage: {facts.privacy_file} (SHA-256 {facts.privacy_sha256})."
    return text


def _report(facts: Facts) -> str:
    if facts.report not in REPORTS:
        return ""
    days = _days(facts.report_days)
    return f"Der Partner berichtet {REPORTS[facts.report]}, jeweils innerhalb von {days} nach dem Ende des Zeitraums, ohne Namen."


def _days(number: int) -> str:
    return "einem Tag" if number == 1 else f"{number} Tagen"


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")
