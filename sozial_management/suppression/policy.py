"""What must stay hidden: the rule a publication follows, with its sources."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """The rule of a publication.

    ``threshold``   a figure made by 1 to ``threshold - 1`` persons is hidden (minimum frequency rule). Zeros are shown:
                    they say something about nobody in particular, and hiding them would make sparse tables worthless.
    ``percent``     for sums: a figure is hidden too when all but its two largest contributors together give less than this
                    share of the largest (the p% rule: the second could estimate the first too well), and the sum of a hidden
                    set must stay open upwards by at least this share.
    ``houses``      fewest organisations behind a figure: with 2, none is shown that tells of a single one. Looked at are releases
                    to everybody; what an organisation was told of itself gives nobody else a hint. Two organisations
                    can still subtract their own figure. 1: no such rule.
    ``max_cells``   a table (together with what earlier releases add) with more non-empty cells loses its widest dimension.
    ``max_work``    elementary steps of the solver before the same is done; a count, not a time, so that results repeat.

    Both rules as in Hundepool et al., Statistical Disclosure Control (Wiley 2012), chapters 4 and 5.
    """

    threshold: int = 5
    percent: int = 10
    houses: int = 1
    max_cells: int = 3000
    max_work: int = 40_000_000

    def __post_init__(self) -> None:
        if self.threshold < 2:
            raise ValueError("threshold: at least 2 is needed, else nothing is ever hidden")
        if not 0 < self.percent <= 100:
            raise ValueError("percent: a number from 1 to 100 is needed")

    def is_small(self, persons: int) -> bool:
        """Few enough persons to be recognised; nobody is nobody in particular."""
        return 0 < persons < self.threshold

    def is_dominated(self, shares: Sequence[int]) -> bool:
        """The p% rule on the sums of the contributors of one figure."""
        ordered = sorted(shares, reverse=True)
        return bool(ordered) and ordered[0] > 0 and 100 * sum(ordered[2:]) < self.percent * ordered[0]

    def count_margin(self, value: int) -> int:
        """How far above the truth a hidden count must be able to lie: then it may be ``threshold`` or more.

        One person can stand behind many counted facts (contacts), hence the share.
        """
        return max(self.threshold - 1, -(-self.percent * value // 100))

    def amount_margin(self, value: int) -> int:
        """How far above the truth a hidden sum must be able to lie."""
        return max(1, -(-self.percent * value // 100))
