"""The rule by which offers are proposed, small enough to be explained to a tenant.

An offer **fits** when nothing speaks against it and something speaks for it:

* it is held in the quarter asked for, or everywhere;
* topics asked for: at least one of them is the offer's;
* no topics but target groups asked for: at least one of them is the offer's, or the offer
  is for everybody.

Among those that fit, more reasons come first. A topic weighs more than everything else
together that one offer usually matches, because the trouble is why somebody asks:
topic 10, target group 4, spoken language 2, held in just this quarter 1. Languages never
exclude: an interpreter can be found, a missing offer cannot.
"""
from dataclasses import dataclass, field

TOPIC, TARGET_GROUP, LANGUAGE, QUARTER = 10, 4, 2, 1


@dataclass(frozen=True)
class Situation:
    """What is known about the person who asks; every part may be empty."""

    topics: frozenset = frozenset()
    target_groups: frozenset = frozenset()
    languages: frozenset = frozenset()
    quarter: object = None


@dataclass(frozen=True)
class Offering:
    """An offer as the rule sees it. Empty quarters: everywhere; empty groups: everybody."""

    key: object
    topics: frozenset = frozenset()
    target_groups: frozenset = frozenset()
    languages: frozenset = frozenset()
    quarters: frozenset = frozenset()


@dataclass(frozen=True)
class Fit:
    """An offer that fits, its score, and what it shares with the situation."""

    key: object
    score: int
    topics: frozenset = field(default=frozenset())
    target_groups: frozenset = field(default=frozenset())
    languages: frozenset = field(default=frozenset())
    quarter: bool = False


def fit(offering, situation):
    """The :class:`Fit` of one offer, or None when it does not fit."""
    if situation.quarter and offering.quarters and situation.quarter not in offering.quarters:
        return None
    topics = offering.topics & situation.topics
    groups = offering.target_groups & situation.target_groups
    if situation.topics:
        if not topics:
            return None
    elif situation.target_groups and offering.target_groups and not groups:
        return None
    languages = offering.languages & situation.languages
    quarter = bool(situation.quarter) and situation.quarter in offering.quarters
    score = TOPIC * len(topics) + TARGET_GROUP * len(groups) + LANGUAGE * len(languages) + QUARTER * quarter
    return Fit(offering.key, score, topics, groups, languages, quarter)


def rank(offerings, situation, limit=None):
    """The offers that fit, best first; equal ones keep the order they came in.

    :param limit: how many at most; None for all
    :raise ValueError: if ``limit`` is negative
    """
    if limit is not None and limit < 0:
        raise ValueError(f"limit must not be negative, got {limit}")
    fits = [found for found in (fit(offering, situation) for offering in offerings) if found]
    fits.sort(key=lambda found: -found.score)
    return fits if limit is None else fits[:limit]
