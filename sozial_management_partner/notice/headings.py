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

# What somebody with legal training looks at before publication, a section each.
REVIEW = {
    1: "Stimmen Firma, Anschrift und Ansprechperson, und darf die Ansprechperson für das Unternehmen antworten?",
    2: "Ist der Anlass richtig beschrieben, ohne einen Träger zu bevorzugen?",
    3: "Sind Ziele und Zielgruppen so beschrieben, dass niemand ohne sachlichen Grund ausgeschlossen wird?",
    4: "Ist die Leistung eindeutig und erschöpfend beschrieben? Ist die Aufteilung in Lose begründet?",
    5: "Sind Laufzeit, Verlängerung, Entgelt und Steuer (Zuschuss oder Leistungsaustausch) geprüft?",
    6: "Passt die Verfahrensart? Sind Auftraggebereigenschaft (§ 99 GWB), Auftragsbegriff (§ 103 GWB) und Schwellenwert geprüft?",
    7: "Ist der Teilnehmerkreis zulässig begrenzt? Sind Ausschlussgründe vollständig genannt?",
    8: "Sind die Nachweise verhältnismäßig? Werden Führungszeugnisse nur eingesehen, nicht gespeichert?",
    9: "Sind alle verlangten Unterlagen genannt? Was nicht genannt ist, darf später nicht verlangt werden.",
    10: "Haben die Kriterien mit der Leistung zu tun? Sind Gewichte, Skala, Mindestpunkte und Gleichstandsregel klar?",
    11: "Ist die Frist angemessen? Ist der Weg der Einreichung für diese Verfahrensart zulässig?",
    12: "Reicht die Zeit zwischen den Antworten und der Frist für Bewerbungen?",
    13: "Ist das Gremium richtig besetzt und frei von Interessenkonflikten?",
    14: "Stimmt die Wartefrist? Bei § 134 GWB: 15 Kalendertage, bei elektronischer Mitteilung 10.",
    15: "Passt der Text zum Muster der Vereinbarung? Sind Haftung, Kündigung und Schweigepflicht (§ 203 StGB) geregelt?",
    16: "Stimmen Rechtsgrundlage, Empfänger und Speicherdauer? Ist die oder der Datenschutzbeauftragte genannt?",
    17: "Sind die Vorbehalte für diese Verfahrensart zulässig?",
    18: "Liegen alle genannten Anlagen bei?",
}
