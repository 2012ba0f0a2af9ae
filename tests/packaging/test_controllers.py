"""Controllers that extend the same one become one class: a name that two of them use is taken by the last."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _methods():
    """(base, method) -> places where it is defined anew, without asking for what the others do."""
    found = defaultdict(list)
    for path in sorted(ROOT.glob("sozial_management*/controllers/*.py")):
        for cls in ast.walk(ast.parse(path.read_text())):
            if not isinstance(cls, ast.ClassDef):
                continue
            bases = [ast.unparse(base) for base in cls.bases if ast.unparse(base) != "http.Controller"]
            for method in cls.body:
                if isinstance(method, ast.FunctionDef) and "super()" not in ast.unparse(method):
                    for base in bases:
                        found[base, method.name].append(f"{path.relative_to(ROOT)}:{cls.name}")
    return found


def test_no_controller_takes_the_method_of_another():
    found = _methods()
    assert len(found) > 50
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
