"""The 18 sections of the notice, in their order. German: the notice is a German document."""

HEADINGS = {
    1: "Auslober, Kontakt, Aktenzeichen",
    2: "Anlass im Quartier",
    3: "Ziele und Zielgruppen",
    4: "Leistungen und Lose",
    5: "Laufzeit, Räume, Personal, Vergütung",
    6: "Verfahrensart und Rechtsgrundlage",
    7: "Teilnahmeberechtigte, Bietergemeinschaften",
    8: "Eignung und Nachweise",
    9: "Unterlagen",
    10: "Kriterien, Gewichte, Punkte, Gleichstand",
    11: "Form und Ausschlussfrist",
    12: "Fragen",
    13: "Ablauf und Gremium",
    14: "Mitteilung und Wartefrist",
    15: "Kooperationsvereinbarung und Berichte",
    16: "Datenschutz",
    17: "Vorbehalte",
    18: "Anlagen",
}
