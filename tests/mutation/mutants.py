"""What is taken away in turn: record rules and access lines from the database, guards from `guards.py`."""

import importlib
from dataclasses import dataclass, field

from guards import EVERY_CELL, GUARDS, OTHER_ADDONS, OTHER_RULES, RULES_ELSEWHERE, RULES_OF_A_CASE

ADDON = "odoo.addons.sozial_management"
# What a guard that overrides nothing gives when it does nothing, if that is not None.
NOTHING = {
    "_readers": lambda self: iter(self),
    "_locked_out_users": lambda self: self.env["res.users"],
    "_giving_problems": lambda self: [],
    "_representation_problems": lambda self: [],
    "_without_guarded_defaults": lambda self: self,
    "_signal_consent": lambda self, code, subject: self.consent_ids[:1],
}
CACHED = ("_constraint_methods", "_ondelete_methods")


@dataclass
class Mutant:
    """One guard; `apply(test)` takes it away until the test ends. `model` narrows the matrix to one."""

    name: str
    tests: list
    apply: object = field(repr=False)
    model: str | None = None


def of_rules(env, bound):
    """Every record rule of our addons; `bound` is the matrix' dict of what binds which models."""
    binding_of = {model: binding for binding, models in bound.items() for model in models}
    for addon, name, rule in _of_ours(env, "ir.rule"):
        model = rule.model_id.model
        tests = tests_of_rule(addon, name, model, binding_of)
        yield Mutant(f"rule {name}", tests, _switch_off("ir_rule", rule.id), model)


def tests_of_rule(addon, name, model, binding_of):
    """Tests that fail without a rule; empty if nobody says which."""
    if addon in OTHER_ADDONS:
        return OTHER_ADDONS[addon]["rule"]
    if model in OTHER_RULES:
        return OTHER_RULES[model]
    if binding_of.get(model) != "case":
        return RULES_ELSEWHERE.get(binding_of.get(model), [])
    return RULES_OF_A_CASE.get(name.rsplit("_", 1)[-1], [])


def of_access_lines(env):
    """Every access line that gives something."""
    for addon, name, line in _of_ours(env, "ir.model.access"):
        if line.perm_read or line.perm_write or line.perm_create or line.perm_unlink:
            tests = OTHER_ADDONS[addon]["line"] if addon in OTHER_ADDONS else [EVERY_CELL]
            yield Mutant(f"line {name}", tests, _switch_off("ir_model_access", line.id), line.model_id.model)


def of_guards():
    """Every guard in Python."""
    for path, tests in GUARDS.items():
        yield Mutant(f"guard {path.removeprefix('models.')}", tests, _take_away(path))


def find(path):
    """Class and method name of a guard.

    :raise AttributeError: for a guard that is no longer there
    """
    place, _colon, rest = path.partition(":")
    addon, _slash, module = place.rpartition("/")
    owner, _dot, name = rest.partition(".")
    cls = getattr(importlib.import_module(f"odoo.addons.{addon or 'sozial_management'}.{module}"), owner)
    if name not in vars(cls):
        raise AttributeError(path)
    return cls, name


def _of_ours(env, model):
    """(addon, name, row) of the active rows that our addons install."""
    found = env["ir.model.data"].search([("module", "=like", "sozial_management%"), ("model", "=", model)], order="id")
    for data in found:
        row = env[model].browse(data.res_id).exists()
        if row.active:
            yield data.module, data.name, row


def _switch_off(table, row_id):
    def apply(test):
        test.env.flush_all()
        test.env.cr.execute(f'UPDATE "{table}" SET active = false WHERE id = %s', [row_id])
        test.env.invalidate_all()
        test.env.registry.clear_all_caches()
        test.addCleanup(test.env.registry.clear_all_caches)

    return apply


def _take_away(path):
    def apply(test):
        cls, name = find(path)
        original = vars(cls)[name]
        if name in NOTHING:
            setattr(cls, name, NOTHING[name])
        elif _overrides(test.env.registry, cls, name):
            delattr(cls, name)
        else:
            setattr(cls, name, lambda self, *args, **kwargs: None)
        _forget_methods(test.env.registry)

        def restore():
            setattr(cls, name, original)
            _forget_methods(test.env.registry)

        test.addCleanup(restore)

    return apply


def _overrides(registry, cls, name):
    """Whether something is called when the method is gone."""
    users = [model for model in registry.values() if cls in model.__mro__]
    return bool(users) and all(
        any(name in vars(base) for base in model.__mro__[model.__mro__.index(cls) + 1 :]) for model in users
    )


def _forget_methods(registry):
    """Odoo keeps lists of checks per model; they are made anew."""
    for model in registry.values():
        for cached in CACHED:
            if cached in vars(model):
                delattr(model, cached)
