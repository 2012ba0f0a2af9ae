"""Which cells to hide besides the small ones.

Sequential protection of one target after the other, as in the network-flow and LP methods of the U.S. Census Bureau (Kelly, Golden
and Assad 1992; Massell 2001) and of sdcTable's attacker problems (Meindl), with one difference: what counts is never
the bound of a relaxation but a witness, a whole-numbered table that agrees with everything shown and in which the target lies
far enough above the truth. Where the search for one is stuck, the cheapest of the figures that hold the target is hidden. At the
end every figure is shown again that no witness needs.
"""

from collections.abc import Iterable, Sequence

from .policy import Policy
from .solver import OutOfWorkError
from .system import System

ENOUGH_FOR_SMALL = 2_000_000  # steps, about a second


class UnprotectableError(Exception):
    """Even with every new figure hidden a small one could be bounded too well."""


class Protection:
    """Decides about the cells of the last source of all ``systems``.

    ``places``: per system, the variable of each new cell; ``shown`` and ``hidden`` per system: variables of earlier releases.
    """

    def __init__(self, systems: Sequence[System], policy: Policy, shown: Sequence[set[int]], hidden: Sequence[set[int]]) -> None:
        self.systems = systems
        self.policy = policy
        self.places = [system.variables[-1] for system in systems]
        self.cell_of = [{variable: cell for cell, variable in enumerate(places)} for places in self.places]
        self.shown = shown
        self.earlier_hidden = [mine - taken for mine, taken in zip(hidden, shown, strict=True)]
        cells = range(len(self.places[0]))
        self.must_hide = {cell for cell in cells if self._must_hide(cell)}
        self.hidden: set[int] = set()
        for index, system in enumerate(systems):
            for variable in {*self.places[index], *shown[index]}:
                system.solver.fixed[variable] = True
            for variable in self.earlier_hidden[index]:
                system.open(variable)
        for cell in sorted(self.must_hide):
            self._hide(cell)

    def _must_hide(self, cell: int) -> bool:
        """Small or dominated, or hidden in an earlier release: a figure once hidden stays hidden."""
        return any(
            system.is_sensitive(places[cell]) or places[cell] in before
            for system, places, before in zip(self.systems, self.places, self.earlier_hidden, strict=True)
        )

    def run(self) -> set[int]:
        """The cells to hide. Raises UnprotectableError and OutOfWorkError."""
        self._secure_needs()
        self._drop_superfluous_witnesses()
        self._show_unneeded()
        self._shrink()
        self._secure_hidden()
        return self.hidden

    # -- hiding and showing ------------------------------------------------------------------------------------

    def _hide(self, cell: int) -> None:
        self.hidden.add(cell)
        for index, system in enumerate(self.systems):
            if self.places[index][cell] not in self.shown[index]:
                system.open(self.places[index][cell])

    def _show(self, cell: int) -> None:
        self.hidden.discard(cell)
        for system, places in zip(self.systems, self.places, strict=True):
            system.solver.fixed[places[cell]] = True
            system.solver.restart()

    def _secondary(self) -> list[int]:
        """The cells hidden for others' sake, the dearest first."""
        return sorted(self.hidden - self.must_hide, key=lambda cell: self.systems[0].cost(self.places[0][cell]), reverse=True)

    # -- witnesses ---------------------------------------------------------------------------------------------

    def _secure_needs(self) -> None:
        for index, system in enumerate(self.systems):
            for variable in sorted(system.needs, key=lambda variable: (-system.needs[variable], variable)):
                self._secure(index, variable, system.solver.truth[variable] + system.needs[variable])

    def _secure_hidden(self) -> None:
        """No hidden figure may have one possible value only; hiding more for it adds more hidden figures, hence the loop."""
        done = False
        while not done:
            before = len(self.hidden)
            for index in range(len(self.systems)):
                cells = {self.places[index][cell] for cell in self.hidden} - self.shown[index]
                for variable in sorted(cells | self.earlier_hidden[index]):
                    self._secure_open(index, variable)
            done = len(self.hidden) == before

    def _secure_open(self, index: int, variable: int) -> None:
        system = self.systems[index]
        truth = system.solver.truth[variable]
        if any(witness[variable] != truth for witness in system.witnesses):
            return
        witness = system.search(variable, truth + 1) or system.search(variable, truth - 1, -1)
        if witness:
            system.witnesses.append(witness)
        else:
            self._secure(index, variable, truth + 1)

    def _secure(self, index: int, variable: int, goal: int) -> None:
        """Find a witness for the target, hiding figures as long as there is none."""
        system = self.systems[index]
        if any(witness[variable] >= goal for witness in system.witnesses):
            return
        witness = system.search(variable, goal)
        while not witness:
            self._hide(self._cheapest_blocker(index, variable))
            witness = system.search(variable, goal, restart=False) or system.search(variable, goal)
        system.witnesses.append(witness)

    def _cheapest_blocker(self, index: int, variable: int) -> int:
        system = self.systems[index]
        found = [number for number in system.solver.blockers(variable) if number not in self.shown[index]]
        if not found:
            raise UnprotectableError
        return self.cell_of[index][min(found, key=system.cost)]

    # -- showing again what no witness needs ---------------------------------------------------------------------

    def _moves(self, index: int, witness: Sequence[int]) -> set[int]:
        """The new cells in which a witness differs from the truth."""
        truth = self.systems[index].solver.truth
        return {cell for cell, variable in enumerate(self.places[index]) if witness[variable] != truth[variable]}

    def _covers(self, index: int, witnesses: Sequence[Sequence[int]]) -> bool:
        system = self.systems[index]
        truth = system.solver.truth
        return all(any(witness[v] >= truth[v] + need for witness in witnesses) for v, need in system.needs.items())

    def _drop_superfluous_witnesses(self) -> None:
        for index, system in enumerate(self.systems):
            by_cost = sorted(system.witnesses, key=lambda witness: -self._cost(self._moves(index, witness)))
            for witness in by_cost:
                rest = [other for other in system.witnesses if other is not witness]
                if self._covers(index, rest):
                    system.witnesses = rest

    def _cost(self, cells: Iterable[int]) -> int:
        return sum(self.systems[0].cost(self.places[0][cell])[0] for cell in cells)

    def _show_unneeded(self) -> None:
        needed = {cell for index, s in enumerate(self.systems) for witness in s.witnesses for cell in self._moves(index, witness)}
        for cell in self._secondary():
            if cell not in needed:
                self._show(cell)

    def _shrink(self) -> None:
        """Try for each secondary cell, the dearest first, whether the others can do without it.

        In a large table it may take as many steps as all before; if they do not suffice, the result is as safe, only not
        with the fewest cells.
        """
        budget = self.systems[0].solver.budget
        limit = budget.limit
        budget.limit = min(limit, max(2 * budget.spent, ENOUGH_FOR_SMALL))
        for cell in self._secondary():
            if cell in self.hidden and not self._try_to_show(cell):
                self._hide(cell)
        budget.limit = limit

    def _try_to_show(self, cell: int) -> bool:
        before = [system.witnesses for system in self.systems]
        self._show(cell)
        try:
            renewed = all(self._renew(index, cell) for index in range(len(self.systems)))
        except OutOfWorkError:
            renewed = False
        if renewed:
            self._show_unneeded()
        else:
            for system, witnesses in zip(self.systems, before, strict=True):
                system.witnesses = witnesses
        return renewed

    def _renew(self, index: int, cell: int) -> bool:
        """Replace the witnesses that need the cell, hiding nothing new."""
        system = self.systems[index]
        truth = system.solver.truth
        system.witnesses = [witness for witness in system.witnesses if cell not in self._moves(index, witness)]
        for variable, need in system.needs.items():
            if not any(witness[variable] >= truth[variable] + need for witness in system.witnesses):
                witness = system.search(variable, truth[variable] + need)
                if not witness:
                    return False
                system.witnesses.append(witness)
        return True
