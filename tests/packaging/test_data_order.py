"""Data files name only what an earlier file of the addon has made: else a fresh installation fails, an update does not."""

import ast
import csv
import re
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).parents[2]
ADDONS = sorted(path.parent.name for path in ROOT.glob("*/__manifest__.py"))
MADE = ("record", "template", "menuitem", "report", "act_window")
NAMED = re.compile(r"%\(([\w.]+)\)d|(?<![\w.])ref\(\s*['\"]([\w.]+)['\"]")


def _files(addon):
    manifest = ast.literal_eval((ROOT / addon / "__manifest__.py").read_text())
    return manifest.get("data", []) + manifest.get("demo", [])


def _own(addon, xmlid):
    """Name within the addon, None for what belongs to another one."""
    module, _, name = xmlid.rpartition(".")
    return name if module in ("", addon) else None


def _steps(path):
    """For each record of a file in order: what it makes and what it names."""
    if path.suffix == ".csv":
        for row in csv.DictReader(path.open()):
            named = [value for column, value in row.items() if column.endswith(":id") and value]
            yield row.get("id"), [name for value in named for name in value.split(",")]
        return
    for node in etree.parse(path).getroot().iter(*MADE, "function", "delete", "asset"):
        if node.getparent().tag in MADE and node.tag in MADE and node.tag != "menuitem":
            continue
        named = []
        for part in [node, *node.iterdescendants()]:
            if not isinstance(part.tag, str):
                continue
            named += [part.get(key) for key in ("ref", "inherit_id", "action", "parent") if part.get(key)]
            named += [group.lstrip("-!") for group in (part.get("groups") or "").split(",") if "." in group or part.tag == "menuitem"]
            text = " ".join([part.text or "", *part.attrib.values()])
            named += [first or second for first, second in NAMED.findall(text)]
        yield node.get("id"), [name for name in named if name]


@pytest.mark.parametrize("addon", ADDONS)
def test_nothing_is_named_before_it_is_made(addon):
    steps = [(file, made, named) for file in _files(addon) for made, named in _steps(ROOT / addon / file)]
    later = {_own(addon, made) for _file, made, _named in steps if made} - {None}
    early = []
    for file, made, named in steps:
        early += [f"{file}: {name}" for name in named if _own(addon, name) in later and _own(addon, name) != made]
        later.discard(made and _own(addon, made))
    assert not early, "\n".join(early)
