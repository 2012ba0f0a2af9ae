"""A small exact simplex method: how far can a hidden figure lie from the truth?

The figures of the finest sets are non-negative variables, every larger figure is a sum of them with bounds: a shown figure
is fixed, a hidden one is free above its lower bound. The true figures always satisfy all of it, so every walk starts there, in
the "bounded variables" form of the primal simplex method (Dantzig 1955) with Bland's rule against cycles; free variables
may rest between their bounds. Numbers are integers, fractions only where a division leaves one: nothing is rounded.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import floor, gcd

Number = int | Fraction


class OutOfWorkError(Exception):
    """The table is too large to be decided within the allowed steps."""


class Budget:
    """Elementary steps left; counted, not timed, so that the same table always ends the same way."""

    def __init__(self, steps: int) -> None:
        self.spent = 0
        self.limit = steps

    def spend(self, steps: int) -> None:
        """To be called before anything is changed, so that whoever catches the error goes on with a sound solver."""
        if self.spent + steps > self.limit:
            raise OutOfWorkError
        self.spent += steps


def whole(number: Number) -> Number:
    """The same number, an int where it is one."""
    return number.numerator if number.denominator == 1 else number


def divide(number: Number, by: Number) -> Number:
    """Exact quotient, an int where it is one."""
    return number if by == 1 else whole(Fraction(number) / by)


class Solver:
    """Variables ``0 … len(values) - 1`` are the finest sets, those behind them the ``sums``."""

    def __init__(self, values: Sequence[int], sums: Sequence[Sequence[int]], budget: Budget) -> None:
        self.truth: list[int] = [*values, *(sum(values[part] for part in parts) for parts in sums)]
        self.values: list[Number] = list(self.truth)
        self.lower: list[int] = [0] * len(self.truth)
        self.upper: dict[int, int] = {}
        self.fixed = [False] * len(self.truth)
        self.budget = budget
        self.atoms = len(values)
        self.rows: dict[int, dict[int, int]] = {}
        self.divisors: dict[int, int] = {}
        self.columns: dict[int, set[int]] = {atom: set() for atom in range(self.atoms)}
        for number, parts in enumerate(sums, self.atoms):
            self.rows[number] = dict.fromkeys(parts, 1)
            self.divisors[number] = 1
            for part in parts:
                self.columns[part].add(number)

    def restart(self) -> None:
        """Back to the true figures; the basis found so far is kept."""
        self.values = list(self.truth)

    def push(self, target: int, goal: int, sign: int = 1) -> bool:
        """Walk until ``target`` is at least (``sign`` -1: at most) the goal; False where the bounds do not allow it."""
        while sign * (self.values[target] - goal) < 0:
            found = self._entering(target, sign)
            if found is None:
                return False
            self._walk(target, goal, *found)
        return True

    def is_whole(self) -> bool:
        """Is the point reached one of whole numbers, as figures are?"""
        return self._broken() is None

    def push_whole(self, target: int, goal: int, sign: int = 1, most: int = 200) -> bool:
        """Look for a whole-numbered point with the target at the goal; False: none, or none found in ``most`` attempts.

        Branch and bound (Land and Doig 1960): a figure that came out broken is in truth either at most the whole number
        below or at least the one above; both halves are searched. Every attempt starts at the true figures, as always.
        """
        open_halves: list[tuple[tuple[int, int, int], ...]] = [()]
        lower = list(self.lower)
        try:
            while open_halves and most:
                most -= 1
                half = open_halves.pop()
                if not self._enter(half, lower) or not self.push(target, goal, sign):
                    continue
                broken = self._broken()
                if broken is None:
                    return True
                below = floor(self.values[broken])
                open_halves += [(*half, (broken, below, -1)), (*half, (broken, below + 1, 1))]
            return False
        finally:
            self.lower, self.upper = lower, {}

    def _enter(self, half: Sequence[tuple[int, int, int]], lower: Sequence[int]) -> bool:
        """Walk from the true figures into a part of the possible tables and close its borders behind; False: it is empty."""
        self.lower, self.upper = list(lower), {}
        self.restart()
        for number, border, sign in half:
            if not self.push(number, border, sign):
                return False
            if sign > 0:
                self.lower[number] = border
            else:
                self.upper[number] = border
        return True

    def _broken(self) -> int | None:
        """The first of the finest figures that is no whole number."""
        return next((number for number in range(self.atoms) if self.values[number].denominator != 1), None)

    def blockers(self, target: int) -> list[int]:
        """The fixed variables which, at the end of a walk, hold the target."""
        row = self.rows.get(target, {target: 1})
        return sorted(number for number in row if self.fixed[number])

    def _entering(self, target: int, sign: int) -> tuple[int, int] | None:
        row = self.rows.get(target, {target: 1})
        self.budget.spend(len(row))
        for number in sorted(row):
            if self.fixed[number]:
                continue
            direction = sign if row[number] > 0 else -sign
            if self._may_move(number, direction):
                return number, direction
        return None

    def _may_move(self, number: int, direction: int) -> bool:
        if direction > 0:
            return number not in self.upper or self.values[number] < self.upper[number]
        return self.values[number] > self.lower[number]

    def _walk(self, target: int, goal: int, entering: int, direction: int) -> None:
        """Move one variable until the goal, its own bound, or the first sum that reaches a bound (which leaves the basis)."""
        rate = self._rate(target, entering) if target in self.rows else 1
        step = abs(divide(goal - self.values[target], rate))
        own = self._room(entering, direction)
        step = step if own is None else min(step, own)
        leaving = None
        for basic in sorted(self.columns[entering]):
            room = self._room(basic, self._rate(basic, entering) * direction)
            if room is not None and room < step:
                step, leaving = room, basic
        if step:
            self.values[entering] = whole(self.values[entering] + direction * step)
            for basic in self.columns[entering]:
                self.values[basic] = whole(self.values[basic] + self._rate(basic, entering) * direction * step)
        if leaving is not None:
            self._pivot(leaving, entering)

    def _rate(self, basic: int, number: int) -> Number:
        return divide(self.rows[basic][number], self.divisors[basic])

    def _room(self, basic: int, rate: Number) -> Number | None:
        """How far a figure that changes at this rate may go; None: for ever."""
        if self.fixed[basic]:
            return 0
        if rate < 0:
            return divide(self.values[basic] - self.lower[basic], -rate)
        return divide(self.upper[basic] - self.values[basic], rate) if basic in self.upper and rate > 0 else None

    def _pivot(self, leaving: int, entering: int) -> None:
        """Express ``entering`` by ``leaving`` in every row; rows stay whole-numbered, each with its divisor."""
        self.budget.spend(len(self.rows[leaving]) * (len(self.columns[entering]) + 1))
        row = self.rows.pop(leaving)
        for number in row:
            self.columns[number].discard(leaving)
        by = row.pop(entering)
        sign = 1 if by > 0 else -1
        solved = {number: -sign * factor for number, factor in row.items()}
        solved[leaving] = sign * self.divisors.pop(leaving)
        users = self.columns.pop(entering)
        self.columns[leaving] = set()
        self.rows[entering], self.divisors[entering] = solved, abs(by)
        self._reduce(entering)
        for basic in users:
            self._substitute(basic, entering)
        for number in solved:
            self.columns[number].add(entering)

    def _substitute(self, basic: int, entering: int) -> None:
        row, columns = self.rows[basic], self.columns
        factor, by = row.pop(entering), self.divisors[entering]
        if by != 1:
            for number in row:
                row[number] *= by
            self.divisors[basic] *= by
        for number, share in self.rows[entering].items():
            if number not in row:
                row[number] = factor * share
                columns[number].add(basic)
            elif total := row[number] + factor * share:
                row[number] = total
            else:
                del row[number]
                columns[number].discard(basic)
        self._reduce(basic)

    def _reduce(self, basic: int) -> None:
        divisor = self.divisors[basic]
        if divisor != 1 and (common := gcd(divisor, *self.rows[basic].values())) != 1:
            self.divisors[basic] = divisor // common
            self.rows[basic] = {number: factor // common for number, factor in self.rows[basic].items()}
