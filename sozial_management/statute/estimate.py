"""What a pre-check may say: likely, unclear or unlikely, with a band of euros and the reasons."""

from dataclasses import dataclass
from decimal import Decimal

from .steps import down_to

SMALLEST = Decimal(10)


@dataclass(frozen=True)
class Estimate:
    """The outcome of a pre-check, a month; never a promise.

    `low` and `high` are the band in whole tens of euros. `reasons` are codes, translated where
    they are shown: why it is not likely, or what an adviser still has to look at.
    """

    verdict: str
    low: Decimal
    high: Decimal
    reasons: tuple
    steps: tuple
    version: str


def estimate(low, high, doubts, refusals, steps, version):
    """Put an outcome together.

    :param low, high: the band before rounding; negative means that nothing is left
    :param doubts: codes of what cannot be decided here; they make a likely outcome unclear
    :param refusals: codes of conditions that are not met; one is enough for unlikely
    """
    low, high = (down_to(max(amount, Decimal(0)), SMALLEST) for amount in (low, high))
    if refusals:
        return Estimate("unlikely", Decimal(0), Decimal(0), tuple(refusals), steps, version)
    if high < SMALLEST:
        return Estimate("unlikely", Decimal(0), Decimal(0), ("income_covers_need",), steps, version)
    if doubts or low < SMALLEST:
        return Estimate("unclear", low, high, tuple(doubts) or ("close_to_limit",), steps, version)
    return Estimate("likely", low, high, (), steps, version)
