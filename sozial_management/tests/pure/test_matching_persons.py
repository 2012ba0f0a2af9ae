"""The rule of `matching.persons`, without a database."""
from datetime import date

import pytest
from matching import Person, compare, name_likeness, parts

BIRTH = date(1961, 4, 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jürgen Müller", "Juergen Mueller"),
        ("Jürgen Müller", "MÜLLER, Jürgen"),
        ("Anna Weiß", "Anna Weiss"),
        ("Anna Schulze-Berg", "Anna Schulze"),
        ("Anna Schulze-Berg", "Anna Berg"),
        ("Erika Sorgenfrei", "Erika Sorgenfrie"),  # two letters changed places
        ("Erika Sorgenfrei", "Erica Sorgenfrei"),  # one letter
        ("Erika Sorgenfrei", "Erika Sorgenfre"),  # one is missing
        ("Łukasz Nowak", "Lukasz Nowak"),
        ("José Peña", "Jose Pena"),
        ("Dr. Hans Meyer", "Hans Meyer"),
        ("Андрій Петренко", "Петренко Андрій"),
    ],
)
def test_the_same_person_written_otherwise_is_found(one, other):
    found = compare(Person(one), Person(other))
    assert found and found.score >= 0.75
    assert compare(Person(other), Person(one)) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jürgen Müller", "Sabine Müller"),  # a family name is no person
        ("Erika Sorgenfrei", "Hans Meyer"),
        ("Anna Berg", "Ann-Kathrin Bergmann"),
        ("", "Hans Meyer"),
    ],
)
def test_others_are_left_alone(one, other):
    assert compare(Person(one), Person(other)) is None


def test_a_family_name_counts_with_the_same_birthday():
    found = compare(Person("Maria Kowalski", BIRTH), Person("Maria Petersen", BIRTH))
    assert found.reasons == ("name", "birth")
    assert compare(Person("Maria Kowalski", BIRTH), Person("Maria Petersen", date(1990, 1, 1))) is None


def test_a_wrong_birthday_does_not_hide_the_same_name():
    """Without another reason it is somebody else; in the same dwelling the day was typed wrongly."""
    one, other = Person("Erika Sorgenfrei", BIRTH, frozenset({7})), Person("Erika Sorgenfrei", date(1961, 3, 4), frozenset({7}))
    assert compare(one, other).reasons == ("name", "dwelling")
    assert compare(Person("Erika Sorgenfrei", BIRTH), Person("Erika Sorgenfrei", date(1999, 1, 1))) is None


def test_a_neighbour_in_the_same_dwelling_is_somebody_else():
    home = frozenset({7})
    assert compare(Person("Erika Sorgenfrei", None, home), Person("Tarek Haddad", None, home)) is None


def test_parts_leave_out_what_is_no_name():
    assert parts("Frau Dr. Änne von der Heyde") == ["aenne", "heyde"]
    assert parts("Von") == ["von"]
    assert parts(None) == []
    assert name_likeness("", "") == 0.0
