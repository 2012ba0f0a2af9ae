"""What is too large, careless or wrong."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

import suppression
from suppression import HIDDEN, TOTAL, Dimension, Fact, Policy, Table, suppress
from suppression_cases import FLAT, TWO, build, exposed

FEW = {("a", "x"): 2, ("a", "y"): 9, ("b", "x"): 8, ("b", "y"): 12, ("c", "x"): 30, ("c", "y"): 30}


def test_a_table_too_large_loses_its_widest_dimension_then_all():
    table = build((FLAT, TWO), FEW)
    published = suppress(table, policy=Policy(max_cells=4))
    assert published.dropped == ("topic",) and not published.withheld
    assert published.text(TOTAL, "x") == "40" and published.text("a", "x") == published.text("a", TOTAL) == HIDDEN
    assert not exposed(table, published)
    published = suppress(table, policy=Policy(max_work=0))
    assert published.withheld or published.dropped
    assert not exposed(table, published)


def test_a_threshold_lowered_before_cannot_be_repaired_and_withholds():
    table = build((FLAT,), {("a",): 3, ("b",): 9, ("c",): 20})
    careless = suppress(table, threshold=2).release
    assert suppress(table, earlier=[careless]).withheld


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Policy(threshold=1), "threshold"),
        (lambda: Policy(percent=0), "percent"),
        (lambda: Table((FLAT,), (Fact(1, ("z",)),)), "unknown category 'z'"),
        (lambda: Table((FLAT,), (Fact(1, ("a", "b")),)), "one category for each of 1"),
        (lambda: Table((FLAT,), (Fact(1, ("a",)), Fact(1, ("b",)))), "fact 1: counted twice"),
        (lambda: Table((FLAT,), (Fact(1, ("a",), None, -1),), "minutes"), "not negative"),
        (lambda: Table((TWO,) * 4, ()), "at most three"),
        (lambda: Dimension("d", {"a": "b", "b": "a"}), "own subtotal"),
        (lambda: Dimension.flat("d", [TOTAL]), "kept for the total"),
    ],
)
def test_bad_input_names_what_is_wrong(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_the_example_of_the_package():
    import doctest

    result = doctest.testmod(suppression)
    assert result.attempted and not result.failed
