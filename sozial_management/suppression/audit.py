"""A second look at what was given away: does it keep the promise of the package?

The decision builds its witnesses while it hides; the audit knows only the releases and asks for each sensitive set again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .policy import Policy
from .release import Release
from .solver import Budget
from .system import Source, System
from .table import FactKey


@dataclass(frozen=True)
class Exposure:
    """Facts whose figure a reader of the releases can compute (``exact``) or bound too well."""

    facts: frozenset[FactKey]
    exact: bool
    measure: str | None = None


def audit(releases: Sequence[Release], policy: Policy | None = None) -> list[Exposure]:
    """Every exposure of the releases taken together; an empty list is what one wants.

    Looked at: every set of facts the releases tell apart, and every hidden cell. Raises OutOfWorkError for too much at once.
    """
    policy = policy or Policy()
    found = _look(releases, policy, None)
    if policy.houses > 1:
        found += _look([release for release in releases if not release.is_of_one_house()], policy, None, houses=True)
    for measure in sorted({release.measure for release in releases if release.measure}):
        found += _look([release for release in releases if release.measure == measure], policy, measure)
    return found


def _look(releases: Sequence[Release], policy: Policy, measure: str | None, houses: bool = False) -> list[Exposure]:
    sources = [Source(release.atoms, release.shown + release.hidden) for release in releases]
    system = System(sources, policy, Budget(policy.max_work), measure is not None, houses)
    shown, hidden = set(), set()
    for release, variables in zip(releases, system.variables, strict=True):
        shown.update(variables[: len(release.shown)])
        hidden.update(variables[len(release.shown) :])
    hidden -= shown
    for variable in shown:
        system.solver.fixed[variable] = True
    for variable in hidden:
        system.open(variable)
    exposures = []
    for variable in sorted({*system.needs, *hidden}, key=lambda variable: (-system.needs.get(variable, 0), variable)):
        truth = system.solver.truth[variable]
        if not _can_be(system, variable, truth + max(1, system.needs.get(variable, 0))):
            exact = not (_can_be(system, variable, truth + 1) or _can_be(system, variable, truth - 1, -1))
            if exact or variable in system.needs:
                exposures.append(_exposure(system, variable, exact, measure))
    return exposures


def _can_be(system: System, variable: int, goal: int, sign: int = 1) -> bool:
    """Is there a table in which the figure reaches the goal? Tables found for others are tried first."""
    if any(sign * (table[variable] - goal) >= 0 for table in system.witnesses):
        return True
    if found := system.search(variable, goal, sign):
        system.witnesses.append(found)
    return bool(found)


def _exposure(system: System, variable: int, exact: bool, measure: str | None) -> Exposure:
    facts = frozenset(fact.key for part in system.parts[variable] for fact in system.members[part])
    return Exposure(facts, exact, measure)
