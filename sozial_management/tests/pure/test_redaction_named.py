"""An anonymous text names nobody: short names, particles, everyday words, streets."""

import pytest
from redaction import named_in


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Wei Li", "Frau Li hat Angst.", ["Li"]),
        ("Van Ng", "NG zahlt nicht.", ["NG"]),
        ("An Do", "Was kann ich an ihr tun, do ut des?", []),
        ("Emre Öztürk", "oeztuerk war da, Emres Lohn auch.", ["Emres", "oeztuerk"]),
        ("Jürgen Weiß", "Herr Weiss weiß nicht weiter.", ["Weiss"]),
        ("Eva Klein", "Die Wohnung ist klein.", []),
        ("Eva Klein", "Frau Klein friert.", ["Klein"]),
        ("Eva Sorgenfrei", "frau sorgenfrei zahlt nicht", ["sorgenfrei"]),
        ("Eva Schulze-Berg", "Schulze kam, die Schulze-Bergs nicht.", ["Bergs", "Schulze"]),
        ("Frau Dr. Eva von der Heide", "Die Frau von der Miete, der Dr. und Von der Post.", []),
        ("Eva von der Heide", "Die Heide blüht.", ["Heide"]),
        ("Maria de la Cruz", "Er lebt de facto von la vie.", []),
        ("sorgenfrei", "Frau Sorgenfrei", ["Sorgenfrei"]),
        ("Иван Петров", "Петров ist krank.", ["Петров"]),
        ("", "Nichts", []),
        (None, "Nichts", []),
    ],
)
def test_names(name, text, found):
    assert named_in(text, [name]) == found


def test_several_people():
    assert named_in("Ben und Ida streiten.", ["Ida Kaya", "Ben Kaya"]) == ["Ben", "Ida"]
    assert named_in("Niemand.", []) == []


@pytest.mark.parametrize("text", ["In der Stolberger Str. 5.", "STOLBERGER STRASSE", "stolberger straße 7"])
def test_a_street_in_every_spelling(text):
    assert named_in(text, [], ["Stolberger Straße"]) == ["Stolberger Straße"]


def test_numbers_are_found_word_for_word():
    assert named_in("Was tun in sm-2026-00012?", [], ["SM-2026-00012"]) == ["SM-2026-00012"]
    assert named_in("Was tun in SM-2026-000123?", [], ["SM-2026-00012"]) == []
    assert named_in("Die Nebenstolberger Straße", [], ["Stolberger Straße"]) == []
