"""Odoo 19: an existing one (ODOO_HOME), Debian's package, or a clone of the public repository."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import debian, npm, pins, steps
from .messages import SetupError, say, step, warn
from .places import RUNTIME, require_space, short_key, tool_environment

ARCHIVE = RUNTIME / "cache" / "archive"
DOWNLOADS = RUNTIME / "cache" / "debian"
LOG = RUNTIME / "logs" / "odoo-source.log"


@dataclass
class Odoo:
    """An Odoo 19 on this machine."""

    path: Path  # goes on PYTHONPATH: holds the package ``odoo``
    key: str  # changes when the source changes

    @property
    def addons_paths(self):
        """Folders with Odoo's addons beside the ones inside the package itself."""
        return [path for path in [self.path / "addons"] if (path / "web" / "__manifest__.py").exists()]


def series_of(package):
    """Major and minor version of the package folder ``odoo``, None if it is none."""
    try:
        text = (package / "release.py").read_text(encoding="utf-8")
    except OSError:
        return None
    match = re.search(r"^version_info\s*=\s*\(([^,]+),\s*(\d+)", text, re.MULTILINE)
    if not match:
        return None
    major = match[1].strip().strip("'\"")
    return (int(major) if major.isdigit() else major, int(match[2]))


def find_package(home):
    """The package folder ``odoo`` of an installation: checkout, unpacked package or site-packages."""
    candidates = [
        home,
        home / "odoo",
        home / "usr/lib/python3/dist-packages/odoo",
        *sorted(home.glob("lib/python3*/site-packages/odoo")),
        *sorted(home.glob("*/odoo")),
    ]
    return next((path for path in candidates if (path / "release.py").exists() and (path / "addons").is_dir()), None)


def existing(home):
    """The Odoo 19 that ODOO_HOME names, or a clear refusal."""
    home = Path(home).expanduser().absolute()
    package = find_package(home)
    if package is None:
        raise SetupError(f"ODOO_HOME={home} holds no Odoo. Name the folder of an Odoo 19 checkout, or unset ODOO_HOME.")
    series = series_of(package)
    if series != pins.ODOO_SERIES:
        version = ".".join(map(str, series or ["?"]))
        raise SetupError(f"ODOO_HOME={home} is Odoo {version}, needed is 19.0. Name another folder or unset ODOO_HOME.")
    key = short_key("home", package, (package / "release.py").stat().st_mtime)
    path = package.parent
    if path.name in ("dist-packages", "site-packages"):
        # only Odoo itself: the other packages there belong to another Python
        path = RUNTIME / "odoo" / key
        path.mkdir(parents=True, exist_ok=True)
        link = path / "odoo"
        if not link.is_symlink():
            link.symlink_to(package)
    say(f"-> using Odoo {'.'.join(map(str, series))} of ODOO_HOME: {package.parent}")
    return Odoo(path, key)


def ensure():
    """Get Odoo 19 by the first way that this machine offers."""
    if os.environ.get("ODOO_HOME"):
        return existing(os.environ["ODOO_HOME"])
    ready = _ready("debian") or _ready("git")
    if ready:
        return ready
    problem = None
    if debian.is_debian():
        try:
            return _from_debian()
        except SetupError as error:
            problem = str(error)
    if shutil.which("git"):
        if problem:
            warn(f"{problem} Trying Odoo's public repository instead.")
        return _from_git()
    raise SetupError(
        problem or "Odoo 19 cannot be fetched: neither Debian's apt nor git is here. Install git, or name an Odoo 19 in ODOO_HOME."
    )


def _key(kind):
    parts = (pins.ODOO_DEBIAN, sorted(pins.ASSETS.items()), pins.SELFIE_PACKAGE) if kind == "debian" else pins.ODOO_GIT
    return short_key(kind, *parts)


def _tree(kind):
    return RUNTIME / "odoo" / f"{kind}-{_key(kind)}"


def _ready(kind):
    tree = _tree(kind)
    if not steps.is_complete(tree, _key(kind)):
        return None
    return Odoo(tree / "usr/lib/python3/dist-packages" if kind == "debian" else tree, _key(kind))


def _from_debian():
    sources = debian.archive_sources([pins.ODOO_SUITE, pins.ASSET_SUITE])
    if not sources:
        raise SetupError("the machine's apt sources name no Debian mirror.")
    require_space(4, "Odoo 19")
    apt = debian.PrivateApt(ARCHIVE, sources)
    apt.update()
    name, pinned = pins.ODOO_DEBIAN
    version = apt.choose(name, pinned, "19.0.")
    if not version:
        raise SetupError("Debian's archive offers no Odoo 19.0.")
    packages = {name: version}
    for asset, wanted in pins.ASSETS.items():
        chosen = apt.choose(asset, wanted)
        if not chosen:
            raise SetupError(f"Debian's archive no longer offers {asset}.")
        packages[asset] = chosen
    files = apt.download(packages, DOWNLOADS)
    with steps.staged(_tree("debian"), _key("debian")) as stage:
        with step("unpacking Odoo 19 (1.2 GB)"):
            debian.unpack(files, stage, LOG)
        _add_selfie_library(stage / "usr/lib/python3/dist-packages/odoo/addons/mail")
        _check_tree(stage)
    for path in files:
        path.unlink()
    return _ready("debian")


def _check_tree(stage):
    dangling = debian.dangling_links(stage / "usr")
    if dangling:
        raise SetupError(f"{len(dangling)} files of Odoo are missing, first {dangling[0]}: its Debian packages do not fit together.")
    if not (stage / pins.FONT_CHECK).exists():
        raise SetupError("the Font Awesome package does not hold version 4.7, Odoo's icons would be missing.")
    if series_of(stage / "usr/lib/python3/dist-packages/odoo") != pins.ODOO_SERIES:
        raise SetupError("the Debian package is not Odoo 19.0.")


def _add_selfie_library(mail):
    """Put back the one library of the mail addon that Debian leaves out."""
    target = mail / "static/lib/selfie_segmentation/selfie_segmentation.js"
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if shutil.which("npm"):
        target.write_bytes(_selfie_from_npm())
        return
    warn("npm is not here: video calls of this Odoo cannot blur the background; nothing else is affected.")
    # the asset bundle fails as a whole when one of its files is missing
    target.write_text("// @mediapipe/selfie_segmentation was not available at set-up: no blurred backgrounds.\n")


def _selfie_from_npm():
    return npm.file_of(pins.SELFIE_PACKAGE, pins.SELFIE_SHA512, "selfie_segmentation.js", "one library of the mail addon", LOG)


def _from_git():
    url, branch = pins.ODOO_GIT
    require_space(4, "Odoo 19")
    with steps.staged(_tree("git"), _key("git")) as stage:
        with step("cloning Odoo 19 (about 500 MB)"):
            steps.run_tool(
                ["git", "clone", "--quiet", "--depth", "1", "--single-branch", "--branch", branch, url, str(stage / "clone")],
                "Odoo 19 could not be cloned. Check the network, or name an Odoo 19 in ODOO_HOME, then run the command again.",
                LOG,
                env={**tool_environment(), "GIT_TERMINAL_PROMPT": "0"},
            )
        if series_of(stage / "clone" / "odoo") != pins.ODOO_SERIES:
            raise SetupError("the clone is not Odoo 19.0.")
        for path in (stage / "clone").iterdir():
            path.rename(stage / path.name)
        (stage / "clone").rmdir()
    return _ready("git")
