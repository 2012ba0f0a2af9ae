"""Sections 6 to 11: which law, who may take part, what is asked, how it is judged."""

from .facts import EVIDENCE, Criterion, Facts
from .html import heading, items, p, table

NO_PLATFORM = "Unser Portal ist keine Vergabeplattform für die elektronische Auftragsvergabe."
TIE_RULES = {
    "weight": "Haben zwei Bewerbungen in einem Los gleich viele Punkte, liegt die vorn, die im Kriterium mit dem größten Gewicht mehr "
    "Punkte hat. Sind auch diese gleich, zählt das Kriterium mit dem nächstgrößten Gewicht und so fort. Zuletzt entscheidet das Los.",
    "lot": "Haben zwei Bewerbungen in einem Los gleich viele Punkte, entscheidet das Los.",
}
DRAWING = "Beim Losen hält das Protokoll die Zufallszahl fest, aus der die Reihenfolge folgt. Jede und jeder kann sie nachrechnen."
SCALE = (
    "Keine Angaben, oder die Anforderung ist nicht erfüllt.",
    "Ungenügend: Wesentliche Punkte fehlen.",
    "Schwach: Die Angaben treffen nur einen Teil der Anforderung.",
    "Zufriedenstellend: Die Anforderung ist im Wesentlichen erfüllt.",
    "Gut: Die Anforderung ist vollständig und nachvollziehbar erfüllt.",
    "Sehr gut: vollständig erfüllt, mit Belegen und auf das Quartier zugeschnitten.",
)


def procedure(facts: Facts) -> str:
    text = {"market": _market, "partner": _partner, "uvgo": _uvgo, "vgv": _vgv}[facts.procedure](facts)
    fair = p("Für alle gilt: Die Regeln sind vorher bekannt, alle werden gleich behandelt, und jeder Schritt wird dokumentiert.")
    return text and text + fair


def _market(facts: Facts) -> str:
    return (
        p(
            "Dies ist ein Interessenbekundungsverfahren zur Erkundung des Marktes. Es lehnt sich an § 7 Absatz 2 der "
            "Bundeshaushaltsordnung und die entsprechende Vorschrift der Landeshaushaltsordnung an.",
            "Wir wollen erfahren, wer die Aufgabe übernehmen kann und wie.",
        )
        + p(
            "Das Verfahren ist kein Vergabeverfahren und endet nicht mit einem Auftrag. Ihre Interessenbekundung bindet weder Sie noch "
            "uns.",
            "Wollen wir die Leistung danach vergeben, machen wir das in einem eigenen Verfahren bekannt. Wer sich hier nicht beteiligt, "
            "hat dort keinen Nachteil.",
        )
    )


def _partner(facts: Facts) -> str:
    way = (
        "Wir haben mehrere Organisationen eingeladen. Nur sie können sich bewerben."
        if facts.invited
        else "Der Aufruf ist öffentlich. Alle geeigneten Organisationen können sich bewerben."
    )
    return p(
        "Wir suchen einen Partner für ein gemeinsames Angebot. Nach unserer Prüfung ist die Zusammenarbeit kein öffentlicher Auftrag im "
        "Sinne von § 103 des Gesetzes gegen Wettbewerbsbeschränkungen (GWB): Der Partner verfolgt eigene satzungsmäßige Ziele und führt "
        "das Angebot in eigener Verantwortung durch. Wir unterstützen ihn dabei.",
    ) + p(
        "Wir wählen in einem Interessenbekundungsverfahren aus, das wir freiwillig nach den Grundsätzen von Transparenz und "
        "Gleichbehandlung gestalten.",
        way,
    )


def _uvgo(facts: Facts) -> str:
    way = (
        "Wir wählen die Verhandlungsvergabe ohne Teilnahmewettbewerb. Nur die eingeladenen Unternehmen können ein Angebot abgeben. "
        "Wir behalten uns vor, den Zuschlag auf ein erstes Angebot zu geben, ohne zu verhandeln."
        if facts.invited
        else "Wir wählen die Öffentliche Ausschreibung. Jedes Unternehmen kann ein Angebot abgeben. Verhandlungen über Angebote sind "
        "nicht erlaubt."
    )
    return p(
        "Wir vergeben einen öffentlichen Auftrag über soziale und andere besondere Dienstleistungen im Sinne von § 130 Absatz 1 GWB. "
        "Der geschätzte Auftragswert liegt unter dem EU-Schwellenwert. Es gilt die Unterschwellenvergabeordnung (UVgO), "
        "für die Wahl der Verfahrensart § 49 UVgO.",
        way,
    ) + p(
        "Die Bewerbung, von der in dieser Bekanntmachung die Rede ist, ist Ihr Angebot.",
        NO_PLATFORM,
        "Für dieses Verfahren haben wir geprüft und in den Akten festgehalten, dass dieser Weg der Einreichung zulässig ist.",
    )


