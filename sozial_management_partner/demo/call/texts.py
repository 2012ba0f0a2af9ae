"""What the invented people of the demo data write."""

LANGUAGE = {
    "name": "Sprachcafé und Hausaufgabenhilfe in SZ-Lebenstedt",
    "summary": "Wir suchen Partner, die mit Nachbarinnen und Nachbarn Deutsch üben und Kindern bei den Hausaufgaben helfen.",
    "occasion": "In SZ-Lebenstedt leben viele Familien, die zu Hause wenig Deutsch sprechen. Im Treff gibt es dafür noch kein Angebot.",
    "goals": "Erwachsene trauen sich, Deutsch zu sprechen. Kinder schaffen ihre Hausaufgaben und haben einen ruhigen Platz dafür.",
    "target": "Erwachsene mit wenig Deutsch; Kinder von 6 bis 12 Jahren.",
    "remuneration": "Wir zahlen einen Zuschuss von bis zu 8.000 € im Jahr für Los 1 und bis zu 6.000 € für Los 2. "
    "Der Treff steht mietfrei offen.",
}
LANGUAGE_LOTS = (
    ("Los 1: Sprachcafé", "Ein offener Nachmittag in der Woche, an dem alle Deutsch üben können.", "40 Nachmittage im Jahr"),
    ("Los 2: Hausaufgabenhilfe", "Drei Nachmittage in der Woche in der Schulzeit, Gruppen bis zehn Kinder.", "Bis zu zehn Kinder zugleich"),
)
VISITS = {
    "name": "Besuchsdienst für ältere Menschen in Nordhausen-Nord",
    "summary": "Wir suchen einen Partner, der ältere Mieterinnen und Mieter zu Hause besucht und zu Treffen begleitet.",
    "occasion": "In Nordhausen-Nord ist jeder dritte Mieter älter als 70 Jahre. Viele kommen allein nicht mehr aus dem Haus.",
    "goals": "Wer möchte, bekommt einmal in der Woche Besuch und nimmt am Leben im Quartier teil.",
    "target": "Mieterinnen und Mieter ab 70 Jahren, die allein leben.",
    "remuneration": "Wir zahlen einen Zuschuss von bis zu 15.000 € im Jahr für die Koordination und die Auslagen der Ehrenamtlichen.",
}
VISITS_LOTS = (
    ("Besuchsdienst", "Ehrenamtliche gewinnen, einführen und begleiten; Besuche und Begleitung zu Treffen.", "20 Besuche in der Woche"),
)
ELIGIBILITY = ("Satzungszweck", "Die Satzung erlaubt die angebotene Leistung.")
AWARD = (
    ("Konzept für das Quartier", "Passt das Vorhaben zu den Menschen und zum Quartier?", 50, 2),
    ("Erfahrung und Personal", "Wer macht die Arbeit, mit welcher Erfahrung, wer vertritt?", 30, 2),
    ("Zusammenarbeit", "Mit wem im Quartier wird zusammengearbeitet?", 20, 0),
)
QUESTION = (
    "Wir sind ein kleiner Sportverein: Dürfen wir uns auch gemeinsam mit anderen bewerben?",
    "Sind gemeinsame Bewerbungen mehrerer Organisationen möglich?",
    "Ja. Eine Organisation führt die Bietergemeinschaft, die anderen bestätigen im Portal oder mit einer unterschriebenen Erklärung.",
)
CHECK = "Zuschuss ohne Leistungsaustausch, kein öffentlicher Auftrag. Verfahrensart, Kriterien und Fristen gelesen, keine Einwände."
CLUB = {
    "who": "Wir sind die Nachbarschaftshilfe Harzvorland: zwei Hauptamtliche und vierzehn Ehrenamtliche aus dem Quartier.",
    "idea": "Jeden Mittwoch von 15 bis 18 Uhr ein offenes Treffen mit Kaffee, kleinen Themen und viel Zeit zum Sprechen.",
    "for_whom": "Etwa 25 Menschen an einem Nachmittag, auch mit kleinen Kindern.",
    "team": "Eine Sozialarbeiterin und vier Ehrenamtliche; wir sprechen Arabisch, Türkisch, Ukrainisch und Deutsch.",
    "needs": "Den großen Raum im Treff und einen Schrank.",
    "experience": "Seit 2019 ein Frühstück für Nachbarinnen, im letzten Jahr 41-mal.",
}
WELFARE = {
    "who": "Diakoniewerk Beispielstadt gGmbH, Träger von vier Beratungsstellen.",
    "idea": "Zwei Kurse im Halbjahr mit festen Gruppen und einem Abschluss.",
    "for_whom": "Zwei Gruppen mit je zwölf Teilnehmenden.",
    "team": "Zwei Lehrkräfte für Deutsch, Vertretung aus der Beratungsstelle.",
    "needs": "Einen Raum mit Tafel an zwei Vormittagen.",
    "experience": "Sprachkurse seit 2015, zuletzt 96 Teilnehmende im Jahr.",
}
SPORTS = {
    "who": "Turn- und Sportverein Eintracht Muster, 300 Mitglieder.",
    "idea": "Deutsch üben beim Spielen und Bewegen in der Halle.",
    "for_whom": "Bis zu 30 Kinder und Eltern.",
    "team": "Drei Übungsleitende.",
    "needs": "Nichts.",
    "experience": "Wir sind neu in diesem Gebiet.",
}
BEGUN = {"who": WELFARE["who"], "idea": "Sprechstunde am Dienstag und Donnerstag, dazu Hausbesuche."}
REASONS = {
    "5": "Genau auf das Quartier zugeschnitten, mit Zahlen belegt (Antworten 2 und 3).",
    "4": "Vollständig und nachvollziehbar beschrieben (Antwort 2).",
    "3": "Im Wesentlichen erfüllt; wie die Menschen erreicht werden, bleibt offen (Antwort 3).",
    "2": "Nur zum Teil: feste Kurse statt eines offenen Treffs (Antwort 2).",
}
AGREED = "Nach Aussprache: Die Vertretung ist mit der Sozialarbeiterin gesichert, das war in den Einzelwertungen offen."
