"""What can be counted: the words an addon uses to offer figures about its facts."""

from dataclasses import dataclass

COUNT, SUM, AVERAGE, SHARE = "count", "sum", "average", "share"


@dataclass(frozen=True)
class Measure:
    """One thing people ask for, such as »cases opened« or »minutes«.

    ``about``       which facts are meant: measures about the same facts are protected together
    ``domain``      picks these facts
    ``dimensions``  fields of the facts, or »period«, by which the figures may be divided
    ``shows``       how many there are, the sum of ``amount``, its average, or the share of ``part``
    ``amount``      whole-numbered field for sums and averages, never negative
    ``part``        for a share: dimension and category of what is counted in the numerator
    ``own``         told to the one organisation whose facts these are, and to nobody else
    ``payee``       field that says to whom the amount was paid: no figure tells what one or two of them got. Facts
                    that cost nothing have none
    """

    label: str
    about: str
    domain: tuple
    dimensions: tuple[str, ...]
    shows: str = COUNT
    amount: str | None = None
    part: tuple[str, str] | None = None
    own: bool = False
    payee: str | None = None
