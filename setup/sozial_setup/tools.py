"""Chromium for browser tests and wkhtmltopdf for PDFs, found or fetched."""

import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

from . import debian, npm, pins, steps
from .messages import SetupError, step, warn
from .places import RUNTIME, require_space, short_key

BIN = RUNTIME / "bin"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONTS = ["fonts-dejavu-core", "fonts-liberation"]
LOG = RUNTIME / "logs" / "tools.log"


def machine_path():
    """The caller's path without our own folder."""
    return os.pathsep.join(part for part in (os.environ.get("PATH") or "/usr/bin:/bin").split(os.pathsep) if part and Path(part) != BIN)


def find(names):
    """The first of ``names`` that the machine has and that really starts."""
    for name in names:
        path = shutil.which(name, path=machine_path())
        if path and starts(path):
            return path
    return None


def starts(path):
    """Whether a program answers to ``--version`` (Ubuntu's chromium may be an empty shell)."""
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False,
            env={**os.environ, "HOME": str(RUNTIME / "home")},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def ensure(with_browser):
    """Have wkhtmltopdf, and for tests a browser.

    Tests without either would hide broken pages and printing, so there it is an error; a
    running system only cannot print.
    """
    _ensure("wkhtmltopdf", ("wkhtmltopdf",), ["wkhtmltopdf", *FONTS], required=with_browser)
    if with_browser:
        _ensure("chromium", BROWSERS, ["chromium", *FONTS], required=True)
        _ensure_axe()


def _ensure(name, programs, packages, required):
    if find(programs):
        (BIN / name).unlink(missing_ok=True)
        return
    hint = f"{name} is missing and could not be fetched here. Install it (Debian: apt install {name}) and run the command again."
    try:
        if not (steps.is_complete(_tree(name), _key(name)) and (BIN / name).exists()):
            _fetch(name, packages)
        if not starts(str(BIN / name)):
            raise SetupError(hint)
    except SetupError as error:
        if required:
            raise
        warn(f"{error} Until then PDFs are not printed.")


def _ensure_axe():
    """Have axe-core. Without npm only the test that needs it fails, and says so."""
    folder = axe_script().parent
    if steps.is_complete(folder, pins.AXE_SHA512):
        return
    if not shutil.which("npm"):
        warn("npm is not here, so axe-core could not be fetched: the test of accessible pages will fail. Install npm and try again.")
        return
    script = npm.file_of(pins.AXE_PACKAGE, pins.AXE_SHA512, "axe.min.js", "axe-core", LOG)
    with steps.staged(folder, pins.AXE_SHA512) as stage:
        (stage / "axe.min.js").write_bytes(script)


def axe_script():
    """Where axe-core lies (it may not exist yet)."""
    return RUNTIME / "tools" / "axe-core" / "axe.min.js"


def _tree(name):
    return RUNTIME / "tools" / name


def _key(name):
    return short_key(name, debian.os_release().get("VERSION_ID"), platform.machine())


def _fetch(name, packages):
    sources = debian.own_sources()
    if not sources:
        raise SetupError(f"{name} is missing. Install it with your system's package manager and run the command again.")
    require_space(2, name)
    apt = debian.PrivateApt(RUNTIME / "cache" / "tools", sources, status="/var/lib/dpkg/status")
    apt.update()
    if not apt.versions(name):
        raise SetupError(f"{name} is missing and this system's archive has none. Install it and run the command again.")
    missing = dict(apt.missing_packages(packages))
    files = apt.download(missing, RUNTIME / "cache" / "debian")
    with steps.staged(_tree(name), _key(name)) as stage:
        with step(f"unpacking {name}"):
            debian.unpack(files, stage, LOG)
    for path in files:
        path.unlink()
    _write_wrapper(name)


def library_folders(tree):
    """Folders of a tree that hold shared libraries."""
    found = {path.parent for pattern in ("usr/lib/**/*.so*", "lib/**/*.so*") for path in tree.glob(pattern)}
    usual = re.compile(r"(usr/)?lib(/[^/]*-linux-[^/]*)?(/(pulseaudio|blas|lapack))?")
    plain = [path for path in found if usual.fullmatch(str(path.relative_to(tree)))]
    return sorted(plain, key=lambda path: len(path.parts))


def _write_wrapper(name):
    """A start script that finds libraries, fonts and plug-ins inside the unpacked tree."""
    tree = _tree(name)
    program = next(path for path in (tree / f"usr/lib/{name}/{name}", tree / f"usr/bin/{name}") if path.exists())
    fonts = tree / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"  <dir>{tree}/usr/share/fonts</dir>\n  <dir>/usr/share/fonts</dir>\n"
        f"  <cachedir>{RUNTIME}/cache/fontconfig</cachedir>\n</fontconfig>\n"
    )
    libraries = os.pathsep.join(map(str, library_folders(tree)))
    plugins = next(iter(tree.glob("usr/lib/*/qt5/plugins")), "")
    quoted = {key: "'" + str(value).replace("'", "'\\''") + "'" for key, value in locals().items()}
    script = BIN / f"{name}.part"
    script.write_text(
        "#!/bin/sh\n"
        f"LD_LIBRARY_PATH={quoted['libraries']}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}\n"
        f"FONTCONFIG_FILE={quoted['fonts']}\n"
        "export LD_LIBRARY_PATH FONTCONFIG_FILE\n"
        + (f"QT_PLUGIN_PATH={quoted['plugins']}\nexport QT_PLUGIN_PATH\n" if plugins else "")
        + f'exec {quoted["program"]} "$@"\n'
    )
    script.chmod(0o755)
    script.rename(BIN / name)
