"""What the benchmarks share: peers from PyPI, medians and measurements that take turns."""

import statistics
import subprocess
import sys

from .places import RUNTIME


def install_peer(env, module, requirements):
    """Get a peer's addon from PyPI into an ignored folder, show it to Odoo and install it.

    :param env: environment of the superuser; use the one that is returned afterwards, the registry is new
    :param str module: name of the addon
    :param requirements: its distributions, each with its version
    """
    import odoo.addons

    folder = RUNTIME / "bench-peers" / module  # of its own: pip replaces no folder that two of them share
    if not (folder / "odoo" / "addons" / module).exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), *requirements]
        subprocess.run(command, check=True)
    sys.path.append(str(folder))
    odoo.addons.__path__.append(str(folder / "odoo" / "addons"))
    env["ir.module.module"].update_list()
    return install_addons(env, module)


def install_addons(env, *modules):
    """Install addons that Odoo finds already; the registry is built anew."""
    env["ir.module.module"].search([("name", "in", modules)]).button_immediate_install()
    return env(cr=env.cr)


def median(measure, times, warm=3):
    """The middle of several measurements, the first ones not counted."""
    return statistics.median([measure() for _turn in range(times + warm)][warm:])


def side_by_side(*measures, times=40, warm=3):
    """Medians of measurements that take turns, so that a busy machine is busy for all."""
    rounds = [[measure() for measure in measures] for _turn in range(times + warm)][warm:]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]
