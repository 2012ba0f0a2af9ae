"""Figures that may leave the house: small ones hidden, and whatever would give them away. Pure Python, no Odoo.

    >>> place = Dimension("place", {"North": "Town", "South": "Town", "Town": ""})
    >>> topic = Dimension.flat("topic", ["debt", "care"])
    >>> counted = {("North", "debt"): 2, ("North", "care"): 9, ("South", "debt"): 8, ("South", "care"): 12}
    >>> places = [place for place, times in counted.items() for _ in range(times)]
    >>> table = Table((place, topic), tuple(Fact(number, place) for number, place in enumerate(places)))
    >>> published = suppress(table)
    >>> [[published.text(row, column) for column in topic.labels] for row in place.labels]
    [['·', '·', '11'], ['·', '·', '20'], ['10', '21', '31'], ['10', '21', '31']]
    >>> audit([published.release])
    []

A later table over (partly) the same facts is given the releases before it: ``suppress(later, earlier=[published.release])``.
Releases are stored with ``to_json``. Every list, report and export of figures goes through ``suppress`` and nothing else.

**How a table is made.** A ``Fact`` has a key that is the same in every table, its category per dimension, the person behind it and,
for sums, an amount (minutes, cents). Up to three dimensions, each with subtotals. Filters and years are the caller's choice
of facts; nothing has to be said about them. A figure is hidden if 1 to 4 persons stand behind it (``Policy.threshold``),
in a table with sums also if it is dominated (p% rule). Count and sum of a cell are shown or hidden together.
Where facts name an organisation (``house``), a figure with fewer than ``Policy.houses`` of them behind it is hidden too, and cannot
be worked out from what everybody gets. All hidden figures get one mark, which does not tell why: never write "< 5" for
it. Zeros are shown.

**What is promised**, for a reader who has all releases, knows every subtotal, and knows that zeros are never hidden:

1. No shown count lies between 1 and 4, and none has fewer than 5 persons behind it.
2. For every set of facts with 1 to 4 persons that the releases can speak about at all (a cell, what is missing from one cell to
   another, the difference of two releases, the persons added since), there is a table of whole, non-negative figures that agrees
   with everything shown and in which this set has 5 facts or more. For cells, and for the smallest sets the releases tell
   apart, it has at least 4 (and 10 %) more than in truth, so the range of possible figures has at least 5 values.
3. No hidden figure has only one possible value, be it hidden for its own sake or for others'. Later releases keep it so.
4. Sums of such sets, and of dominated ones, stay open upwards by at least 10 %.
5. The same facts, dimensions and earlier releases give the same result, in whatever order they come. Asking again is
   harmless: a set of facts once hidden stays hidden, one once shown may stay shown.

**Why 2 holds.** Facts that no cell of any release tells apart form a class; all those sets are unions of classes. A union with 1 to
4 persons contains only classes with 1 to 4 persons, and if one of them can be 5 or more, so can the union. So it suffices to
protect the small classes (and cells), and for each of them the program holds a witness: a whole table, found by an exact solver.

**What is not promised.**

- A zero tells something when a category holds everybody ("of 7 cases, 0 were averted" says it of all 7). Choose categories so
  that this does no harm.
- Knowledge from elsewhere: a person who knows the own contribution, or that of four others, knows more than the reader above.
- Only tables given as ``earlier`` count. A figure told on the telephone is not in the ledger. Who leaves the ledger out of a
  call gives up promises 2 and 3 for differences.
- Averages and shares: publish count and sum, derive them from shown figures only.
- Reasoning about the program itself ("it would have hidden another cell if …") is not modelled; no cell suppression does.
- Fewest cells: no single secondary cell can be shown again without harm as long as the steps allowed suffice, but
  another choice of several might hide less. A corrected count stays hidden until the correction concerns 5
  persons; a corrected sum may show by how much it was corrected, never the amount of one person.
- Size: about 700 cells in three dimensions take half a minute, 300 cells in two a tenth of a second. Beyond ``Policy.max_work`` or
  ``max_cells``, or where no protection exists, the dimension with most categories is hidden altogether (``Published.dropped``), then
  the next, at last everything (``withheld``), zeros included.

**Sources.** Hundepool et al., Statistical Disclosure Control (Wiley 2012): rules, attacker's intervals, linked tables. Fischetti and
Salazar, Management Science 47 (2001): the cell suppression problem. Repsilber's Quaderverfahren (hypercube, in τ-ARGUS "GHMITER"):
safe is what a figure can be moved by, corner by corner. de Wolf 2002 (HiTaS, "modular"): subtotals. Langsrud, PSD 2024
(GaussSuppression): all tables of the same data at once. The implementation is our own.
"""

from .audit import Exposure, audit
from .policy import Policy
from .publish import HIDDEN, Figure, Published, suppress
from .release import Release
from .solver import OutOfWorkError
from .table import TOTAL, Dimension, Fact, Table

__all__ = [
    "HIDDEN",
    "TOTAL",
    "Dimension",
    "Exposure",
    "Fact",
    "Figure",
    "OutOfWorkError",
    "Policy",
    "Published",
    "Release",
    "Table",
    "audit",
    "suppress",
]
