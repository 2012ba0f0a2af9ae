"""The arithmetic of a budget, exact and without Odoo: pots, what is left of them, and which sums say too much.

A pot is money planned for one quarter of the town and one purpose, either of them perhaps »all others«. It is filled
by calendar quarters; what is not used stays in it until the end of the year if the fund says so.
"""

from collections import defaultdict
from decimal import Decimal

# Fewer requests than this do not stand behind a sum that is shown.
THRESHOLD = 5
NOTHING = Decimal(0)


def left(planned, used, carry):
    """What is left at the end of each calendar quarter.

    :param dict planned: amounts (`Decimal`) by (pot, calendar quarter 1 to 4)
    :param dict used: what was approved and not given back, in the same way
    :param bool carry: whether unused money moves on to the next calendar quarter
    :return: amounts by (pot, calendar quarter); below zero is too much
    """
    result = {}
    for pot in {pot for pot, _quarter in (*planned, *used)}:
        rest = NOTHING
        for quarter in (1, 2, 3, 4):
            rest = (rest if carry else NOTHING) + planned.get((pot, quarter), NOTHING) - used.get((pot, quarter), NOTHING)
            result[pot, quarter] = rest
    return result


def pots_for(place, purpose):
    """The pots that may pay, the closest first: for this place and purpose, for this place, for this purpose, for all."""
    return list(dict.fromkeys([(place, purpose), (place, None), (None, purpose), (None, None)]))


def hidden(counts, threshold=THRESHOLD):
    """Lines whose sums are not shown beside their total, which is known.

    Hidden is what fewer than `threshold` requests stand behind, and so many more, the smallest first, that the hidden ones
    together are at least two lines and `threshold` requests: else the total gives them away.

    :param dict counts: number of requests by line
    :return: set of lines
    """
    by_size = sorted((line for line, count in counts.items() if count), key=lambda line: (counts[line], str(line)))
    chosen = {line for line in by_size if counts[line] < threshold}
    for line in by_size:
        if not chosen or (len(chosen) > 1 and sum(counts[one] for one in chosen) >= threshold):
            break
        chosen.add(line)
    return chosen


def sums(rows):
    """Add up (key, amount) pairs; amounts are `Decimal`."""
    result = defaultdict(lambda: NOTHING)
    for key, amount in rows:
        result[key] += amount
    return dict(result)
