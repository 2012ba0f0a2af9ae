"""Whether two entries are about the same person: names, day of birth, dwelling.

People are entered more than once: »Müller« and »Mueller«, »Schulze-Berg« and »Schulze«, two letters
changed places, first and last name swapped. Each part of one name looks for the part of the other
that is most like it, by the share of three-letter pieces both have. Numbers are between 0 and 1.
"""
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

LIKELY, PERHAPS = 0.75, 0.5
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "ł": "l", "ı": "i"})
# said of a person, no part of the name
TITLES = frozenset({"dr", "prof", "herr", "frau", "dipl", "ing", "med", "von", "van", "der", "zu", "de", "el", "al"})


@dataclass(frozen=True)
class Person:
    """What is known of somebody; every part may be empty."""

    name: str = ""
    birth: date | None = None
    dwellings: frozenset = frozenset()


@dataclass(frozen=True)
class Likeness:
    """How alike two entries are, and what speaks for it: `name`, `birth`, `dwelling`."""

    score: float
    reasons: tuple


def parts(name):
    """Parts of a name to compare by: small letters, umlauts spelled out, other accents gone, no titles."""
    text = unicodedata.normalize("NFC", name or "").lower().translate(SPELLED_OUT)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    found = [part for part in re.split(r"[^0-9a-zа-яёіїєґء-ي]+", plain) if len(part) > 1]
    return [part for part in found if part not in TITLES] or found


def pieces(word):
    """The three-letter pieces of a word, with its beginning and its end."""
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _swapped(one, other):
    """Whether two neighbouring letters changed places, the most common slip of the fingers."""
    if len(one) != len(other):
        return False
    differ = [at for at in range(len(one)) if one[at] != other[at]]
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and (one[differ[0]], one[differ[1]]) == (other[differ[1]], other[differ[0]])
    )


def _one_letter(one, other):
    """Whether one letter is wrong, missing or too much, in a word long enough to tell."""
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    return rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]


def word_likeness(one, other):
    """How alike two parts of names are."""
    if one == other:
        return 1.0
    if _swapped(one, other) or _one_letter(one, other):
        return 0.85
    mine, theirs = pieces(one), pieces(other)
    return len(mine & theirs) / len(mine | theirs)


def name_likeness(one, other):
    """How alike two names are, whatever the order of their parts.

    The shorter name decides: of a double name one half is enough. A single part in common
    (the family name alone) is worth half.
    """
    mine, theirs = sorted((parts(one), parts(other)), key=len)
    if not mine:
        return 0.0
    pairs = sorted(
        ((word_likeness(part, candidate), at, to) for at, part in enumerate(mine) for to, candidate in enumerate(theirs)),
        reverse=True,
    )
    found, taken, given = [], set(), set()
    for likeness, at, to in pairs:
        if at not in taken and to not in given:
            found.append(likeness)
            taken.add(at)
            given.add(to)
    return sum(found) / max(len(mine), 2)


def compare(one, other):
    """How alike two persons are; None if nothing speaks for their being the same.

    Two days of birth that differ speak against it, unless the name is the same: a day is typed
    wrongly too.
    """
    name = name_likeness(one.name, other.name)
    same_birth = bool(one.birth and one.birth == other.birth)
    other_birth = bool(one.birth and other.birth and one.birth != other.birth)
    same_home = bool(one.dwellings & other.dwellings)
    score = name + 0.3 * same_birth + 0.15 * same_home - 0.3 * other_birth
    if name < PERHAPS - 0.2 * same_birth or score < PERHAPS:
        return None
    reasons = [
        reason
        for reason, holds in (("name", name >= PERHAPS), ("birth", same_birth), ("dwelling", same_home))
        if holds
    ]
    return Likeness(round(min(score, 1.0), 2), tuple(reasons)) if score >= LIKELY or same_birth or same_home else None
