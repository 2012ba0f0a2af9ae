"""Where things lie: the checkout, its addons, and the ignored folder for all that is fetched."""

import ast
import contextlib
import fcntl
import hashlib
import os
import shutil
from pathlib import Path

from .messages import SetupError, say

TOP = Path(__file__).resolve().parents[2]
RUNTIME = TOP / ".runtime"
GIB = 1024**3
# Odoo's own addons that draw in charts of accounts, exchange of invoices, games and more libraries: what is glued
# to them is installed and tested in a copy of its own (tests/lifecycle), not in everybody's template
HEAVY = frozenset({"account", "event", "survey"})
held = []  # descriptors of locks that started programs share


def short_key(*parts):
    """A short, stable name for ``parts``."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]


def checkout_key():
    """Tells several checkouts on one machine (and one database server) apart."""
    return short_key(TOP)[:6]


def own_addons():
    """The addons of this checkout, by name, in the order of their dependencies."""
    manifests = {
        path.parent.name: ast.literal_eval(path.read_text(encoding="utf-8"))
        for path in sorted(TOP.glob("*/__manifest__.py"))
    }
    ordered = {}

    def add(name):
        if name in manifests and name not in ordered:
            for dependency in manifests[name].get("depends", []):
                add(dependency)
            ordered[name] = manifests[name]

    for name in manifests:
        add(name)
    return ordered


def installed_by_default():
    """The addons a running system gets; glue addons come by themselves with what they glue."""
    return [name for name, manifest in own_addons().items() if not manifest.get("auto_install")]


def common_addons():
    """Those of `own_addons` that are installed together in the templates of the tests."""
    return {name: manifest for name, manifest in own_addons().items() if not HEAVY & set(manifest.get("depends", []))}


def foreign_dependencies():
    """Odoo's own addons that the addons of this checkout need."""
    own = common_addons()
    return sorted({name for manifest in own.values() for name in manifest.get("depends", [])} - set(own))


def prepare_runtime():
    """Make the folder for all that is fetched, or say why that is impossible."""
    try:
        RUNTIME.mkdir(exist_ok=True)
        for name in ("home", "logs", "cache", "bin"):
            (RUNTIME / name).mkdir(exist_ok=True)
        (RUNTIME / "home" / ".writable").touch()
    except OSError as error:
        raise SetupError(
            f"{RUNTIME} cannot be written ({error.strerror}). Run as the user who owns it, or remove it and try again."
        ) from None


def require_space(gibibytes, what):
    """Refuse before a long download when the disk would run full in the middle of it."""
    free = shutil.disk_usage(RUNTIME).free / GIB
    if free < gibibytes:
        raise SetupError(
            f"too little disk space for {what}: {free:.1f} GB free below {RUNTIME}, {gibibytes} GB needed. "
            "Free some space and run the command again."
        )


@contextlib.contextmanager
def exclusive():
    """One set-up at a time in a checkout.

    The programs it starts hold the lock too: when a set-up is killed, the next one waits
    until what it left running has ended.
    """
    with open(RUNTIME / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("-> waiting for another set-up of this checkout to finish")
            fcntl.flock(lock, fcntl.LOCK_EX)
        held.append(lock.fileno())
        try:
            yield
        finally:
            held.clear()


def usable_home(environ=os.environ):
    """The caller's home if programs can write there (their settings count), else our own."""
    home = environ.get("HOME", "")
    if home and os.path.isdir(home) and os.access(home, os.W_OK):
        return home
    return str(RUNTIME / "home")


def tool_environment():
    """Environment for the package tools: the caller's, with a home that can be written."""
    return {**os.environ, "HOME": usable_home(), "LC_ALL": "C.UTF-8"}
