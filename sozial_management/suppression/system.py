"""What an attacker can set up: the figures of all releases as sums over the sets that the releases tell apart.

Every cell of every release is a set of facts. Two facts that lie in the same cells everywhere cannot be told apart by any
arithmetic on the releases; the classes of such facts are the variables. So differences need no special case: what two
overlapping releases tell apart (all minus all without a quarter; June's count minus March's) IS a class or a union of classes.

Classes that no fact lies in are left out, as if the attacker knew them to be empty. That makes the attacker stronger than
the real one, never weaker.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from .policy import Policy
from .release import Shape
from .solver import Budget, Solver
from .table import Fact


@dataclass(frozen=True)
class Source:
    """A release, or the new table: sets of facts and the cells made of them."""

    atoms: Sequence[Sequence[Fact]]
    cells: Sequence[Shape]


class System:
    """The figures of some sources, either counts or sums, and the solver over them.

    ``variables[source][cell]`` is the solver's variable of that cell; equal sets share one.
    With ``houses``, sensitive is what tells of too few organisations, instead of too few persons.
    ``needs`` says of each class (or cell) that must not become known how far it has to be able to lie above the truth.
    """

    def __init__(self, sources: Sequence[Source], policy: Policy, budget: Budget, amounts: bool = False, houses: bool = False) -> None:
        self.amounts = amounts
        self.houses = houses
        self.policy = policy
        classes = self._classes(sources)
        self.members = list(classes.values())
        signatures = list(classes)
        sums: list[Shape] = []
        known: dict[Shape, int] = {(number,): number for number in range(len(signatures))}
        self.variables: list[list[int]] = []
        for index, source in enumerate(sources):
            of_atom: dict[int, list[int]] = {}
            for number, signature in enumerate(signatures):
                of_atom.setdefault(signature[index], []).append(number)
            self.variables.append([])
            for cell in source.cells:
                parts = tuple(sorted(number for atom in cell for number in of_atom.get(atom, ())))
                if parts not in known:
                    known[parts] = len(signatures) + len(sums)
                    sums.append(parts)
                self.variables[index].append(known[parts])
        self.parts = [*((number,) for number in range(len(signatures))), *sums]
        values = [sum(fact.amount or 0 for fact in facts) if amounts else len(facts) for facts in self.members]
        self.solver = Solver(values, sums, budget)
        self.needs = self._needs()
        self.witnesses: list[list[int]] = []

    def _classes(self, sources: Sequence[Source]) -> dict[tuple[int, ...], list[Fact]]:
        """Facts by the atom of each source they lie in; -1: in none. A corrected amount makes another fact of it."""
        where: dict[Hashable, list[int]] = {}
        facts: dict[Hashable, Fact] = {}
        for index, source in enumerate(sources):
            for number, atom in enumerate(source.atoms):
                for fact in atom:
                    key = (fact.key, fact.amount) if self.amounts else fact.key
                    where.setdefault(key, [-1] * len(sources))[index] = number
                    facts[key] = fact
        found: dict[tuple[int, ...], list[Fact]] = {}
        for key, signature in where.items():
            found.setdefault(tuple(signature), []).append(facts[key])
        return {signature: found[signature] for signature in sorted(found)}

    def is_sensitive(self, variable: int) -> bool:
        """Is the figure one the policy hides?"""
        if self.houses:
            found = {fact.house for part in self.parts[variable] for fact in self.members[part]}
            return None not in found and 0 < len(found) < self.policy.houses
        shares: dict[Hashable, int] = {}
        for part in self.parts[variable]:
            for fact in self.members[part]:
                shares[fact.who] = shares.get(fact.who, 0) + (fact.amount or 0)
        return self.policy.is_small(len(shares)) or (self.amounts and self.policy.is_dominated(list(shares.values())))

    def _needs(self) -> dict[int, int]:
        margin = self.policy.amount_margin if self.amounts else self.policy.count_margin
        truth = self.solver.truth
        return {variable: margin(number) for variable, number in enumerate(truth) if self.is_sensitive(variable)}

    def cost(self, variable: int) -> tuple[int, int]:
        """What hiding the figure loses: persons and facts behind it, then a fixed order."""
        return sum(len(self.members[part]) for part in self.parts[variable]), variable

    def open(self, variable: int) -> None:
        """The figure is hidden. The reader knows all the same that a hidden count is not zero, since zeros are shown."""
        self.solver.fixed[variable] = False
        self.solver.lower[variable] = 0 if self.amounts else 1

    def search(self, variable: int, goal: int, sign: int = 1, restart: bool = True) -> list[int] | None:
        """A table that agrees with everything shown, in which the figure has reached the goal (``sign`` -1: from above).

        Counts are whole numbers, so a point with halves proves nothing: first the corners at the goal and just beyond it are
        tried, then all halves are searched. Afterwards the solver stands where the goal, or a little more, was reached or missed.
        """
        if restart:
            self.solver.restart()
        for further in range(self.policy.threshold):
            if not self.solver.push(variable, goal + sign * further, sign):
                return None if not further else self._search_whole(variable, goal, sign)
            if self.amounts or self.solver.is_whole():
                return list(self.solver.values)
        return self._search_whole(variable, goal, sign)

    def _search_whole(self, variable: int, goal: int, sign: int) -> list[int] | None:
        if self.solver.push_whole(variable, goal, sign):
            return list(self.solver.values)
        self.solver.restart()
        self.solver.push(variable, goal + sign * (self.policy.threshold - 1), sign)
        return None
