"""An attacker of published tables that shares no code with the package: tries tables until one fits.

Knows all shown figures, how they add up, that figures are whole and not negative, and that a hidden one is not zero.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field


@dataclass
class Attack:
    """Unknown figures ``sites`` (finest cells, told apart as finely as the test wants) and what was published about sums of them."""

    sites: Sequence
    cap: int
    equal: list[tuple[frozenset, int]] = field(default_factory=list)
    positive: list[frozenset] = field(default_factory=list)

    def learn(self, published, counts: Callable):
        """Add the figures of a release; ``counts(site, key)``: does the cell ``key`` count what happened at ``site``?"""
        for key, figure in published.figures.items():
            sites = frozenset(site for site in self.sites if counts(site, key))
            if figure is not None:
                self.equal.append((sites, figure.count))
            elif not published.dropped:
                self.positive.append(sites)

    def can_be(self, cell: Iterable, low: int, high: int) -> bool:
        """Is there a table in which the sum over ``cell`` lies between the two?"""
        zero = {site for sites, figure in self.equal if not figure for site in sites}
        free = [site for site in self.sites if site not in zero]
        rules = [(sites, figure, figure) for sites, figure in self.equal if figure]
        rules += [(sites, 1, None) for sites in self.positive]
        rules.append((frozenset(cell), low, high))
        rules = [[frozenset(sites) & set(free), low, high] for sites, low, high in dict.fromkeys(rules)]
        free.sort(key=lambda site: min([len(rule[0]) for rule in rules if site in rule[0]], default=0))
        return self._try(free, rules)

    def _try(self, free, rules) -> bool:
        if any((high is not None and high < 0) or low > self.cap * len(sites) for sites, low, high in rules):
            return False
        if not free:
            return True
        site, rest = free[0], free[1:]
        mine = [rule for rule in rules if site in rule[0]]
        top = min([high for _, _, high in mine if high is not None], default=self.cap)
        bottom = max([low - self.cap * (len(sites) - 1) if high is None else low if len(sites) == 1 else 0 for sites, low, high in mine],
                     default=0)
        for figure in range(max(0, bottom), min(top, self.cap) + 1):
            after = [
                [sites - {site}, low - figure, None if high is None else high - figure] if site in sites else [sites, low, high]
                for sites, low, high in rules
            ]
            if self._try(rest, after):
                return True
        return False


def under(dimensions, leaf, key, total="∑"):
    """Does the place ``leaf`` add to the cell ``key``? Own walk up the subtotals."""
    for dim, label, wanted in zip(dimensions, leaf, key, strict=True):
        while label != wanted:
            if not label:
                break
            label = dim.parents[label]
        if label != wanted and wanted != total:
            return False
    return True


def in_span(rows: Sequence[Sequence[int]], wanted: Sequence[int]) -> bool:
    """Is ``wanted`` a linear combination of the rows? Elimination modulo a large prime."""
    prime = 2**61 - 1
    basis: list[tuple[int, list[int]]] = []
    for row in [*rows, wanted]:
        row = [number % prime for number in row]
        for lead, other in basis:
            if row[lead]:
                row = [(a - row[lead] * b) % prime for a, b in zip(row, other, strict=True)]
        lead = next((index for index, number in enumerate(row) if number), None)
        if lead is None:
            continue
        inverse = pow(row[lead], -1, prime)
        basis.append((lead, [number * inverse % prime for number in row]))
    return lead is None
