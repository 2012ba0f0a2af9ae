"""From a table to what may be given away: the way in for reports and exports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .policy import Policy
from .protect import Protection, UnprotectableError
from .release import Release, Shape, shapes_of
from .solver import Budget, OutOfWorkError
from .system import Source, System
from .table import TOTAL, CellKey, Fact, Table

HIDDEN = "·"
Atoms = tuple[tuple[Fact, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A shown cell: how many facts, and the sum of the measure if the table has one."""

    count: int
    amount: int | None = None


@dataclass(frozen=True)
class Published:
    """A table as it may leave the house.

    ``figures`` has every cell of the table; None is hidden, and nothing tells why. ``dropped`` names dimensions whose
    categories are hidden altogether, because the table was too large or could not be protected with them; ``withheld``: all is.
    ``release`` goes to the ledger and is as confidential as the facts.
    """

    table: Table
    figures: Mapping[CellKey, Figure | None]
    release: Release
    dropped: tuple[str, ...] = ()
    withheld: bool = False

    def text(self, *key: str) -> str:
        """The count, or the one mark for whatever is hidden."""
        figure = self.figures[key]
        return HIDDEN if figure is None else str(figure.count)

    def rows(self) -> Iterator[tuple[str | int, ...]]:
        """Labels, count and, where there is a measure, the sum; hidden ones as mark. In the order of the dimensions."""
        for key, figure in self.figures.items():
            shown: list[str | int] = [HIDDEN] if figure is None else [figure.count]
            if self.table.measure:
                shown.append(HIDDEN if figure is None or figure.amount is None else figure.amount)
            yield (*key, *shown)


def suppress(table: Table, threshold: int = 5, earlier: Sequence[Release] = (), policy: Policy | None = None) -> Published:
    """Hide the small figures of a table and whatever gives them away, together with all ``earlier`` releases.

    ``earlier`` holds the releases of every table that may count the same facts, in the order in which they were given away;
    those that share none are ignored. Where no protection is found, the dimension with most categories is dropped, at last all.
    """
    policy = policy or Policy(threshold)
    coarse, kept = table, list(range(len(table.dimensions)))
    while True:
        atoms, shapes = shapes_of(coarse)
        try:
            hidden = _decide(coarse, atoms, shapes, _connected(earlier, coarse), policy)
        except (UnprotectableError, OutOfWorkError):
            if not kept:
                return Published(table, dict.fromkeys(table.places()), Release((), (), (), table.measure), _names(table, kept), True)
            widest = coarse.widest()
            coarse = coarse.without(widest)
            del kept[widest]
            continue
        return _publish(table, coarse, kept, hidden)


def _names(table: Table, kept: Sequence[int]) -> tuple[str, ...]:
    return tuple(dim.name for index, dim in enumerate(table.dimensions) if index not in kept)


def _connected(earlier: Sequence[Release], table: Table) -> list[Release]:
    """The releases that count facts of the table, or facts of a release that does, and so on."""
    reached = {fact.key for fact in table.facts}
    keys = [{fact.key for atom in release.atoms for fact in atom} for release in earlier]
    found: set[int] = set()
    while more := {index for index, mine in enumerate(keys) if index not in found and mine & reached}:
        found |= more
        reached.update(*(keys[index] for index in more))
    return [earlier[index] for index in sorted(found)]


def _decide(table: Table, atoms: Atoms, shapes: Mapping[CellKey, Shape], earlier: Sequence[Release], policy: Policy) -> set[Shape]:
    """The shapes to hide."""
    cells = sorted(set(shapes.values()))
    if not cells:
        return set()
    budget = Budget(policy.max_work)
    systems, shown, hidden = [], [], []
    kinds = [(False, False), *([(True, False)] if table.measure else []), *([(False, True)] if policy.houses > 1 else [])]
    for amounts, houses in kinds:
        chosen = [
            release for release in earlier
            if (not amounts or release.measure == table.measure) and not (houses and release.is_of_one_house())
        ]  # fmt: skip
        sources = [Source(release.atoms, release.shown + release.hidden) for release in chosen]
        system = System([*sources, Source(atoms, cells)], policy, budget, amounts, houses)
        if len(system.parts) > policy.max_cells:
            raise OutOfWorkError
        split = [(system.variables[index], len(release.shown)) for index, release in enumerate(chosen)]
        shown.append({variable for variables, border in split for variable in variables[:border]})
        hidden.append({variable for variables, border in split for variable in variables[border:]})
        systems.append(system)
    return {cells[cell] for cell in Protection(systems, policy, shown, hidden).run()}


def _publish(table: Table, coarse: Table, kept: Sequence[int], hidden: set[Shape]) -> Published:
    """The figures of the whole table; the release knows only the coarse one, which is all that a reader gets."""
    atoms, shapes = shapes_of(coarse)
    amounts = {fact.key: fact.amount or 0 for fact in table.facts}
    figures: dict[CellKey, Figure | None] = {}
    for key in table.places():
        place = tuple(key[index] for index in kept)
        gone = any(label != TOTAL for index, label in enumerate(key) if index not in kept)
        if gone or shapes.get(place) in hidden:
            figures[key] = None
        else:
            facts = coarse.cells[place]
            figures[key] = Figure(len(facts), sum(amounts[fact] for fact in facts) if table.measure else None)
    every = sorted(set(shapes.values()))
    release = Release(atoms, tuple(s for s in every if s not in hidden), tuple(s for s in every if s in hidden), table.measure)
    return Published(table, figures, release, _names(table, kept))
