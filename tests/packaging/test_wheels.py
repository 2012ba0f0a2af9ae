"""Each addon builds a wheel that carries all that it needs at run time."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
ADDONS = sorted(path.parent.name for path in TOP.glob("*/__manifest__.py"))
# what people read on the repository, and tests that need the whole checkout
LEFT_OUT = {"pyproject.toml", "__pycache__"}


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """Wheels of all addons, built from a copy so that the checkout stays clean."""
    folder = tmp_path_factory.mktemp("wheels")
    built = {}
    for addon in ADDONS:
        source = folder / "source" / addon
        shutil.copytree(TOP / addon, source, ignore=shutil.ignore_patterns("__pycache__"))
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / addon), str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        built[addon] = zipfile.ZipFile(next((folder / addon).glob("*.whl")))
    return built


@pytest.mark.parametrize("addon", ADDONS)
def test_wheel_holds_every_file_of_the_addon(wheels, addon):
    inside = {name.split(f"odoo/addons/{addon}/", 1)[1] for name in wheels[addon].namelist() if f"odoo/addons/{addon}/" in name}
    wanted = {
        str(path.relative_to(TOP / addon))
        for path in (TOP / addon).rglob("*")
        if path.is_file() and not LEFT_OUT & set(path.relative_to(TOP / addon).parts)
    }
    assert "static/description/icon.png" in inside
    assert "__manifest__.py" in inside
    assert not wanted - inside


@pytest.mark.parametrize("addon", ADDONS)
def test_wheel_names_version_licence_and_dependencies(wheels, addon):
    name = next(name for name in wheels[addon].namelist() if name.endswith(".dist-info/METADATA"))
    metadata = wheels[addon].read(name).decode()
    assert f"Name: odoo-addon-{addon}" in metadata.replace("Name: odoo_addon_", "Name: odoo-addon-")
    assert "Version: 19.0." in metadata
    assert "AGPL" in metadata
    assert "odoo" in metadata.partition("Requires-Dist:")[2]
