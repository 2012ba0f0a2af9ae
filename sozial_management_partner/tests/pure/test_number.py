"""Numbers as people write them."""

import pytest
from procedure.number import plain


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.500", "1500"),
        ("1.234.567", "1234567"),
        ("1.234,50", "1234.50"),
        ("12,5", "12.5"),
        ("12.50", "12.50"),
        ("1500.000", "1500.000"),
        (" 24 ", "24"),
        ("viel", "viel"),
    ],
)
def test_points_between_groups_of_three_mean_thousands(written, meant):
    assert plain(written) == meant
