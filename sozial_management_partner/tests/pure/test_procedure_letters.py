"""Letters say what an organisation must be told, and nothing that does not apply."""

from dataclasses import replace

from procedure.letters import Facts, Reason, agreement, german, write

BASE = Facts("IBV-2026-0001", "Quartierstreffs", "Los 1", "SWG", "Nachbarn helfen e. V.", "AB12", contact="Ada, 0123")
LOST = replace(
    BASE, winner="Caritas e. V.", points="60", winner_points="72", rank=2, ranked=3, award_day="03.12.2026", standstill=10,
    reasons=(Reason("Konzept", 60, "3", "4", ("Nennt keine Vertretung", "Nennt keine Vertretung")),),
)  # fmt: skip


def text(kind, facts):
    subject, paragraphs = write(kind, facts)
    return "\n".join([subject, *paragraphs])


def test_a_refusal_says_why_who_and_when():
    found = text("refusal", LOST)
    for words in ("60 von 100", "Rang 2 von 3", "Caritas e. V. Erreichte", "72 von 100", "frühestens am 03.12.2026", "Ada, 0123", "AB12"):
        assert words in found
    assert found.count("Nennt keine Vertretung.") == 1
    assert ".." not in found


def test_a_refusal_without_eligibility_names_the_proof_and_no_points():
    found = text("refusal", replace(LOST, unmet=(("Auszug", "fehlt"),), standstill=0))
    assert "– Auszug: fehlt" in found
    assert "Rang" not in found
    assert "frühestens" not in found
    assert "Mindestpunktzahl nicht bei: Team" in text("refusal", replace(LOST, below="Team"))


def test_the_other_letters():
    assert "über eine Zusammenarbeit sprechen" in text("award", replace(BASE, procedure="market"))
    assert "ausgewählt" in text("award", replace(BASE, winner_points="72"))
    assert "Der Grund: Mittel fehlen." in text("ended", replace(BASE, reason="Mittel  fehlen"))
    assert "aufgehoben" in text("cancelled", replace(BASE, reason="x"))
    assert "Umfang: 20 Stunden." in agreement("SWG", "Caritas", "1", "Treff", "Los 1", "Beratung", "20 Stunden", "AB12")


def test_numbers_are_german():
    assert [german(number) for number in (72, 71.5, 66.6667, 0)] == ["72", "71,5", "66,67", "0"]
