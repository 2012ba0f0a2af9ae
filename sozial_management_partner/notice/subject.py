"""Sections 1 to 5: who calls, why, for what."""

from .facts import Facts, Lot
from .html import heading, items, p, paragraphs, sentence


def sender(facts: Facts) -> str:
    if not (facts.company and facts.contact and (facts.phone or facts.email)):
        return ""
    reach = [f"Telefon: {facts.phone}" if facts.phone else "", f"E-Mail: {facts.email}" if facts.email else ""]
    place = f", {facts.address}," if facts.address else ""
    return (
        p(f"{facts.company}{place} sucht Partner für soziale Angebote.", f"Das Aktenzeichen ist {facts.number}.")
        + p(f"Ihre Ansprechperson ist {facts.contact}.")
        + items(reach)
        + p(f"Alle Unterlagen finden Sie unter {facts.url}." if facts.url else "", "Die Teilnahme ist kostenfrei.")
        + p("Auskünfte zum Inhalt geben wir nur auf dem Weg, den Abschnitt 12 beschreibt. So haben alle denselben Stand.")
    )


def occasion(facts: Facts) -> str:
    return paragraphs(facts.occasion)


def goals(facts: Facts) -> str:
    if not (facts.goals.strip() and facts.target.strip()):
        return ""
    return heading("Ziele") + paragraphs(facts.goals) + heading("Zielgruppen") + paragraphs(facts.target)


def services(facts: Facts) -> str:
    if not facts.lots or not all(lot.description.strip() for lot in facts.lots):
        return ""
    if len(facts.lots) == 1:
        text = p("Die Leistung wird als Ganzes vergeben.") if facts.procedure != "market" else ""
    else:
        text = p(
            f"Die Leistung ist in {len(facts.lots)} Lose geteilt.",
            "Sie können sich für ein Los bewerben, für mehrere oder für alle. Jedes Los wird für sich bewertet.",
        )
    return text + "".join(_lot(lot) for lot in facts.lots)


def _lot(lot: Lot) -> str:
    return (
        heading(lot.name)
        + paragraphs(lot.description)
        + items([f"Quartier: {lot.quarter}" if lot.quarter else "", f"Umfang: {lot.capacity}" if lot.capacity else ""])
    )


def terms(facts: Facts) -> str:
    if not (facts.begins and facts.ends and facts.remuneration.strip()):
        return ""
    rooms = facts.rooms or "Räume stellen wir nicht zur Verfügung. Der Partner bringt eigene Räume mit oder arbeitet in den Wohnungen."
    staff = facts.staff or (
        "Der Partner setzt geeignete Fachkräfte ein und sorgt für Vertretung. Ehrenamtliche dürfen mitwirken, wenn Fachkräfte sie "
        "begleiten."
    )
    planned = "Diese Angaben sind unser Planungsstand. Sie binden uns nicht." if facts.procedure == "market" else ""
    return (
        p(f"Die Zusammenarbeit soll am {facts.begins} beginnen und am {facts.ends} enden.", planned)
        + heading("Räume")
        + paragraphs(sentence(rooms))
        + heading("Personal")
        + paragraphs(sentence(staff))
        + heading("Vergütung")
        + paragraphs(sentence(facts.remuneration))
    )
