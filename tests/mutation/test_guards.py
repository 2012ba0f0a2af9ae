"""The list of guards is whole: a new guard, rule or access line without a test that needs it fails here."""

import importlib
import re

from odoo.tests import TransactionCase, tagged

import mutants
from guards import GUARDS, NO_GUARD, PARTNER, ROOM
from guards_of_addons import BOTH

ADDON = mutants.ADDON
# Methods of these names stop somebody; so do overrides of what Odoo's own models do, and of how our own rows change.
STOPPING = re.compile(r"_(refuse|require|unlink)(_.*)?$")
OWN = re.compile("(write|unlink|copy)$")
CORE = re.compile("(create|write|unlink|copy|_?message_.*|_check_access|_find_record|_search|_field_to_sql)$")
# Addon: its topics of secrecy; None: all of them.
TOPICS = {"sozial_management": ("case", "consent", "access_log"), PARTNER: None, ROOM: None, BOTH: None}


@tagged("post_install", "-at_install")
class TestGuards(TransactionCase):
    def _defined(self):
        """(path, method, is it on one of Odoo's models) of every method our topics of secrecy define."""
        seen = set()
        for model in self.env.registry.values():
            for cls in model.__mro__:
                path = self._path(cls)
                if not path or cls in seen:
                    continue
                seen.add(cls)
                foreign = not (getattr(cls, "_name", None) or model._name).startswith("sozial.")
                for name, value in vars(cls).items():
                    if callable(value):
                        yield f"{path}.{name}", name, foreign

    def _path(self, cls):
        """How the list calls a class of one of our topics; None for other classes."""
        addon, _dot, module = cls.__module__.removeprefix("odoo.addons.").partition(".")
        if addon not in TOPICS or not module.startswith("models."):
            return None
        topics = TOPICS[addon]
        if topics and module.split(".")[1] not in topics:
            return None
        return f"{'' if addon == 'sozial_management' else addon + '/'}{module}:{cls.__name__}"

    def _stops(self, name, foreign):
        return STOPPING.match(name) or (CORE if foreign else OWN).match(name)

    def test_every_guard_is_listed(self):
        found = list(self._defined())
        self.assertGreater(len(found), 300)
        missing = [path for path, name, foreign in found if self._stops(name, foreign) and path not in {*GUARDS, *NO_GUARD}]
        self.assertEqual(missing, [], "a new guard gets its line in tests/mutation/guards.py, with the test that needs it")

    def test_every_listed_guard_is_there(self):
        for path in NO_GUARD:
            mutants.find(path)
        for path, tests in GUARDS.items():
            with self.subTest(guard=path):
                mutants.find(path)
                self.assertTrue(tests)
                for test in tests:
                    self._find(test)

    def test_every_rule_has_tests(self):
        matrix = importlib.import_module(f"{ADDON}.tests.rights.matrix")
        rules = list(mutants.of_rules(self.env, matrix.BOUND))
        self.assertGreater(len(rules), 40)
        for rule in rules:
            with self.subTest(rule=rule.name):
                self.assertTrue(rule.tests, "tests/mutation/guards.py does not say which test needs this rule")
                for test in rule.tests:
                    self._find(test)
        self.assertGreater(len(list(mutants.of_access_lines(self.env))), 60)

    def _find(self, test):
        place, _dot, method = test.partition(".")
        path, _colon, name = place.partition(":")
        addon, _slash, module = path.rpartition("/")
        cls = getattr(importlib.import_module(f"odoo.addons.{addon or 'sozial_management'}.tests.{module}"), name)
        self.assertTrue(not method or hasattr(cls, method), test)
