"""Tenancies of a file that cannot be beside each other or beside those that stand."""

from ...tabular import Interval, Problem, find_overlaps
from ...tabular.values import format_date
from .stored_values import load_tenancies_of_dwellings


def wanted_interval(ref, stated, stored):
    """The period a row gives its tenancy."""
    value = {**stored, **stated} if stored else stated
    return Interval(ref, value["dwelling_number"], value["date_start"], value.get("date_end"))


def refused_intervals(env, company, wanted, left):
    """Which wanted tenancies would run beside another one of their dwelling.

    Of two that exclude each other the first one goes in.

    :param wanted: intervals in the order in which they are written
    :param left: dwelling number by contract, of those that are stored already
    :return: (refused, the one in its way) by contract
    """
    numbers = {interval.dwelling for interval in wanted} | set(left.values())
    standing = [
        Interval(t["external_ref"], t["dwelling_number"], t["date_start"], t["date_end"])
        for t in load_tenancies_of_dwellings(env, company, numbers)
    ]
    refused = {}
    while True:
        moving = {interval.key for interval in wanted if interval.key not in refused}
        found = find_overlaps(
            [interval for interval in standing if interval.key not in moving],
            [interval for interval in wanted if interval.key in moving],
        )
        refused.update({interval.key: (interval, blocker) for interval, blocker in found})
        # a refused change leaves the stored tenancy where it is: look again with it
        if not any(interval.key in left for interval, _blocker in found):
            return refused


def overlap_problem(row_number, interval, blocker):
    """What to tell about a refused tenancy."""
    params = {
        "other": blocker.key,
        "start": format_date(blocker.start),
        "end": format_date(blocker.end) if blocker.end else "…",
    }
    return Problem(row_number, "date_start", "overlap", interval.dwelling, params)