def _vgv(facts: Facts) -> str:
    way = (
        "Wir wählen das Verhandlungsverfahren ohne Teilnahmewettbewerb, weil ein Fall des § 14 Absatz 4 VgV vorliegt. "
        "Der Grund steht im Vergabevermerk. Nur die eingeladenen Unternehmen können ein Angebot abgeben."
        if facts.invited
        else "Wir wählen das offene Verfahren. Jedes Unternehmen kann ein Angebot abgeben. Verhandlungen über Angebote sind nicht erlaubt."
    )
    if not facts.review_body.strip():
        return ""
    return (
        p(
            "Wir vergeben einen öffentlichen Auftrag über soziale und andere besondere Dienstleistungen im Sinne von § 130 Absatz 1 GWB. "
            "Der geschätzte Auftragswert erreicht den EU-Schwellenwert. Es gelten Teil 4 des GWB und die §§ 64 bis 66 der "
            "Vergabeverordnung (VgV).",
            way,
        )
        + p(
            "Maßgeblich ist die Bekanntmachung beim Amt für Veröffentlichungen der Europäischen Union (§ 66 VgV).",
            "Die Bewerbung, von der hier die Rede ist, ist Ihr Angebot.",
            NO_PLATFORM,
            "Für dieses Verfahren haben wir geprüft und in den Akten festgehalten, dass dieser Weg der Einreichung zulässig ist.",
        )
        + p("Für die Nachprüfung ist zuständig:")
        + items(facts.review_body.strip().splitlines())
        + p(
            "Wer einen Verstoß gegen Vergabevorschriften erkennt, muss ihn innerhalb von zehn Kalendertagen bei uns rügen; was aus der "
            "Bekanntmachung erkennbar ist, bis zum Ende der Frist für Angebote. Helfen wir der Rüge nicht ab, muss der Antrag auf "
            "Nachprüfung innerhalb von 15 Kalendertagen nach unserer Mitteilung gestellt werden (§ 160 Absatz 3 GWB)."
        )
    )


def participants(facts: Facts) -> str:
    contract = facts.procedure in ("uvgo", "vgv")
    if facts.invited:
        who = "Teilnehmen können die Organisationen, die wir eingeladen haben."
    elif contract:
        who = (
            "Teilnehmen kann jedes Unternehmen, das die Anforderungen aus Abschnitt 8 erfüllt, gleich welcher Rechtsform. Auch Vereine "
            "sind Unternehmen in diesem Sinn."
        )
    else:
        who = (
            "Teilnehmen können Verbände der freien Wohlfahrtspflege, Vereine, Stiftungen, Kirchen und Religionsgemeinschaften, "
            "Genossenschaften und Unternehmen mit sozialem Zweck. Auch kleine Vereine und Initiativen sind willkommen."
        )
    grounds = {
        "uvgo": "Vom Verfahren ausgeschlossen wird, bei wem ein Ausschlussgrund nach § 31 UVgO in Verbindung mit §§ 123 und 124 GWB "
        "vorliegt.",
        "vgv": "Vom Verfahren ausgeschlossen wird, bei wem ein Ausschlussgrund nach §§ 123 und 124 GWB vorliegt. § 125 GWB "
        "(Selbstreinigung) gilt.",
    }.get(facts.procedure, "Nicht teilnehmen kann, wer menschenverachtende oder verfassungsfeindliche Ziele verfolgt.")
    return (
        p(who, "Wer noch keinen Zugang hat, meldet sich im Portal selbst an. Die Angaben prüfen wir später.")
        + p(
            "Mehrere Organisationen können sich gemeinsam bewerben (Bietergemeinschaft). Sie nennen alle Mitglieder und eine Organisation, "
            "die für alle spricht. Die Eignung weist die Gemeinschaft zusammen nach; Ausschlussgründe dürfen bei keinem "
            "Mitglied vorliegen.",
            "Wer sich für ein Los gemeinsam bewirbt, bewirbt sich für dasselbe Los nicht noch einmal allein.",
        )
        + p(grounds)
    )


def _name(one: Criterion) -> str:
    return f"{one.name} ({one.lot})" if one.lot else one.name


def eligibility(facts: Facts) -> str:
    wanted = [
        _name(one) + (f": {one.description}" if one.description else "")
        for one in facts.criteria
        if one.kind == "eligibility"
    ]
    text = p("Geeignet ist, wer diese Anforderungen erfüllt:") + items(wanted) if wanted else ""
    text += p(
        "Geeignet ist, wer fachkundig, zuverlässig und wirtschaftlich in der Lage ist, die Leistung über die ganze Laufzeit zu erbringen."
    )
    proofs = [EVIDENCE[kind] for kind in EVIDENCE if kind in facts.evidence]
    if proofs:
        text += p("Diese Nachweise brauchen wir:") + items(proofs)
        text += p(
            "Sie laden Nachweise einmal im Portal hoch und verwenden sie in jedem weiteren Verfahren wieder. Ein Nachweis muss am Tag der "
            "Einreichung gültig sein. Haben Sie einen Nachweis nicht, weil Ihre Rechtsform ihn nicht kennt, schreiben Sie das dazu.",
            "Führungszeugnisse selbst reichen Sie nicht ein." if "conduct" in facts.evidence else "",
        )
    else:
        text += p("Besondere Nachweise verlangen wir mit der Bewerbung nicht.")
    return text + p(
        "Fehlt etwas, fordern wir es nach der Öffnung bei allen nach denselben Regeln und mit derselben Frist nach. Was zur Bewertung in "
        "Abschnitt 10 zählt, kann nicht nachgereicht werden."
    )


