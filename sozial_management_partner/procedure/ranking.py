"""From scores to an order that anybody can compute again.

Scores are 0 to 5 in steps of one half, weights of a lot add up to 100. A bid's total is the sum of
weight × score ÷ 5, so 100 at most. All arithmetic is exact (``Fraction``): two bids tie when they
are equal, not when a display rounds them alike.

Ties are broken by the published rule, a row of steps: keys of criteria (more points there win)
and last ``lot`` (drawn lot) or ``shared`` (they share the place). Never by the time of submission.

A drawn lot is the order of ``sha256(seed + newline + lot + newline + bid)``. The seed is drawn once
and stands in the protocol; with it, everybody gets the same order.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from .errors import ProcedureError

HIGHEST = 5
WHOLE = 100
DRAWN, SHARED = "lot", "shared"
Points = int | Fraction


class Criterion(NamedTuple):
    """An award criterion of a lot.

    :param weight: of 100
    :param minimum: lowest score (0 to 5) that is still considered
    """

    key: str
    weight: int
    minimum: Points = 0


class Bid(NamedTuple):
    """A bid and its final score per criterion."""

    key: str
    scores: Mapping[str, Points]


@dataclass(frozen=True)
class Place:
    """Where a bid stands.

    :param rank: 1 is best; None if it is below a minimum
    :param total: exact, of 100
    :param decided_by: ``points``; the key of the criterion, ``lot`` or ``shared`` if it was a tie
    :param below: criteria under their minimum; ``total`` is the whole
    """

    bid: str
    rank: int | None
    total: Fraction
    decided_by: str = "points"
    below: tuple[str, ...] = ()


def points(value: object) -> Fraction:
    """A score as an exact number.

    :raise ProcedureError: ``score_range`` outside 0 to 5, ``score_step`` between the halves
    """
    number = Fraction(str(value))
    if not 0 <= number <= HIGHEST:
        raise ProcedureError("score_range", score=str(value))
    if (number * 2).denominator != 1:
        raise ProcedureError("score_step", score=str(value))
    return number


def mean(values: Iterable[object]) -> Fraction:
    """The mean of several reviewers' scores, exact.

    :raise ProcedureError: ``score_missing`` for none at all
    """
    all_points = [points(value) for value in values]
    if not all_points:
        raise ProcedureError("score_missing")
    return sum(all_points, Fraction(0)) / len(all_points)


def check_criteria(criteria: Sequence[Criterion], tie_rule: Sequence[str]) -> None:
    """Whether a lot can be ranked by these criteria.

    :raise ProcedureError: ``weights_sum``, ``weight_negative``, ``minimum_range``, ``criterion_twice``,
        ``tie_unknown`` (a step that is no criterion of this lot), ``tie_open`` (the rule may end in a tie)
    """
    keys = [criterion.key for criterion in criteria]
    if len(set(keys)) != len(keys):
        raise ProcedureError("criterion_twice")
    for criterion in criteria:
        if criterion.weight <= 0:
            raise ProcedureError("weight_negative", criterion=criterion.key)
        if not 0 <= criterion.minimum <= HIGHEST:
            raise ProcedureError("minimum_range", criterion=criterion.key)
    total = sum(criterion.weight for criterion in criteria)
    if total != WHOLE:
        raise ProcedureError("weights_sum", total=total)
    if not tie_rule or tie_rule[-1] not in (DRAWN, SHARED):
        raise ProcedureError("tie_open")
    for step in tie_rule[:-1]:
        if step not in keys:
            raise ProcedureError("tie_unknown", step=step)


def total(criteria: Sequence[Criterion], scores: Mapping[str, Points]) -> Fraction:
    """The points of a bid, exact, 0 to 100.

    :raise ProcedureError: ``score_missing``, ``score_range``
    """
    result = Fraction(0)
    for criterion in criteria:
        if criterion.key not in scores:
            raise ProcedureError("score_missing", criterion=criterion.key)
        score = Fraction(scores[criterion.key])
        if not 0 <= score <= HIGHEST:
            raise ProcedureError("score_range", score=str(score))
        result += criterion.weight * score / HIGHEST
    return result


def draw(seed: str, lot: str, bid: str) -> str:
    """The ticket of a bid in a drawn lot: the lowest wins.

    ``printf 'SEED\\nLOT\\nBID' | sha256sum`` gives the same.
    """
    return hashlib.sha256(f"{seed}\n{lot}\n{bid}".encode()).hexdigest()


def rank(
    criteria: Sequence[Criterion],
    bids: Sequence[Bid],
    tie_rule: Sequence[str],
    *,
    lot: str = "",
    seed: str = "",
    minimum_total: Points = 0,
) -> list[Place]:
    """The order of the bids of a lot, those below a minimum at the end without a rank.

    :param lot: name of the lot in the draw
    :param seed: needed as soon as a tie reaches the drawn lot
    :param minimum_total: points of 100 under which a bid is not considered
    :raise ProcedureError: see `check_criteria` and `total`; ``seed_missing``; ``bid_twice``
    """
    check_criteria(criteria, tie_rule)
    if len({bid.key for bid in bids}) != len(bids):
        raise ProcedureError("bid_twice")
    totals = {bid.key: total(criteria, bid.scores) for bid in bids}
    below = {bid.key: _below(criteria, bid, totals[bid.key], minimum_total) for bid in bids}
    good = sorted((bid for bid in bids if not below[bid.key]), key=lambda bid: -totals[bid.key])
    places: list[Place] = []
    for _points, group in groupby(good, key=lambda bid: totals[bid.key]):
        tied = sorted(group, key=lambda bid: bid.key)  # whoever calls in whatever order gets the same
        start = len(places) + 1
        places += [
            Place(bid.key, start + offset, totals[bid.key], decided_by)
            for offset, bid, decided_by in _break(tied, tie_rule, lot, seed)
        ]
    rest = sorted((bid for bid in bids if below[bid.key]), key=lambda bid: (-totals[bid.key], bid.key))
    return places + [Place(bid.key, None, totals[bid.key], below=below[bid.key]) for bid in rest]


def needs_draw(criteria: Sequence[Criterion], bids: Sequence[Bid], tie_rule: Sequence[str], minimum_total: Points = 0) -> bool:
    """Whether this order cannot be had without a drawn lot."""
    try:
        rank(criteria, bids, tie_rule, minimum_total=minimum_total)
    except ProcedureError as error:
        if error.code == "seed_missing":
            return True
        raise
    return False


def _below(criteria: Sequence[Criterion], bid: Bid, whole: Fraction, minimum_total: Points) -> tuple[str, ...]:
    under = tuple(criterion.key for criterion in criteria if Fraction(bid.scores[criterion.key]) < criterion.minimum)
    return (*under, "total") if whole < minimum_total else under


def _break(tied: list[Bid], steps: Sequence[str], lot: str, seed: str, decided_by: str = "points") -> list[tuple[int, Bid, str]]:
    """Bids of one tie with their offset from its first place, by the steps of the rule."""
    if len(tied) == 1:
        return [(0, tied[0], decided_by)]
    step, rest = steps[0], steps[1:]
    if step == SHARED:
        return [(0, bid, SHARED) for bid in tied]
    if step == DRAWN:
        if not seed:
            raise ProcedureError("seed_missing")
        order = sorted(tied, key=lambda bid: draw(seed, lot, bid.key))
        return [(offset, bid, DRAWN) for offset, bid in enumerate(order)]
    ordered = sorted(tied, key=lambda bid: (-Fraction(bid.scores[step]), bid.key))
    groups = [list(group) for _score, group in groupby(ordered, key=lambda bid: Fraction(bid.scores[step]))]
    if len(groups) == 1:  # this criterion tells nothing apart
        return _break(tied, rest, lot, seed, decided_by)
    result: list[tuple[int, Bid, str]] = []
    for group in groups:
        start = len(result)
        result += [(start + offset, bid, reason) for offset, bid, reason in _break(group, rest, lot, seed, step)]
    return result
