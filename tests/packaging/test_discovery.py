"""Odoo's own test runner knows only what an addon's `tests/__init__.py` imports."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
FOLDERS = sorted(path.parent for path in TOP.glob("sozial_management*/tests/__init__.py"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_test_file_is_imported(folder):
    files = {path.stem for path in folder.glob("test_*.py")}
    assert files
    assert set(re.findall(r"^from \. import (test_\w+)$", (folder / "__init__.py").read_text(), re.M)) == files
