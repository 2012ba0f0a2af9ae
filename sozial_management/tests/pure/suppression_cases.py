"""Tables and an attack on them, shared by the tests of the suppression."""

from hypothesis import settings
from hypothesis import strategies as st
from suppression import Dimension, Fact, Table
from suppression_attack import Attack, under

FLAT = Dimension.flat("topic", ["a", "b", "c"])
TWO = Dimension.flat("kind", ["x", "y"])
YEARS = Dimension("time", {"Q1": "2025", "Q2": "2025", "Q3": "2026", "2025": "", "2026": ""})
PLACES = Dimension("place", {"n": "N", "s": "N", "o": "O", "N": "", "O": ""})
SHAPES = [(FLAT,), (YEARS,), (FLAT, TWO), (YEARS, TWO), (PLACES, FLAT), (TWO, FLAT), (TWO, TWO, TWO)]
figures = st.one_of(st.integers(0, 9), st.integers(0, 4), st.just(0), st.integers(5, 12))
# the search over all tables is slow: fewer examples than usual, unless somebody wants to look further
slow = settings(max_examples=60) if settings.default.derandomize else settings()


def leaves(dimensions):
    """Every combination of categories without subtotals."""
    places = [()]
    for dim in dimensions:
        finest = [label for label in dim.parents if label not in dim.parents.values()]
        places = [(*place, label) for place in places for label in finest]
    return places


@st.composite
def counted(draw, shapes=SHAPES):
    """Dimensions and a count for every finest cell."""
    dimensions = draw(st.sampled_from(shapes))
    return dimensions, {place: draw(figures) for place in leaves(dimensions)}


def build(dimensions, counts, batch="", **kwargs):
    facts = [Fact(f"{batch}{place}{number}", place) for place, count in counts.items() for number in range(count)]
    return Table(dimensions, tuple(facts), **kwargs)


def exposed(table, published, threshold=5):
    """The hidden cells an attacker learns too much about, by the search over all tables."""
    attack = Attack(leaves(table.dimensions), 2 * threshold + max(map(len, table.cells.values())))
    attack.learn(published, lambda site, key: under(table.dimensions, site, key))
    found = []
    for key, figure in published.figures.items():
        if figure is None:
            cell = [site for site in attack.sites if under(table.dimensions, site, key)]
            truth, most = len(table.cells[key]), attack.cap * len(attack.sites)
            unsure = attack.can_be(cell, truth + 1, most) or attack.can_be(cell, 0, truth - 1)
            if not unsure or (truth < threshold and not attack.can_be(cell, truth + threshold - 1, most)):
                found.append(key)
    return found
