"""Paragraphs and whom they may be about."""

from redaction import about_others, digest, paragraphs


def test_every_line_that_says_something_is_a_paragraph():
    assert paragraphs(" eins \n\n\tzwei\r\n drei\n ") == ["eins", "zwei", "drei"]
    assert paragraphs("") == paragraphs(None) == paragraphs(" \n ") == []


def test_the_check_sum_knows_place_and_words():
    first = digest("sozial.contact,1,text", "Miete gezahlt.")
    assert first == digest("sozial.contact,1,text", "Miete gezahlt.")
    assert first != digest("sozial.contact,1,text", "Miete gezahlt!")
    assert first != digest("sozial.contact,2,text", "Miete gezahlt.")
    assert "Miete" not in first


CLIENT = "Ayşe Kaya"


def test_the_client_alone_is_nobody_else():
    for text in (
        "Frau Kaya zahlt 600 Euro auf den Rückstand.",
        "Telefonat mit Frau Kaya, Ayşe Kayas Unterlagen sind vollständig.",
        "Wohngeld und Kinderzuschlag sind beantragt.",
        "Termin vereinbart.",
    ):
        assert about_others(text, CLIENT) == [], text


def test_relatives_neighbours_and_professionals_make_unsure():
    for text, word in (
        ("Der Ehemann trinkt wieder.", "Ehemann"),
        ("Ihr Mann war dabei.", "Mann"),
        ("Die Nachbarin klagt.", "Nachbarin"),
        ("Das Kind war krank.", "Kind"),
        ("Beide Eheleute anwesend.", "Beide"),
        ("DER HAUSMEISTER kam.", "HAUSMEISTER"),
    ):
        assert word in about_others(text, CLIENT), text


def test_who_is_addressed_by_another_name_makes_unsure():
    assert about_others("Frau Schulze hat angerufen.", CLIENT) == ["Schulze"]
    assert about_others("Gespräch mit Herrn Dr. Öztürk.", CLIENT) == ["Öztürk"]
    assert about_others("Familie Weber war da.", CLIENT) == ["Familie", "Weber"]


def test_names_of_others_in_the_case_are_found_in_every_form():
    others = ["Mehmet Kaya", "Dr. Eva von Berg-Lang"]
    assert about_others("Mehmet kommt später.", CLIENT, others) == ["Mehmet"]
    assert about_others("Mehmets Lohn ist da.", CLIENT, others) == ["Mehmets"]
    assert about_others("Lang hat geschrieben.", CLIENT, others) == ["Lang"]
    assert about_others("Herr Berg ruft an.", CLIENT, others) == ["Berg"]


def test_a_shared_surname_is_unsure_for_nobody_can_tell_whom_it_means():
    assert about_others("Frau Kaya war da.", CLIENT, ["Mehmet Kaya"]) == ["Kaya"]


def test_particles_and_titles_of_a_name_name_nobody():
    assert about_others("Von der Miete und den Kosten.", CLIENT, ["Frau Dr. Eva von der Berg"]) == []
