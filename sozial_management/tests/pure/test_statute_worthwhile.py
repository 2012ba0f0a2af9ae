"""For whom a check is worthwhile: the rule of thumb behind a campaign."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statute.tables import OutsideValidity
from statute.worthwhile import worthwhile

ON = date(2026, 11, 22)


def told(size, level, rent, ages=()):
    return bool(worthwhile(size, level, Decimal(rent), ages, ON).amount)


def test_a_rent_near_the_ceiling_is_worthwhile_for_everybody():
    ceiling = worthwhile(1, 4, Decimal(0), (), ON).steps[1].value
    edge = (ceiling * Decimal("0.85")).quantize(Decimal("0.01"))
    assert told(1, 4, edge)
    assert not told(1, 4, edge - Decimal("0.01"))


def test_pensioners_and_large_families_earlier():
    ceiling = worthwhile(1, 4, Decimal(0), (), ON).steps[1].value
    rent = (ceiling * Decimal("0.7")).quantize(Decimal("0.01"))
    assert not told(1, 4, rent, (64,))
    assert told(1, 4, rent, (65,))
    assert not told(2, 4, rent, (70, 40))
    large = worthwhile(4, 4, Decimal(0), (), ON).steps[1].value
    assert told(4, 4, large * Decimal("0.61"))


@given(st.integers(1, 15), st.integers(1, 7), st.decimals(0, 3000, places=2), st.decimals(0, 500, places=2))
def test_never_less_worthwhile_with_a_higher_rent(size, level, rent, more):
    assert told(size, level, rent + more) >= told(size, level, rent)


def test_what_cannot_be_is_refused():
    for size, level in ((0, 4), (1, 0), (1, 8)):
        with pytest.raises(ValueError, match="household_size|mietenstufe"):
            told(size, level, 100)
    with pytest.raises(OutsideValidity):
        worthwhile(1, 4, Decimal(100), (), date(1999, 1, 1))
