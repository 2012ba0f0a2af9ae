"""Ways to settle with several creditors, side by side.

Three of them: all get the same quota; the own company comes first (which needs a reason and a
second person); an authority takes over the rent debt (§ 22 (8) SGB II, § 36 SGB XII), usually
as a loan. Plain arithmetic on what is there a month and for how long. No advice on which is fair.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .instalments import number, share_out
from .steps import CENT, decimal

KINDS = ("equal", "own_first", "takeover")
AUTHORITY = "authority"


@dataclass(frozen=True)
class Claim:
    """What one creditor is owed; `rent` marks the own company's rent debt."""

    key: object
    amount: Decimal
    rent: bool = False


@dataclass(frozen=True)
class Share:
    """What one creditor gets: in all, each month, how often, after how many months."""

    key: object
    claim: Decimal
    total: Decimal
    monthly: Decimal
    months: int
    after: int = 0

    @property
    def quota(self):
        """Part of the claim that is paid, in percent with one decimal."""
        return (self.total * 100 / self.claim).quantize(Decimal("0.1")) if self.claim else Decimal(0)


@dataclass(frozen=True)
class Scenario:
    """One way: who gets what, what the authority pays at once, how long it takes."""

    kind: str
    shares: tuple
    taken_over: Decimal = Decimal(0)

    @property
    def months(self):
        return max((share.after + share.months for share in self.shares), default=0)

    @property
    def total(self):
        """What the client pays over the months."""
        return sum((share.total for share in self.shares), Decimal(0))


def scenario(kind: str, claims: Sequence[Claim], monthly: Decimal, months: int = 0, loan_rate: Decimal = Decimal(0)) -> Scenario:
    """Compute one way.

    :param monthly: what the client can pay a month, for all together
    :param months: for how long; the rest is waived then. 0: until everything is paid
    :param loan_rate: what the authority wants back a month for what it took over; 0: nothing
    :raise ValueError: names what does not fit
    """
    monthly, loan_rate = decimal(monthly, "monthly"), decimal(loan_rate, "loan_rate")
    claims = [Claim(claim.key, decimal(claim.amount, "amount"), claim.rent) for claim in claims if claim.amount]
    if not claims:
        raise ValueError("claims: nobody is owed anything.")
    if not monthly:
        raise ValueError("monthly: enter what can be paid a month.")
    if months < 0:
        raise ValueError("months: zero or more.")
    if kind == "equal":
        return Scenario(kind, _equal(claims, monthly, months))
    rent, others = [one for one in claims if one.rent], [one for one in claims if not one.rent]
    if not rent:
        raise ValueError("claims: none of them is rent debt of the own company.")
    if kind == "own_first":
        return Scenario(kind, _own_first(rent, others, monthly, months))
    if kind == "takeover":
        return _takeover(rent, others, monthly, months, loan_rate)
    raise ValueError(f"kind: one of {', '.join(KINDS)}.")


def _equal(claims, monthly, months, after=0):
    """All get the same part of their claim, and their part of each month's money."""
    if not claims:
        return ()
    owed = sum((claim.amount for claim in claims), Decimal(0))
    available = min(owed, monthly * months) if months else owed
    totals = share_out(available, [claim.amount for claim in claims])
    rates = _rates(min(monthly, available), totals)
    return tuple(
        Share(claim.key, claim.amount, total, rate if total else Decimal(0), number(total, rate) if total else 0, after)
        for claim, total, rate in zip(claims, totals, rates, strict=True)
    )


def _rates(monthly, totals):
    """Each month's money by creditor; whoever gets something at all gets a cent at least."""
    rates = share_out(monthly, totals)
    for place, total in enumerate(totals):
        if total and not rates[place]:
            richest = max(range(len(rates)), key=lambda one: rates[one])
            if rates[richest] <= CENT:
                raise ValueError("monthly: this is too little to be shared among so many.")
            rates[richest] -= CENT
            rates[place] += CENT
    return rates


def _own_first(rent, others, monthly, months):
    """The rent debt is paid before anybody else gets something."""
    first = _equal(rent, monthly, months)
    spent = max(share.months for share in first)
    if months and spent >= months:
        return (*first, *(Share(claim.key, claim.amount, Decimal(0), Decimal(0), 0, spent) for claim in others))
    return (*first, *_equal(others, monthly, months - spent if months else 0, spent))


def _takeover(rent, others, monthly, months, loan_rate):
    """The authority pays the rent debt at once and gets it back slowly; the rest is shared equally."""
    taken = sum((claim.amount for claim in rent), Decimal(0))
    if loan_rate > monthly or (others and loan_rate == monthly):
        raise ValueError("loan_rate: the authority's instalment leaves nothing for the others.")
    shares = _equal(others, monthly - loan_rate, months)
    if loan_rate:
        shares = (Share(AUTHORITY, taken, taken, loan_rate, number(taken, loan_rate)), *shares)
    return Scenario("takeover", shares, taken)


@dataclass(frozen=True)
class Deal:
    """What a plan gives one creditor: the claim, the part of it that is paid, in how many months, after how many."""

    claim: Decimal
    total: Decimal
    months: int
    after: int

    @property
    def end(self):
        return self.after + self.months


def preference(own: Sequence[Deal], others: Sequence[Deal]) -> str:
    """In which way the own company is preferred to another creditor; empty if it is not.

    ``alone``: somebody gets nothing. ``quota``: a larger part of the claim is paid. ``earlier``: payment begins
    earlier. ``sooner``: it ends sooner, by more than a month and more than a tenth of the time, which rounding explains.
    """
    pairs = [(mine, other) for mine in own for other in others]
    if any(mine.total and not other.total for mine, other in pairs):
        return "alone"
    if any(mine.total * other.claim > other.total * mine.claim + mine.claim * other.claim / 100 for mine, other in pairs):
        return "quota"
    if any(mine.after < other.after for mine, other in pairs):
        return "earlier"
    if any(other.end - mine.end > max(1, other.end // 10) for mine, other in pairs):
        return "sooner"
    return ""
