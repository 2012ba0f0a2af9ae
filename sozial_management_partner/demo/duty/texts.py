"""Invented words of the demo's referrals, reports and proof of use."""

NEEDS = {
    "asked": "Sucht eine Begleitung für Arztbesuche am Vormittag.",
    "contact": "Möchte jemanden kennenlernen, mit dem sie einmal in der Woche spazieren gehen kann.",
    "help": "Braucht Unterstützung beim Ausfüllen von Formularen, einmal in der Woche.",
    "not_reached": "Wünscht sich Besuch am Wochenende.",
    "completed": "Brauchte Begleitung zur Anmeldung in der Schule.",
    "expired": "Sucht kurzfristig Hilfe beim Einkaufen.",
    "withdrawn": "Suchte eine Patenschaft für die Hausaufgaben.",
    "revoked": "Bat um Beratung zu Anträgen in der eigenen Sprache.",
}
QUESTION = "An welchen Wochentagen sind die Termine?"
AGREEMENTS = {
    "diakonie": ("Sozialberatung in Nordhausen-Nord", "Offene Sozialberatung an zwei Vormittagen in der Woche."),
    "sportverein": ("Offene Halle für Kinder", "Zwei offene Sportgruppen am Nachmittag."),
}
SPORT = ("Offene Halle für Kinder", "Zweimal in der Woche Sport ohne Anmeldung, für Kinder von 8 bis 12 Jahren.")
POSITIONS = (("Personalkosten, anteilig", 1500), ("Miete des Beratungsraums", 280), ("Sachkosten", 120))
REPORTS = (
    ("Dreizehn Freiwillige haben regelmäßig besucht; zwei neue wurden gewonnen und eingearbeitet.",
     "Ein zweiter Schlüssel für den Treff würde helfen."),
    ("Die Beratung war an beiden Vormittagen gut besucht.", ""),
)
RETURNED = "Bitte ergänzen Sie, wie viele Termine ausgefallen sind und warum."
USED = "Die Mittel wurden für die Beratung an zwei Vormittagen verwendet. Im Sommer blieb die Stelle vier Wochen unbesetzt, daher der Rest."
RECEIPTS = ((0, "Personalkosten, Jahresabrechnung", 0.9), (1, "Miete, Jahresabrechnung", 1), (2, "Büromaterial und Telefon", 0.8))
FIELDS = {"nachbarschaft": ("ageing", "loneliness"), "diakonie": ("migration", "income"), "sportverein": ("loneliness",)}
