"""``readme/RIGHTS.md`` of an addon, printed from the data its tests read (``tests/rights/matrix.py``)."""

import importlib.util
import re

from .places import TOP

ROLE_NAMES = {
    "frontdesk": "back office",
    "worker": "social worker",
    "lead": "head",
    "privacy": "data protection",
    "report": "figures only",
    "config": "configuration",
    "system": "system administrator",
    "portal": "tenant (portal)",
    "public": "visitor",
}
BINDINGS = {
    "case": "Rows of a case",
    "company": "Rows of a company",
    "author": "Dialogs of whoever opened them",
    "outreach": "What is noted at a dwelling of an outreach",
    "inbox": "The inbox of hand-overs",
    "everybody": "Words to choose from",
}
INTRODUCTION = """# Who may do what

Printed by `./setup/lint --rights` from `tests/rights/matrix.py`; do not edit by hand. The test
`tests/test_rights_matrix.py` tries every cell with rows that exist: by reading, searching, counting, grouping,
looking up names, lists and export, and by writing, creating and deleting.

Letters: r read, w write, c create, d delete, – nothing. A role may do with a row what stands in the table of its
model **and** in the table of the situation. Roles without a letter in either table stay shut out with a grant too.
Some rows change by their buttons only, or by their author (contact notes).
"""
DESCRIPTION = re.compile(r'^    _name = "([\w.]+)"\n(?:    #.*\n)*    _description = "([^"]+)"', re.MULTILINE)


def addons_with_matrix():
    """Addons whose tests hold a matrix."""
    return sorted(path.parents[2].name for path in TOP.glob("*/tests/rights/matrix.py"))


def target(addon):
    """The file the table is printed to."""
    return TOP / addon / "readme" / "RIGHTS.md"


def render(addon):
    """The whole text for an addon."""
    data, names = _data(addon), _descriptions(addon)
    parts = [INTRODUCTION]
    for binding, models in data.BOUND.items():
        parts += [f"## {BINDINGS[binding]}", _models(data, models, names), _situations(data, binding)]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def write():
    """Print every table anew; returns the files."""
    files = [target(addon) for addon in addons_with_matrix()]
    for addon, file in zip(addons_with_matrix(), files, strict=True):
        file.write_text(render(addon))
    return files


def _data(addon):
    spec = importlib.util.spec_from_file_location(f"rights_of_{addon}", TOP / addon / "tests" / "rights" / "matrix.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _descriptions(addon):
    found = {}
    for path in sorted((TOP / addon).glob("*/**/*.py")):
        found.update(DESCRIPTION.findall(path.read_text()))
    return found


def _models(data, models, names):
    head = ["what", "model", *(ROLE_NAMES[role] for role in data.ROLES)]
    rows = [
        [names.get(model, model), f"`{model}`", *(cells.get(role, "") for role in data.ROLES)] for model, cells in models.items()
    ]
    return _table(head, rows)


def _situations(data, binding):
    situations = data.SITUATIONS[binding]
    if len(situations) < 2:
        return ""
    # a role that may do nothing with any of these models has nothing to be narrowed
    roles = [role for role in data.ROLES if any(role in cells for cells in data.BOUND[binding].values())]
    rows = [
        [name, meaning, *("".join(cells.get(role, "")) for role in roles)] for name, (meaning, cells) in situations.items()
    ]
    return _table(["situation", "that is", *(ROLE_NAMES[role] for role in roles)], rows)


def _table(head, rows):
    lines = [head, ["---"] * len(head), *([cell or "–" for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
