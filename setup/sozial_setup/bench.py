"""``./setup/bench [NAME]``: the benchmarks of ``tests/benchmark/``, each beside its peer.

A benchmark ``import`` is the file ``tests/benchmark/bench_import.py`` with one function::

    from sozial_setup.bench import Row

    def run(env):
        ...
        return [Row("first import", ours, "base_import load()", theirs, goal=3.0)]

It runs in Odoo's environment (superuser, German and demo data installed) on a scratch
database of its own, copied from the template and dropped afterwards; it may commit. Times
are seconds measured in this very run; ``goal`` says how many times as fast as the peer we
mean to be. The command ends with status 1 when a goal is missed.
"""

import argparse
import importlib.util
import subprocess
import sys
from dataclasses import dataclass

from .places import TOP

FOLDER = TOP / "tests" / "benchmark"
HEADINGS = ("benchmark", "ours", "peer", "peer's time", "times as fast", "goal", "reached")


@dataclass(frozen=True)
class Row:
    """One comparison; times in seconds, or what `unit` says."""

    name: str
    ours: float
    peer: str
    theirs: float
    goal: float
    unit: str = "seconds"

    @property
    def ratio(self):
        """How many times as fast as the peer we are."""
        return self.theirs / self.ours if self.ours else float("inf")

    @property
    def reached(self):
        """Whether the goal is met."""
        return self.ratio >= self.goal


def main(arguments):
    """Run the named benchmarks, or all, each on its own database."""
    from . import databases, prepare
    from .messages import SetupError
    from .odoo_command import wait

    names = sorted(path.stem[len("bench_") :] for path in FOLDER.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="setup/bench", description="Benchmarks, each beside its peer in the same run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(names)}")
    chosen = parser.parse_args(arguments).names or names
    unknown = set(chosen) - set(names)
    if unknown or not chosen:
        raise SetupError(f"there is no benchmark {', '.join(sorted(unknown)) or 'at all'}; known: {', '.join(names) or 'none'}.")
    status = 0
    with prepare.environment("tests", with_tests=True) as odoo:
        templates = databases.Templates(odoo)
        for name in chosen:
            database = templates.scratch(templates.run_name())
            try:
                command = [str(odoo.python), "-m", "sozial_setup.bench", str(odoo.config), database, name]
                status |= wait(subprocess.Popen(command, env=odoo.environment(), cwd=TOP))
            finally:
                templates.remove(database)
    return status


def duration(seconds):
    """A time as text: seconds, below a tenth of one milliseconds, below one of those microseconds."""
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


def table(rows):
    """The comparisons as text."""
    lines = [HEADINGS]
    for row in rows:
        written = duration if row.unit == "seconds" else f"{{:g}} {row.unit}".format
        times = (written(row.ours), row.peer, written(row.theirs))
        ratio = f"{row.ratio:.2g}" if row.ratio < 1 else f"{row.ratio:.1f}"
        lines.append((row.name, *times, ratio, f"{row.goal:.3g}", "yes" if row.reached else "NO"))
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def run_inside(config, database, name):
    """Inside Odoo's process: run one benchmark, print its table, return the status."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.tools import config as odoo_config

    odoo_config.parse_config(["-c", config, "-d", database, "--log-level=warn", "--no-http"], setup_logging=True)
    spec = importlib.util.spec_from_file_location(f"bench_{name}", FOLDER / f"bench_{name}.py")
    module = importlib.util.module_from_spec(spec)
    registry = Registry(database)
    spec.loader.exec_module(module)
    with registry.cursor() as cursor:
        rows = list(module.run(api.Environment(cursor, SUPERUSER_ID, {})))
    print("\n" + table(rows) + "\n", flush=True)
    return 0 if rows and all(row.reached for row in rows) else 1


if __name__ == "__main__":
    # the benchmark imports Row from this module under its full name
    from sozial_setup.bench import run_inside as run

    sys.exit(run(*sys.argv[1:]))
