"""Instalments, settlements and the household budget: cents add up, nobody gets more than the claim."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statute import budget, instalments, settlement

cents = st.integers(1, 3_000_000).map(lambda number: D(number) / 100)
rates = st.integers(6_000, 300_000).map(lambda number: D(number) / 100)
claims = st.lists(st.tuples(cents, st.booleans()), min_size=1, max_size=8).map(
    lambda rows: [settlement.Claim(index, amount, rent) for index, (amount, rent) in enumerate(rows)]
)


def test_the_last_one_is_the_rest():
    plan = instalments.schedule(D("1000"), D("300"), date(2026, 11, 22), 15)
    assert [(one.day, one.amount) for one in plan] == [
        (date(2026, 12, 15), D("300")), (date(2027, 1, 15), D("300")), (date(2027, 2, 15), D("300")), (date(2027, 3, 15), D("100")),
    ]  # fmt: skip


def test_in_short_months_the_last_day():
    plan = instalments.schedule(D("90"), D("30"), date(2027, 1, 31), 31)
    assert [one.day for one in plan] == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


def test_a_rest_below_a_euro_goes_with_the_last_one():
    assert instalments.amounts(D("300.03"), D("100")) == (D("100"), D("100"), D("100.03"))
    assert instalments.amounts(D("301.00"), D("100"))[-1] == D("1.00")


def test_months_that_others_are_paid_first():
    assert instalments.schedule(D("50"), D("50"), date(2026, 12, 1), 1, skip=13)[0].day == date(2028, 1, 1)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: instalments.schedule(D("10"), D("0"), date(2026, 1, 1), 1), "monthly"),
        (lambda: instalments.schedule(D("10"), D("5"), date(2026, 1, 1), 32), "day"),
        (lambda: instalments.schedule(D("10000"), D("1"), date(2026, 1, 1), 1), "higher"),
        (lambda: instalments.schedule(D("-1"), D("1"), date(2026, 1, 1), 1), "total"),
        (lambda: settlement.scenario("equal", [], D("1")), "claims"),
        (lambda: settlement.scenario("equal", [settlement.Claim(1, D("5"))], D("0")), "monthly"),
        (lambda: settlement.scenario("own_first", [settlement.Claim(1, D("5"))], D("1")), "own company"),
        (lambda: settlement.scenario("other", [settlement.Claim(1, D("5"), True)], D("1")), "kind"),
        (lambda: settlement.scenario("equal", [settlement.Claim(1, D("5"))], D("1"), -1), "months"),
        (lambda: settlement.scenario("equal", [settlement.Claim(n, D("5")) for n in range(3)], D("0.02")), "too little"),
        (
            lambda: settlement.scenario(
                "takeover", [settlement.Claim(1, D("5"), True), settlement.Claim(2, D("5"))], D("5"), loan_rate=D("5")
            ),
            "loan_rate",
        ),
    ],
)
def test_refusals_name_what_is_wrong(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_no_floats():
    with pytest.raises(TypeError):
        instalments.amounts(100.5, D("10"))
    with pytest.raises(TypeError):
        budget.a_month(1.5, "month")


@given(cents, rates, st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 31))
def test_instalments_add_up(total, monthly, start, day):
    plan = instalments.schedule(total, monthly, start, day)
    assert sum(one.amount for one in plan) == total
    assert all(one.amount == monthly for one in plan[:-1])
    assert 0 < plan[-1].amount < monthly + instalments.SMALL_REST
    days = [one.day for one in plan]
    assert days[0] >= start and days == sorted(set(days))
    months = [one.year * 12 + one.month for one in days]
    assert months == list(range(months[0], months[0] + len(months)))


@given(st.lists(cents, min_size=1, max_size=12), st.integers(0, 3_000_000).map(lambda number: D(number) / 100))
def test_shares_add_up(weights, available):
    available = min(available, sum(weights))
    parts = instalments.share_out(available, weights)
    assert sum(parts) == available
    for part, weight in zip(parts, weights, strict=True):
        assert 0 <= part <= weight
        assert abs(part - available * weight / sum(weights)) < D("0.01")


@given(claims, rates, st.integers(0, 120), st.sampled_from(settlement.KINDS), st.integers(0, 3000).map(lambda n: D(n) / 100))
def test_nobody_gets_more_than_the_claim(owed, monthly, months, kind, loan_rate):
    try:
        way = settlement.scenario(kind, owed, monthly, months, loan_rate)
    except ValueError as refused:
        # a rate that would take decades, too little for so many, nothing owed to the own company
        assert any(word in str(refused) for word in ("higher", "too little", "own company"))
        return
    paid_at_once = {claim.key: claim.amount for claim in owed if claim.rent} if kind == "takeover" else {}
    assert sum(paid_at_once.values()) == way.taken_over
    shares = {share.key: share for share in way.shares}
    for claim in owed:
        got = shares[claim.key].total if claim.key in shares else D(0)
        assert got + paid_at_once.get(claim.key, D(0)) <= claim.amount
    for share in way.shares:
        assert sum(instalments.amounts(share.total, share.monthly)) == share.total if share.total else share.months == 0
    together = [share.monthly for share in way.shares if not share.after]
    assert sum(together) <= monthly
    if months:
        assert sum(share.total for share in way.shares if share.key != settlement.AUTHORITY) <= monthly * months
    elif kind != "takeover":
        assert way.total == sum(claim.amount for claim in owed)


def test_three_ways_side_by_side():
    owed = [settlement.Claim("rent", D("1200"), True), settlement.Claim("power", D("600")), settlement.Claim("shop", D("200"))]
    equal = settlement.scenario("equal", owed, D("100"))
    assert [(one.monthly, one.months, one.quota) for one in equal.shares] == [(D(60), 20, 100), (D(30), 20, 100), (D(10), 20, 100)]
    own = settlement.scenario("own_first", owed, D("100"))
    assert [(one.monthly, one.months, one.after) for one in own.shares] == [(D(100), 12, 0), (D(75), 8, 12), (D(25), 8, 12)]
    assert own.months == equal.months == 20
    taken = settlement.scenario("takeover", owed, D("100"), loan_rate=D("50"))
    assert taken.taken_over == 1200
    assert [(one.key, one.monthly, one.months) for one in taken.shares] == [
        (settlement.AUTHORITY, D(50), 24), ("power", D("37.50"), 16), ("shop", D("12.50"), 16),
    ]  # fmt: skip


def test_a_term_means_a_quota():
    owed = [settlement.Claim(1, D("3000"), True), settlement.Claim(2, D("1000"))]
    way = settlement.scenario("equal", owed, D("50"), 36)
    assert way.total == 1800 and {one.quota for one in way.shares} == {D("45.0")}
    own = settlement.scenario("own_first", owed, D("50"), 36)
    assert [one.total for one in own.shares] == [1800, 0]


def test_a_month_of_a_household():
    assert budget.a_month(D("100"), "year") == D("8.33")
    month = budget.balance([("income", D("1500"), "month"), ("expense", D("120"), "quarter"), ("expense", D("1800"), "month")])
    assert (month.income, month.expenses, month.free) == (D("1500"), D("1840"), D("-340"))


def deal(claim, total, months, after=0):
    return settlement.Deal(D(claim), D(total), months, after)


@pytest.mark.parametrize(
    ("own", "other", "reason"),
    [
        (deal(1200, 1200, 20), deal(600, 600, 20), ""),
        (deal(1200, 600, 20), deal(600, 300, 20), ""),
        (deal(1200, 600, 10), deal(600, 600, 20), "sooner"),
        (deal(1200, 1200, 20), deal(600, 0, 0), "alone"),
        (deal(1200, 1200, 20), deal(600, 595, 20), ""),  # within one in a hundred: rounded
        (deal(1200, 1200, 20), deal(600, 593, 20), "quota"),
        (deal(1200, 1200, 20), deal(600, 600, 20, 1), "earlier"),
        (deal(1200, 1200, 20, 2), deal(600, 600, 20, 1), ""),
        (deal(1200, 1200, 9), deal(600, 600, 10), ""),
        (deal(1200, 1200, 8), deal(600, 600, 10), "sooner"),
        (deal(1200, 1200, 90), deal(600, 600, 100), ""),  # a tenth of the time is rounding
        (deal(1200, 1200, 89), deal(600, 600, 100), "sooner"),
    ],
)
def test_when_the_own_company_is_preferred(own, other, reason):
    assert settlement.preference([own], [other]) == reason
    assert settlement.preference([], [other]) == settlement.preference([own], []) == ""


@given(st.lists(st.integers(50, 5000), min_size=2, max_size=6), st.integers(100, 1000))
def test_the_same_quota_prefers_nobody_and_paying_the_rent_first_does(amounts, monthly):
    claims = [settlement.Claim(place, D(amount), rent=not place) for place, amount in enumerate(amounts)]

    def found(kind):
        shares = settlement.scenario(kind, claims, D(monthly)).shares
        deals = [deal(share.claim, share.total, share.months, share.after) for share in shares]
        return settlement.preference(deals[:1], deals[1:])

    assert found("equal") == ""
    assert found("own_first") == "earlier"
