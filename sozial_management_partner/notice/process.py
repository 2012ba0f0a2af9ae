"""Sections 12 to 18: questions, course, notices, agreement, privacy, reservations, annexes."""

from .facts import Facts
from .html import items, p, paragraphs, sentence


def questions(facts: Facts) -> str:
    if not facts.questions_until:
        return ""
    return p(
        f"Fragen stellen Sie im Portal bis {facts.questions_until}. Später eingehende Fragen beantworten wir nicht mehr.",
    ) + p(
        "Wir formulieren jede Frage so um, dass niemand erkennt, wer sie gestellt hat. Die Antwort geht an alle zugleich und steht auf der "
        "Seite des Aufrufs. Telefonisch oder per E-Mail geben wir keine Auskünfte zum Inhalt."
    )


def course(facts: Facts) -> str:
    if not facts.deadline:
        return ""
    market = facts.procedure == "market"
    steps = [
        f"Fragen sind möglich bis {facts.questions_until}." if facts.questions_until else "",
        f"Die Frist endet am {facts.deadline}.",
        "Danach öffnen zwei Personen gemeinsam alle Unterlagen. Das Protokoll nennt Zeit, Personen und Prüfsummen.",
        "Fehlt ein Nachweis, fordern wir ihn bei allen mit derselben Frist nach.",
        "Wer bewertet, erklärt vorher, dass kein Interessenkonflikt besteht.",
        "Mindestens zwei Personen bewerten unabhängig voneinander und begründen jede Punktzahl.",
        "Danach berät das Gremium gemeinsam. Die ersten Bewertungen bleiben in der Akte.",
        "Wir werten die Ergebnisse aus und teilen allen mit, wie es weitergeht."
        if market
        else "Über die Auswahl entscheidet eine Person, die nicht allein bewertet hat.",
    ]
    panel = facts.panel.strip() or "Dem Gremium gehören mindestens zwei Fachleute aus dem Sozialmanagement und der Wohnungsverwaltung an."
    return items(steps, ordered=True) + paragraphs(sentence(panel))


def notices(facts: Facts) -> str:
    days = facts.standstill_days
    wait = (
        f"Danach warten wir {days} Kalendertage, bevor wir die Vereinbarung schließen."
        if days
        else "Eine Wartefrist sieht diese Verfahrensart nicht vor."
    )
    if facts.procedure == "market":
        return p(
            "Alle Teilnehmenden erhalten eine Mitteilung in Textform, was die Erkundung ergeben hat und wie es weitergeht.",
            "Ein Auftrag wird in diesem Verfahren nicht erteilt. Eine Wartefrist gibt es deshalb nicht."
            if not days
            else f"Frühestens {days} Kalendertage danach beginnen wir den nächsten Schritt.",
        )
    if facts.procedure == "uvgo":
        return p(
            "Wir unterrichten alle über das Ergebnis. Auf Antrag nennen wir die Gründe der Ablehnung und den Namen des erfolgreichen "
            "Unternehmens (§ 46 UVgO); die Gründe stehen schon in unserer ersten Mitteilung.",
            f"Danach warten wir {days} Kalendertage, bevor wir den Zuschlag erteilen." if days else wait,
        )
    if facts.procedure == "vgv":
        return p(
            "Wer den Zuschlag nicht bekommen soll, erfährt vorher in Textform den Namen des Unternehmens, dessen Angebot angenommen werden "
            "soll, die Gründe und den frühesten Zeitpunkt des Vertragsschlusses (§ 134 GWB).",
            f"Wir versenden die Mitteilung elektronisch und warten danach {days} Kalendertage. Vorher wird kein Zuschlag erteilt.",
        )
    return p("Alle erhalten das Ergebnis in Textform. Wer nicht ausgewählt wird, erfährt die Gründe und die eigene Punktzahl.", wait)


