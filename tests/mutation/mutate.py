"""``./setup/test --mutate-rules``: take each rule, access line and guard away; a test must fail.

Not collected by an ordinary run. Every test class is set up once; each mutant lives in the
transaction of the tests it is tried with, which stop at the first failure.
"""

import importlib
import os
import time
import unittest
from collections import defaultdict

from odoo import SUPERUSER_ID, api
from odoo.modules import module
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name

import mutants
from guards import EVERY_CELL

# A transaction that is broken by what came before: every test would be red, whatever the mutant.
BROKEN = ("InFailedSqlTransaction", "InterfaceError", "cursor already closed")
BASELINE = mutants.Mutant("nothing taken away", [], lambda test: None)


def test_every_guard_is_needed():
    started = time.monotonic()
    everything = _all_mutants()
    caught = {}
    red = _Run(everything, caught).go()
    survivors = [mutant.name for mutant in everything if mutant.name not in caught]
    _print_table(everything, caught, time.monotonic() - started)
    assert not red, f"red without any mutation, and therefore of no use here: {red}"
    assert not survivors, f"{len(survivors)} survive: no test fails without {', '.join(survivors)}"


def _all_mutants():
    matrix = importlib.import_module(f"{mutants.ADDON}.tests.rights.matrix")
    with Registry(get_db_name()).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        found = [*mutants.of_guards(), *mutants.of_rules(env, matrix.BOUND), *mutants.of_access_lines(env)]
    wanted = os.environ.get("SOZIAL_MUTATE", "").split(",")
    return [mutant for mutant in found if any(part in mutant.name for part in wanted)]


class _Run:
    """Goes through the test classes; in each, through the mutants that no earlier class has caught."""

    def __init__(self, everything, caught):
        self.caught = caught
        self.by_class = defaultdict(list)
        for mutant in everything:
            for test in mutant.tests:
                place, _dot, method = test.partition(".")  # no dot: the whole class
                self.by_class[place].append((mutant, method))

    def go(self):
        """:return: tests that are red by themselves"""
        red = []
        for place, tried in self.by_class.items():
            open_ones = [(mutant, method) for mutant, method in tried if mutant.name not in self.caught]
            if open_ones:
                red += self._in_class(place, open_ones)
        return red

    def _in_class(self, place, tried):
        cls = _class(place)
        cls.setUpClass()
        try:
            methods = {name for _mutant, method in tried for name in _methods(cls, method)}
            red = [f"{place}.{name}" for name in sorted(methods) if not _passes(cls, name, BASELINE)]
            for mutant, method in tried:
                self._try(place, cls, mutant, [name for name in _methods(cls, method) if f"{place}.{name}" not in red])
            # what a mutant leaves behind would look like the next one being caught
            return red + [f"{place}.{name} afterwards" for name in sorted(methods)[:1] if not red and not _passes(cls, name, BASELINE)]
        finally:
            cls.tearDownClass()
            cls.doClassCleanups()

    def _try(self, place, cls, mutant, methods):
        if mutant.name in self.caught:
            return
        begun = time.monotonic()
        for name in methods:
            if not _passes(cls, name, mutant):
                self.caught[mutant.name] = f"{place}.{name}"
                break
        print(f"{mutant.name:90} {self.caught.get(mutant.name, '- ' + place):80} {time.monotonic() - begun:5.1f} s", flush=True)


def _class(place):
    path, _colon, name = place.partition(":")
    addon, _slash, file = path.rpartition("/")
    return getattr(importlib.import_module(f"odoo.addons.{addon or 'sozial_management'}.tests.{file}"), name)


def _methods(cls, method):
    return [method] if method else unittest.TestLoader().getTestCaseNames(cls)


def _passes(cls, name, mutant):
    """Run one test with the mutant in its transaction; whether it is green."""
    test = cls(name)
    test.only_model = mutant.model
    set_up = test.setUp

    def set_up_and_mutate():
        set_up()
        mutant.apply(test)

    test.setUp = set_up_and_mutate
    result = unittest.TestResult()
    before, module.current_test = module.current_test, test  # the web server asks whose requests these are
    try:
        test.run(result)
    finally:
        module.current_test = before
    # what comes after a first error is its consequence: the transaction is broken then
    if result.errors and not result.failures:
        first = result.errors[0][1]
        assert not any(word in first for word in BROKEN), first
    return result.wasSuccessful() and not result.skipped


def _print_table(everything, caught, seconds):
    width = max(len(mutant.name) for mutant in everything)
    print(f"\n{'taken away':{width}}  caught by")
    for mutant in everything:
        print(f"{mutant.name:{width}}  {caught.get(mutant.name, 'NOTHING')}")
    print(f"\n{len(caught)} of {len(everything)} caught in {seconds / 60:.1f} minutes; {EVERY_CELL} stands for the access lines")
