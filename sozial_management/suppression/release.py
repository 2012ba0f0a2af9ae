"""What was given to the public once, as the ledger keeps it: sets of facts, shown or hidden, without labels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .table import Fact, Table

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Release:
    """``atoms`` are the finest sets of facts; ``shown`` and ``hidden`` are sets of atoms (a cell is the union of them)."""

    atoms: tuple[tuple[Fact, ...], ...]
    shown: tuple[Shape, ...]
    hidden: tuple[Shape, ...]
    measure: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain lists and texts, to be stored; holds keys of facts, so it is as confidential as they are."""
        return {
            "measure": self.measure,
            "atoms": [[_to_list(fact) for fact in atom] for atom in self.atoms],
            "shown": [list(shape) for shape in self.shown],
            "hidden": [list(shape) for shape in self.hidden],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Release":
        atoms = tuple(
            tuple(Fact(key, (), person, amount, *house) for key, person, amount, *house in atom) for atom in stored["atoms"]
        )
        shown, hidden = (tuple(tuple(shape) for shape in stored[name]) for name in ("shown", "hidden"))
        return cls(atoms, shown, hidden, stored["measure"])

    def is_of_one_house(self) -> bool:
        """Tells of one organisation only: its own report, or a table that shows nothing but zeros."""
        houses = {fact.house for atom in self.atoms for fact in atom}
        return len(houses) == 1 and None not in houses


def _to_list(fact: Fact) -> list[Any]:
    """Without an organisation as it always was."""
    return [fact.key, fact.person, fact.amount, *([] if fact.house is None else [fact.house])]


def shapes_of(table: Table) -> tuple[tuple[tuple[Fact, ...], ...], dict[tuple[str, ...], Shape]]:
    """The atoms of a table and, for each cell that is not empty, the atoms it is made of.

    A total that repeats its only row gets the same shape: whoever decides by shape decides for both at once.
    """
    atoms = table.atoms()
    number_of = {fact.key: number for number, facts in enumerate(atoms.values()) for fact in facts}
    shapes = {key: tuple(sorted({number_of[fact] for fact in facts})) for key, facts in table.cells.items() if facts}
    return tuple(tuple(facts) for facts in atoms.values()), shapes
