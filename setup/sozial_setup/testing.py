"""``./setup/test [pytest args]``: every test, or the named ones, on fresh copies of a template.

``./setup/test --mutate-rules[=PART,…]`` takes every record rule, access line and guard of secrecy
away in turn (those whose name holds a PART) and ends with status 1 if no test notices.
"""

import os
import subprocess
import tempfile
from pathlib import Path

from . import databases, places, prepare, python_env
from .messages import SetupError
from .odoo_command import wait
from .places import TOP

MUTATE = "--mutate-rules"
# run without a database: neither Odoo nor a browser is needed for them
PURE = ("/tests/pure/", "/tests/setup/", "/tests/packaging/")


def main(arguments):
    """Prepare what the chosen tests need and run them; the status is pytest's."""
    arguments, mutate = mutation(arguments)
    arguments, paths = locate(arguments)
    if paths and all(is_pure(path) for path in paths):
        return run_pure(arguments)
    with prepare.environment("tests", with_tests=True) as odoo:
        templates = databases.Templates(odoo)
        name = templates.run_name()
        templates.scratch(name)
        try:
            return run_all(odoo, name, arguments, paths, mutate)
        finally:
            templates.remove(name)


def mutation(arguments):
    """Turn ``--mutate-rules`` into what pytest runs; also return the environment of the run."""
    chosen = next((one for one in arguments if one.partition("=")[0] == MUTATE), None)
    if chosen is None:
        return arguments, {}
    others = [one for one in arguments if one != chosen]
    return ["tests/mutation/mutate.py", "-s", "-q", *others], {"SOZIAL_MUTATE": chosen.partition("=")[2]}


def locate(arguments):
    """Make paths absolute (from the caller's folder or the checkout); also return the paths."""
    located, paths = [], []
    for argument in arguments:
        path, separator, rest = argument.partition("::")
        found = next((base / path for base in (Path.cwd(), TOP) if not argument.startswith("-") and (base / path).exists()), None)
        # the value of an option (-k test) may be spelled like a folder
        if found is None or (located and located[-1] in ("-k", "-m", "-p", "-n", "-o", "-W", "--deselect")):
            located.append(argument)
        else:
            located.append(f"{found.resolve()}{separator}{rest}")
            paths.append(found.resolve())
    return located, paths


def is_pure(path):
    """Whether a path holds only tests that need no database."""
    return any(part in f"{os.sep}{os.path.relpath(path, TOP)}/" for part in PURE)


def run_pure(arguments):
    """Pytest without Odoo."""
    places.prepare_runtime()
    with places.exclusive():
        python = python_env.ensure(with_tests=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return wait(subprocess.Popen([str(python), "-m", "pytest", "-p", "no:odoo", *arguments], cwd=TOP, env=environment))


def run_all(odoo, database, arguments, paths, more=None):
    """Pytest with Odoo, its web server and a browser; several workers for a whole run."""
    command = [
        str(odoo.python), "-m", "pytest", f"--odoo-database={database}", f"--odoo-config={odoo.config}", "--odoo-http",
        *(["-n", str(workers())] if wants_workers(arguments, paths) else []),
        *(["--dist=loadfile"] if wants_workers(arguments, paths) else []),
        *arguments,
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="sozial-") as folder:
        environment = {**odoo.environment(), "TMPDIR": folder, "SOZIAL_TEST_DATABASE": database, **(more or {})}
        return wait(subprocess.Popen(command, cwd=TOP, env=environment))


def wants_workers(arguments, paths):
    """Whether this is a whole run for which side-by-side workers pay."""
    chosen = any(argument.startswith(("-n", "--numprocesses", "-p", "--pdb", "-k", "--collect-only", "--co")) for argument in arguments)
    return workers() > 1 and not paths and not chosen


def workers():
    """Number of workers, each with its own database, web server and browser."""
    given = os.environ.get("SOZIAL_TEST_WORKERS")
    if given:
        if not given.isdigit() or given == "0":
            raise SetupError(f"SOZIAL_TEST_WORKERS={given} is no number of workers: use 1 or more.")
        return int(given)
    return max(1, min(4, (os.cpu_count() or 1)))