def documents(facts: Facts) -> str:
    offer = "Ihr Angebot" if facts.procedure in ("uvgo", "vgv") else "Ihre Bewerbung"
    return (
        p(f"{offer} besteht aus:")
        + items(
            [
                "der Kurzform: sechs einfache Fragen, die Sie im Portal beantworten",
                "dem Konzept für jedes Los, für das Sie sich bewerben: zu jedem Kriterium aus Abschnitt 10 ein Absatz",
                "den Nachweisen aus Abschnitt 8",
                "bei einer Bietergemeinschaft der Liste aller Mitglieder",
            ]
        )
        + p(
            "Das Portal speichert Zwischenstände, prüft vor dem Absenden, ob etwas fehlt, und nennt zulässige Arten und Größen von "
            "Dateien. Anlagen sind freiwillig. Werbung und Hochglanz bringen keine Punkte.",
            "Die Unterlagen sind in deutscher Sprache. Einfaches Deutsch genügt.",
        )
        + p("Angaben zu einzelnen Menschen, die Sie betreuen, gehören nicht in die Unterlagen.")
    )


def criteria(facts: Facts) -> str:
    award = [one for one in facts.criteria if one.kind == "award"]
    if not award or not facts.lots or facts.tie_rule not in TIE_RULES:
        return ""
    text = p("Geeignete Bewerbungen bewerten wir in jedem Los nach diesen Kriterien:")
    special = any(one.lot for one in award)
    for lot in facts.lots if special else facts.lots[:1]:
        rows = [one for one in award if one.lot in ("", lot.name)]
        text += (heading(lot.name) if special else "") + table(
            ["Kriterium", "Gewicht", "Mindestpunkte"],
            [[one.name, f"{one.weight} %", str(one.minimum) if one.minimum else "keine"] for one in rows],
        )
    text += p(
        "In jedem Kriterium vergeben wir 0 bis 5 Punkte. Die Punkte werden mit dem Gewicht malgenommen und durch 5 geteilt; "
        "alle zusammen ergeben die Gesamtpunktzahl. Höchstens sind 100 Punkte möglich.",
        "Wer in einem Kriterium weniger als die Mindestpunkte erreicht, scheidet in diesem Los aus."
        if any(one.minimum for one in award)
        else "",
    )
    text += "".join(_levels(one) for one in award)
    return text + heading("Gleichstand") + p(TIE_RULES[facts.tie_rule], DRAWING)


def _levels(one: Criterion) -> str:
    levels = one.levels if len(one.levels) == 6 and all(one.levels) else SCALE
    rows = [[str(points), levels[points]] for points in range(5, -1, -1)]
    return heading(_name(one)) + p(one.description) + table(["Punkte", "Bedeutung"], rows)


def form(facts: Facts) -> str:
    if not facts.deadline:
        return ""
    what = "Angebote" if facts.procedure in ("uvgo", "vgv") else "Bewerbungen"
    paper = f" {facts.company}, {facts.address}" if facts.address else f" {facts.company}"
    return (
        p(f"{what} reichen Sie im Portal ein, in Textform und ohne Unterschrift. Eine E-Mail genügt nicht.")
        + p(
            "Können Sie das Portal nicht nutzen, geben Sie einen verschlossenen Umschlag ab bei"
            f"{paper}. Außen stehen Ihr Absender, das Aktenzeichen {facts.number} und die Worte „Nicht öffnen“. "
            "Wir notieren den Eingang mit Datum und Uhrzeit und lassen den Umschlag bis zur Öffnung zu."
        )
        + p(
            f"Die Frist endet am {facts.deadline}. Sie ist eine Ausschlussfrist: Was später ankommt, wird nicht berücksichtigt.",
            "Es zählt die Uhr unseres Servers in dem Augenblick, in dem alles vollständig angekommen ist. "
            "Genau zur genannten Uhrzeit ist noch rechtzeitig, eine Sekunde danach nicht mehr.",
        )
        + p(
            "Nach dem Absenden erhalten Sie eine Eingangsbestätigung mit Nummer und Prüfsumme. Bis zum Ende der Frist können Sie ändern, "
            "zurückziehen und neu einreichen. Bis zur Öffnung liest bei uns niemand Ihre Unterlagen.",
            "Wir verlegen die Frist höchstens nach hinten, mit Begründung und mit einer Mitteilung an alle.",
        )
    )
