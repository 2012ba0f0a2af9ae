"""The texts of the notice: real, complete, different where the law differs."""

import re

import pytest
from notice import HEADINGS, REVIEW, Criterion, Facts, Lot, leftovers, sections

PROCEDURES = ("market", "partner", "uvgo", "vgv")
TAG = re.compile(r"<[^>]+>")


def facts(**changed):
    base = Facts(
        procedure="partner",
        invited=False,
        company="Wohnbau Musterstadt eG",
        address="Hauptstraße 1, 38100 Musterstadt",
        number="IBV-2026-0001",
        contact="Petra Ausschreiber",
        phone="0531 1234",
        email="aufruf@example.com",
        url="https://www.example.com/sozial/aufrufe/x",
        occasion="Im Quartier leben viele ältere Menschen allein.",
        goals="Ältere Menschen kennen sich und finden Hilfe.",
        target="Mieterinnen und Mieter ab 65 Jahren.",
        lots=(Lot("Los 1: Beratung", "Sprechstunde an zwei Tagen.", "Nord", "8 Stunden"), Lot("Los 2: Gruppen", "Zwei Gruppen.")),
        begins="1. April 2027",
        ends="31. März 2029",
        rooms="",
        staff="",
        remuneration="Ein Zuschuss von 20.000 € im Jahr",
        evidence=("statutes", "conduct"),
        criteria=(
            Criterion("Satzungszweck passt", "eligibility"),
            Criterion("Konzept", weight=60, minimum=2, levels=("a", "b", "c", "d", "e", "f")),
            Criterion("Erfahrung", weight=40),
        ),
        tie_rule="weight",
        deadline="Freitag, 30.10.2026, 10:00 Uhr (MEZ)",
        questions_until="Freitag, 16.10.2026, 12:00 Uhr (MESZ)",
        panel="",
        standstill_days=10,
        reports="",
        review_body="Vergabekammer Niedersachsen\nAuf der Hude 2, 21339 Lüneburg",
        privacy_contact="",
        authority="",
    )
    return base._replace(**changed)


def plain(html):
    return TAG.sub(" ", html)


@pytest.mark.parametrize("procedure", PROCEDURES)
@pytest.mark.parametrize("invited", [False, True])
@pytest.mark.parametrize("standstill", [0, 10])
def test_every_section_is_whole_german_text(procedure, invited, standstill):
    texts = sections(facts(procedure=procedure, invited=invited, standstill_days=standstill))
    assert list(texts) == list(range(1, 19)) == list(HEADINGS)
    for number, html in texts.items():
        text = plain(html).strip()
        assert text, f"section {number} is empty"
        assert leftovers(text) == [], f"section {number}"
        assert number in (2, 18) or len(text.split()) >= 10, f"section {number} says too little"
        assert text.rstrip()[-1] in ".:!)e" or number in (1, 4, 6, 15, 16), f"section {number} ends in the middle"


def test_each_procedure_has_words_of_its_own():
    law = {name: plain(sections(facts(procedure=name))[6]) for name in PROCEDURES}
    assert "§ 7 Absatz 2 der Bundeshaushaltsordnung" in law["market"] and "kein Vergabeverfahren" in law["market"]
    assert "kein öffentlicher Auftrag" in law["partner"] and "§ 103" in law["partner"]
    assert "§ 49 UVgO" in law["uvgo"] and "Öffentliche Ausschreibung" in law["uvgo"]
    assert "§§ 64 bis 66" in law["vgv"] and "Vergabekammer Niedersachsen" in law["vgv"]
    assert "§ 134 GWB" in plain(sections(facts(procedure="vgv"))[14])
    assert "kein Vergabeplattform" not in law["uvgo"] and "keine Vergabeplattform" in law["uvgo"] and "keine Vergabeplattform" in law["vgv"]


def test_above_the_threshold_the_review_body_is_named():
    assert sections(facts(procedure="vgv", review_body=" "))[6] == ""


@pytest.mark.parametrize("missing, number", [
    ("occasion", 2), ("goals", 3), ("target", 3), ("remuneration", 5), ("begins", 5), ("contact", 1), ("deadline", 11), ("deadline", 13),
    ("questions_until", 12),
])  # fmt: skip
def test_what_cannot_be_written_stays_empty(missing, number):
    assert sections(facts(**{missing: ""}))[number] == ""


def test_no_lots_no_criteria_no_section():
    assert sections(facts(lots=()))[4] == ""
    assert sections(facts(criteria=()))[10] == ""
    assert sections(facts(lots=(Lot("Los 1"),)))[4] == ""


def test_facts_stand_in_the_text_and_nothing_is_taken_for_markup():
    texts = sections(facts(company="Wohnbau <Nord> & Süd"))
    assert "Wohnbau &lt;Nord&gt; &amp; Süd" in texts[1]
    assert "30.10.2026, 10:00 Uhr (MEZ)" in texts[11] and "IBV-2026-0001" in texts[11]
    assert "60 %" in texts[10] and "scheidet in diesem Los aus" in texts[10]
    assert "Satzung oder Gesellschaftsvertrag" in texts[8] and "Haftpflicht" not in texts[8]
    assert "2 Lose" in texts[4] and "als Ganzes" in sections(facts(lots=facts().lots[:1]))[4]


def test_criteria_of_one_lot_stand_with_it():
    special = (*facts().criteria, Criterion("Gruppenerfahrung", weight=0, lot="Los 2: Gruppen"))
    text = sections(facts(criteria=special))[10]
    assert text.index("Los 2: Gruppen") < text.index("Gruppenerfahrung")


def test_every_section_says_what_lawyers_look_at():
    assert set(REVIEW) == set(HEADINGS)
    assert all(hint.endswith(("?", ".")) for hint in REVIEW.values())


@pytest.mark.parametrize("text, found", [
    ("Ansprechperson: [Name eintragen]", ["[Name eintragen]"]),
    ("Frist: ____", ["____"]),
    ("Betrag: XX Euro", ["XX"]),
    ("Bitte ergänzen", ["Bitte ergänzen"]),
    ("{deadline}", ["{deadline}"]),
    ("TODO", ["TODO"]),
    ("Vergütung: ……", ["……"]),
    ("Punkte 0–5, § 30a BZRG (Auszug) … und mehr. Los XII", []),
])  # fmt: skip
def test_placeholders_are_found(text, found):
    assert leftovers(text) == found