def agreement(facts: Facts) -> str:
    reports = facts.reports.strip() or (
        "Der Partner berichtet zweimal im Jahr: Zahl der Angebote und der Teilnehmenden nach Quartier und Altersgruppe, Stunden der "
        "Ehrenamtlichen, was gelungen ist und was nicht. Namen stehen nicht in den Berichten."
    )
    contract = facts.procedure in ("uvgo", "vgv")
    what = "dem ausgewählten Unternehmen einen Vertrag" if contract else "dem Partner eine Kooperationsvereinbarung"
    start = (
        "Kommt es nach einem weiteren Verfahren zu einer Zusammenarbeit, schließen wir eine schriftliche Vereinbarung. Sie regelt:"
        if facts.procedure == "market"
        else f"Wir schließen mit {what} in Schriftform. Geregelt sind darin:"
    )
    return (
        p(start)
        + items(
            [
                "Leistung, Umfang, Laufzeit und Kündigung",
                "Räume, Personal und Vertretung",
                "Vergütung oder Zuschuss, Verwendungsnachweis und Rückzahlung",
                "Schweigepflicht nach § 203 StGB und Datenschutz: Eine Vermittlung gibt es nur mit Einwilligung der betroffenen Menschen",
                "Kinderschutz und Schutzkonzept",
                "Haftung und Versicherung",
            ]
        )
        + paragraphs(sentence(reports))
    )


def privacy(facts: Facts) -> str:
    officer = facts.privacy_contact.strip().splitlines()
    authority = facts.authority.strip().splitlines()
    return (
        p(
            f"Verantwortlich ist {facts.company}. Wir verarbeiten die Angaben der Ansprechpersonen, um das Verfahren durchzuführen und "
            "eine Vereinbarung vorzubereiten (Artikel 6 Absatz 1 Buchstaben b und f der Datenschutz-Grundverordnung, DSGVO); soweit uns "
            "ein Gesetz zur Aufbewahrung verpflichtet, nach Buchstabe c."
        )
        + p(
            "Die Angaben lesen nur Personen, die das Verfahren führen, öffnen, bewerten, entscheiden oder prüfen. Bis zur Öffnung liest "
            "sie niemand. Wir geben sie nicht in Länder außerhalb der Europäischen Union weiter.",
            "Unterlagen, die nicht ausgewählt wurden, löschen wir drei Jahre nach dem Ende des Jahres, in dem das Verfahren endet, wenn "
            "kein Gesetz eine längere Aufbewahrung verlangt.",
        )
        + p(
            "Sie haben das Recht auf Auskunft, Berichtigung, Löschung, Einschränkung und Übertragbarkeit und das Recht auf Widerspruch "
            "(Artikel 15 bis 21 DSGVO). Sie können sich bei einer Aufsichtsbehörde beschweren (Artikel 77 DSGVO)."
        )
        + (p("Datenschutzbeauftragte Stelle:") + items(officer) if officer else "")
        + (p("Zuständige Aufsichtsbehörde:") + items(authority) if authority else "")
    )


def reservations(facts: Facts) -> str:
    end = {
        "uvgo": "Wir können das Verfahren aufheben, wenn einer der Gründe des § 48 UVgO vorliegt.",
        "vgv": "Wir können das Verfahren aufheben, wenn einer der Gründe des § 63 VgV vorliegt.",
        "market": "Wir können die Erkundung jederzeit beenden.",
    }.get(
        facts.procedure,
        "Wir können das Verfahren ganz oder für einzelne Lose aufheben, wenn keine geeignete Bewerbung eingeht, sich die Grundlagen "
        "wesentlich ändern oder das Geld dafür nicht bereitsteht.",
    )
    return (
        p(end, "Den Grund teilen wir allen mit. Ein Anspruch auf Abschluss einer Vereinbarung besteht nicht.")
        + p("Die Kosten der Teilnahme erstatten wir nicht.")
        + p(
            "Ändern wir die Bekanntmachung, veröffentlichen wir eine neue Fassung mit den Unterschieden und benachrichtigen alle. "
            "Berührt die Änderung schon eingereichte Bewerbungen, bitten wir Sie, diese zu bestätigen oder neu einzureichen."
        )
    )


def annexes(facts: Facts) -> str:
    if facts.annexes:
        return p("Zu dieser Bekanntmachung gehören:") + items(facts.annexes, ordered=True)
    return p("Zu dieser Bekanntmachung gehören keine weiteren Anlagen. Alle Formulare stehen im Portal.")
