"""Tables of facts: dimensions with subtotals, cells, and which facts stand behind each of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

TOTAL = "∑"
FactKey = int | str
CellKey = tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """One counted thing.

    ``key`` is the same in every table that counts it; ``place`` its category on every dimension of the table; ``person`` whoever
    could be recognised by it (without: the fact itself); ``amount`` minutes or cents, never negative; ``house`` the organisation
    whose work it tells of, for figures that must not be those of one alone.
    """

    key: FactKey
    place: CellKey
    person: FactKey | None = None
    amount: int | None = None
    house: FactKey | None = None

    @property
    def who(self) -> tuple[str, FactKey]:
        return ("fact", self.key) if self.person is None else ("person", self.person)


@dataclass(frozen=True)
class Dimension:
    """Categories of one kind, each with the subtotal above it: ``{"2026-Q1": "2026", "2026": ""}``; "" is the total ``∑``."""

    name: str
    parents: Mapping[str, str]

    def __post_init__(self) -> None:
        for category in self.parents:
            if category in ("", TOTAL):
                raise ValueError(f"dimension {self.name}: {category!r} is kept for the total")
            self.path(category)

    @classmethod
    def flat(cls, name: str, categories: Iterable[str]) -> "Dimension":
        return cls(name, dict.fromkeys(categories, ""))

    def path(self, category: str) -> list[str]:
        """The category, its subtotals, the total.

        Raises ValueError for a category the dimension does not know, and for subtotals that run in a circle.
        """
        steps: list[str] = []
        while category:
            if category in steps:
                raise ValueError(f"dimension {self.name}: {category!r} is its own subtotal")
            if category not in self.parents:
                raise ValueError(f"dimension {self.name}: unknown category {category!r}")
            steps.append(category)
            category = self.parents[category]
        return [*steps, TOTAL]

    @property
    def labels(self) -> list[str]:
        return [*self.parents, TOTAL]


@dataclass(frozen=True)
class Table:
    """Facts by one to three dimensions, with all subtotals and totals; ``measure`` names the sums shown beside the counts."""

    dimensions: tuple[Dimension, ...]
    facts: tuple[Fact, ...]
    measure: str | None = None
    cells: Mapping[CellKey, frozenset[FactKey]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "dimensions", tuple(self.dimensions))
        object.__setattr__(self, "facts", tuple(self.facts))
        if len(self.dimensions) > 3:
            raise ValueError("dimensions: a table for publication has at most three")
        self._check()
        object.__setattr__(self, "cells", self._fill())

    def _check(self) -> None:
        seen = set()
        for fact in self.facts:
            if len(fact.place) != len(self.dimensions):
                raise ValueError(f"fact {fact.key}: needs one category for each of {len(self.dimensions)} dimensions")
            if fact.key in seen:
                raise ValueError(f"fact {fact.key}: counted twice in one table")
            if self.measure and (not isinstance(fact.amount, int) or fact.amount < 0):
                raise ValueError(f"fact {fact.key}: {self.measure} needs a whole number that is not negative")
            seen.add(fact.key)

    def _fill(self) -> dict[CellKey, frozenset[FactKey]]:
        filled: dict[CellKey, set[FactKey]] = {key: set() for key in self.places()}
        for place, facts in self.atoms().items():
            for key in product(*(dim.path(label) for dim, label in zip(self.dimensions, place, strict=True))):
                filled[key].update(fact.key for fact in facts)
        return {key: frozenset(facts) for key, facts in filled.items()}

    def places(self) -> Iterator[CellKey]:
        """Every cell, empty ones and totals included, in the order of the dimensions."""
        return product(*(dim.labels for dim in self.dimensions))

    def atoms(self) -> dict[CellKey, list[Fact]]:
        """Facts by their place, in an order that does not depend on that of the facts."""
        found: dict[CellKey, list[Fact]] = {}
        for fact in sorted(self.facts, key=lambda fact: (fact.place, str(fact.key))):
            found.setdefault(fact.place, []).append(fact)
        return found

    def without(self, index: int) -> "Table":
        """The same facts with one dimension less."""
        facts = [Fact(f.key, f.place[:index] + f.place[index + 1 :], f.person, f.amount, f.house) for f in self.facts]
        return Table(self.dimensions[:index] + self.dimensions[index + 1 :], tuple(facts), self.measure)

    def widest(self) -> int:
        """Which dimension has most categories; the later one of equals."""
        return max(range(len(self.dimensions)), key=lambda index: (len(self.dimensions[index].parents), index))
