"""Databases made once and copied: keyed by what is in the addons."""

import hashlib
import json
import os
import shutil
import time

from . import pins
from .places import RUNTIME, TOP, checkout_key, common_addons, foreign_dependencies, own_addons, short_key

# Of no influence on an installed database. Translations do count: they are loaded.
IGNORED_FOLDERS = {"tests", "__pycache__", "readme"}
IGNORED_SUFFIXES = {".md", ".rst", ".pyc", ".pot", ".toml"}
LANGUAGE = "de_DE"
KEPT_TEMPLATES = 3


def addon_files(addon):
    """The files of an addon that shape a database, in a fixed order."""
    for base, folders, names in os.walk(TOP / addon):
        folders[:] = sorted(name for name in folders if name not in IGNORED_FOLDERS)
        for name in sorted(names):
            if os.path.splitext(name)[1] not in IGNORED_SUFFIXES:
                yield os.path.join(base, name)


def addons_hash():
    """One hash over the content of all addons, without their tests and texts for people."""
    digest = hashlib.sha256()
    for addon in sorted(own_addons()):
        for path in addon_files(addon):
            digest.update(os.path.relpath(path, TOP).encode() + b"\0")
            with open(path, "rb") as file:
                digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()[:12]


class Templates:
    """Template databases on one server: Odoo's own addons below, ours on top."""

    def __init__(self, command, demo=True):
        self.command = command
        self.connection = command.connection
        self.prefix = f"sozial_{checkout_key()}_"
        self.kind = "" if demo else "plain_"
        self.demo = ["--with-demo"] if demo else []

    def base(self):
        """Odoo's own addons with demo data and German; survives every change of ours."""
        made_of = (self.command.odoo.key, pins.ODOO_SERIES, foreign_dependencies(), LANGUAGE, "pg_trgm")
        name = self.prefix + self.kind + "base_" + short_key(*made_of)
        if name not in self.connection.databases(name):
            arguments = ["-i", ",".join(foreign_dependencies()), *self.demo, f"--load-language={LANGUAGE}"]
            self._build(name, "template0", "installing Odoo's own addons for the tests (once)", *arguments)
        self._used(name)
        return name

    def current(self):
        """The template with the addons as they are now."""
        base = self.base()
        name = self.prefix + self.kind + "template_" + short_key(base, addons_hash())
        if name not in self.connection.databases(name):
            self._build(name, base, "installing the addons for the tests", "-i", ",".join(common_addons()), *self.demo)
        self._used(name)
        self._prune()
        return name

    def scratch(self, name):
        """A fresh copy of the current template under ``name``."""
        template = self.current()
        self.remove(name)
        self.connection.create(name, template)
        copy_files(self._files(template), self._files(name))
        return name

    def remove(self, name):
        """Drop a database with its files."""
        self.connection.drop(name)
        shutil.rmtree(self._files(name), ignore_errors=True)

    def _build(self, name, origin, what, *arguments):
        part = name + "_part"  # half a template is never taken for a whole one
        self.remove(part)
        self.connection.create(part, origin)
        if origin != "template0":
            copy_files(self._files(origin), self._files(part))
        self.command.install(part, what, *arguments)
        move_files(self._files(part), self._files(name))
        self.connection.rename(part, name)

    def _files(self, name):
        return self.command.data_dir / "filestore" / name

    @property
    def _register(self):
        return RUNTIME / "templates.json"

    def _read_register(self):
        try:
            return json.loads(self._register.read_text())
        except (OSError, ValueError):
            return {}

    def _used(self, name):
        temporary = self._register.with_suffix(".part")
        temporary.write_text(json.dumps(self._read_register() | {name: time.time()}))
        temporary.rename(self._register)

    def _prune(self):
        """Drop templates nobody used lately and what killed test runs left behind."""
        used = self._read_register()
        names = self.connection.databases(self.prefix)
        for kind, kept in (("base_", 1), ("template_", KEPT_TEMPLATES), ("plain_base_", 1), ("plain_template_", 1)):
            found = [name for name in names if name.startswith(self.prefix + kind)]
            for name in sorted(found, key=lambda name: -used.get(name, 0))[kept:]:
                self.remove(name)
        for name in names:
            if name.startswith(self.prefix + "run_") and not _is_alive(name[len(self.prefix) + 4 :].split("-")[0]):
                self.remove(name)

    def run_name(self):
        """Name of the database of this very command."""
        return f"{self.prefix}run_{os.getpid()}"


def _is_alive(pid):
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        pass
    return True


def copy_files(origin, target):
    """Copy a filestore; its files never change, so links do."""
    shutil.rmtree(target, ignore_errors=True)
    if not origin.exists():
        return

    def link(source, destination):
        try:
            os.link(source, destination)
        except OSError:
            shutil.copy2(source, destination)

    shutil.copytree(origin, target, copy_function=link)


def move_files(origin, target):
    """Give a filestore another name."""
    shutil.rmtree(target, ignore_errors=True)
    if origin.exists():
        origin.rename(target)


def stale_stamp(stamp, text):
    """Whether a stamp file does not hold ``text``."""
    try:
        return stamp.read_text() != text
    except OSError:
        return True

