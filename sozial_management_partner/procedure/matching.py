"""Which partner fits a need: sorted, with the reasons in a few words. Pure: no database.

Who has no agreement comes last, since nothing can be sent there, before it who has no places, whatever
else fits; then field of work, quarter, languages, free places, and at last the name, so that the order does not depend on chance.
"""

from dataclasses import dataclass

LIGHTS = ("green", "yellow", "grey", "red")


@dataclass(frozen=True)
class Wish:
    """What the person needs; what is empty decides nothing."""

    topics: frozenset = frozenset()
    quarter: int | None = None
    languages: frozenset = frozenset()


@dataclass(frozen=True)
class Candidate:
    """A partner: what it does itself and in its offers. No quarters: it works everywhere."""

    key: int
    name: str
    topics: frozenset = frozenset()
    quarters: frozenset = frozenset()
    languages: frozenset = frozenset()
    light: str = "grey"
    agreed: bool = True


def reasons(candidate, wish):
    """Why this one, in the order of their weight.

    :return: tuple of ``field``, ``quarter``, ``elsewhere``, ``language``, ``green``, ``yellow``, ``red``;
        only ``unagreed`` without a running agreement: places that were told in an earlier one are not offered any more
    """
    if not candidate.agreed:
        return ("unagreed",)
    found = []
    if wish.topics & candidate.topics:
        found.append("field")
    if wish.quarter and wish.quarter in candidate.quarters:
        found.append("quarter")
    elif wish.quarter and candidate.quarters:
        found.append("elsewhere")
    if wish.languages & candidate.languages:
        found.append("language")
    if candidate.light != "grey":
        found.append(candidate.light)
    return tuple(found)


def rank(candidates, wish):
    """The best first.

    :return: list of (candidate, reasons)
    """
    found = [(one, reasons(one, wish)) for one in candidates]

    def order(pair):
        one, why = pair
        place = 0 if "quarter" in why else 2 if "elsewhere" in why else 1
        languages = len(wish.languages & one.languages)
        return ("unagreed" in why, "red" in why, "field" not in why, place, -languages, LIGHTS.index(one.light), one.name.lower(), one.key)

    return sorted(found, key=order)
