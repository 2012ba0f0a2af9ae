"""The rule of `matching.dwellings`, without a database."""
import pytest
from matching import Need, Vacant, propose

FLAT = Vacant(1, rooms=2, rent=450, floor=2, quarter="N")


@pytest.mark.parametrize(
    ("need", "fits"),
    [
        (Need(), True),
        (Need(rooms_min=2), True),
        (Need(rooms_min=2.5), False),
        (Need(rooms_max=1.5), False),
        (Need(rent_max=450), True),
        (Need(rent_max=449.99), False),
        (Need(step_free=True), False),
        (Need(lift=True), False),
        (Need(quarters=frozenset("S")), True),
    ],
)
def test_what_speaks_against_it(need, fits):
    assert bool(propose(need, FLAT)) is fits


def test_reasons_and_what_is_to_be_asked():
    need = Need(rooms_min=2, rent_max=500, quarters=frozenset("N"))
    assert propose(need, FLAT).reasons == ["rooms", "rent", "quarter"]
    asked = propose(need, Vacant(2, quarter="N"))
    assert (asked.reasons, asked.questions) == (["quarter"], ["rooms", "rent"])
    assert asked.score < propose(need, FLAT).score


@pytest.mark.parametrize(
    ("dwelling", "step_free"),
    [
        (Vacant(1, floor=0, entrance_step_free=True), True),
        (Vacant(1, floor=3, entrance_step_free=True), False),
        (Vacant(1, floor=3, entrance_step_free=True, lift=True), True),
        (Vacant(1, floor=3, lift=True), False),
        (Vacant(1, floor=3, accessible=True), True),
    ],
)
def test_step_free(dwelling, step_free):
    assert dwelling.step_free is step_free
    assert bool(propose(Need(step_free=True), dwelling)) is step_free
