"""Letters at the end of a call, in German: what organisations read under German law.

The texts follow § 134 GWB and § 46 UVgO in what they tell (name of the chosen organisation, reasons,
earliest day of the award) and are written so that a small association understands them. They are
drafts: a company has them reviewed by its lawyers before first use.
"""

from dataclasses import dataclass
from typing import NamedTuple

REVIEW_NOTE = "Textentwurf der Software. Vor dem ersten Einsatz rechtlich prüfen lassen."


class Reason(NamedTuple):
    """How a criterion was scored: own and the chosen one's points, and what the panel wrote."""

    criterion: str
    weight: int
    points: str
    best: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What a letter tells; empty where it does not apply."""

    number: str
    title: str
    lot: str
    company: str
    organisation: str
    receipt: str
    procedure: str = "partner"
    contact: str = ""
    winner: str = ""
    points: str = ""
    winner_points: str = ""
    rank: int = 0
    ranked: int = 0
    reasons: tuple[Reason, ...] = ()
    unmet: tuple[tuple[str, str], ...] = ()
    below: str = ""
    award_day: str = ""
    standstill: int = 0
    reason: str = ""


def german(number: object) -> str:
    """A number with a decimal comma, at most two places, none that is zero."""
    text = f"{float(number):.2f}".rstrip("0").rstrip(".")  # type: ignore[arg-type]
    return text.replace(".", ",")


def write(kind: str, facts: Facts) -> tuple[str, list[str]]:
    """Subject and paragraphs of a letter.

    :param kind: ``refusal``, ``award``, ``ended`` (lot without award) or ``cancelled``
    """
    subject, body = {"refusal": _refusal, "award": _award, "ended": _ended, "cancelled": _cancelled}[kind](facts)
    about = f"Aufruf „{facts.title}“, Aktenzeichen {facts.number}, {facts.lot}. Ihre Eingangsnummer: {facts.receipt}."
    closing = ["Für Fragen erreichen Sie uns: " + facts.contact] if facts.contact else []
    return subject, [about, "Guten Tag,", *body, *closing, f"Mit freundlichen Grüßen\n{facts.company}"]


def agreement(company: str, partner: str, number: str, title: str, lot: str, service: str, extent: str, receipt: str) -> str:
    """What a cooperation agreement would begin with, taken from the call; people write the rest."""
    lines = [
        "Entwurf einer Kooperationsvereinbarung",
        f"zwischen {company} und {partner}",
        (
            f"1. Grundlage: Aufruf „{title}“, Aktenzeichen {number}, {lot}; Bewerbung mit der Eingangsnummer {receipt}. Es gelten in "
            "dieser Reihenfolge diese Vereinbarung, die Bekanntmachung in ihrer letzten Fassung mit den beantworteten Fragen, die "
            "Bewerbung."
        ),
        f"2. Leistung: {_sentence(service) or 'wie in der Bekanntmachung beschrieben.'}"
        + (f" Umfang: {_sentence(extent)}" if extent else ""),
        "3. Laufzeit, Räume, Personal und Vergütung: wie in Abschnitt 5 der Bekanntmachung.",
        "4. Berichte: wie in Abschnitt 15 der Bekanntmachung.",
        (
            "5. Datenschutz und Schweigepflicht: Jede Seite ist für ihre Daten selbst verantwortlich; Angaben über Mieterinnen und "
            "Mieter gibt es nur mit deren Einwilligung."
        ),
        "6. Kündigung und Änderungen: schriftlich.",
        REVIEW_NOTE,
    ]
    return "\n\n".join(lines)


def _refusal(facts: Facts) -> tuple[str, list[str]]:
    body = [
        (
            "vielen Dank für Ihre Bewerbung und die Arbeit, die darin steckt. Wir haben sie sorgfältig geprüft. Leider konnten wir "
            "sie für dieses Los nicht berücksichtigen. Die Gründe nennen wir Ihnen hier."
        )
    ]
    if facts.unmet:
        body.append("Ihre Bewerbung erfüllt nicht alle Voraussetzungen, die in der Bekanntmachung genannt sind:")
        body += [f"– {name}: {reason}" for name, reason in facts.unmet]
    else:
        body += _scored(facts)
    if facts.winner:
        reached = f" Erreichte Punkte: {facts.winner_points} von 100." if facts.winner_points else ""
        body.append(f"Ausgewählt werden soll: {_sentence(facts.winner)}{reached}")
    if facts.standstill and facts.award_day:
        body.append(
            f"Wir schließen die Vereinbarung frühestens am {facts.award_day}. Bis dahin können Sie uns mitteilen, wenn Sie mit der "
            "Entscheidung nicht einverstanden sind; bitte schreiben Sie uns, was aus Ihrer Sicht nicht richtig war."
        )
    if facts.procedure in ("uvgo", "vgv"):
        body.append("Auf Ihren Wunsch teilen wir Ihnen weitere Einzelheiten zur Bewertung Ihrer Bewerbung mit.")
    body.append("Wir würden uns freuen, wenn Sie sich an künftigen Aufrufen wieder beteiligen.")
    return f"Ihre Bewerbung zu {facts.number}, {facts.lot}: nicht ausgewählt", body


def _scored(facts: Facts) -> list[str]:
    if facts.below:
        text = [f"Ihre Bewerbung erreicht die veröffentlichte Mindestpunktzahl nicht bei: {facts.below}."]
    else:
        text = [f"Ihre Bewerbung erreichte {facts.points} von 100 Punkten und damit Rang {facts.rank} von {facts.ranked}."]
    if not facts.reasons:
        return text
    text.append("So wurde nach den veröffentlichten Kriterien bewertet (Punkte von 0 bis 5):")
    for reason in facts.reasons:
        line = f"– {reason.criterion} (Gewicht {reason.weight} %): Ihre Bewerbung {reason.points}, die ausgewählte {reason.best}."
        text.append(line + "".join(f" {_sentence(words)}" for words in dict.fromkeys(reason.words)))
    return text


def _award(facts: Facts) -> tuple[str, list[str]]:
    if facts.procedure == "market":
        chosen = "wir möchten auf der Grundlage Ihrer Interessenbekundung mit Ihnen über eine Zusammenarbeit sprechen."
    else:
        chosen = "wir freuen uns, Ihnen mitzuteilen: Ihre Bewerbung wurde für dieses Los ausgewählt."
    body = [
        chosen,
        f"Erreichte Punkte: {facts.winner_points} von 100." if facts.winner_points else "",
        (
            "Als Nächstes erhalten Sie von uns den Entwurf der Vereinbarung. Grundlage sind die Bekanntmachung in der letzten Fassung "
            "und Ihre Bewerbung."
        ),
    ]
    return f"Ihre Bewerbung zu {facts.number}, {facts.lot}: ausgewählt", [text for text in body if text]


def _ended(facts: Facts) -> tuple[str, list[str]]:
    return f"{facts.number}, {facts.lot}: keine Auswahl", [
        "vielen Dank für Ihre Bewerbung. Das Verfahren zu diesem Los ist ohne Auswahl beendet.",
        f"Der Grund: {_sentence(facts.reason)}",
        "Ob und wann wir das Los neu ausschreiben, veröffentlichen wir auf unserer Seite.",
    ]


def _cancelled(facts: Facts) -> tuple[str, list[str]]:
    return f"{facts.number}: Aufruf aufgehoben", [
        "wir haben diesen Aufruf aufgehoben. Eine Auswahl findet nicht statt.",
        f"Der Grund: {_sentence(facts.reason)}",
        "Es tut uns leid, dass Sie sich die Mühe umsonst gemacht haben. Kosten der Bewerbung können wir nicht erstatten.",
    ]


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?" else f"{text}."
