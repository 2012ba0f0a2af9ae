"""The virtual environment with Odoo's Python packages."""

import os
import subprocess
import sys

from . import debian, pins, steps
from .messages import SetupError, step
from .places import RUNTIME, TOP, require_space, short_key, tool_environment

LOG = RUNTIME / "logs" / "python.log"
REQUIREMENTS = TOP / "setup" / "requirements.txt"
TEST_REQUIREMENTS = TOP / "setup" / "requirements-test.txt"


def python():
    """The interpreter of the environment (it may not exist yet)."""
    return _folder() / "bin" / "python"


def _folder():
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return RUNTIME / f"python-{version}-{short_key(REQUIREMENTS.read_bytes(), os.path.realpath(sys.base_prefix))}"


def ensure(with_tests=False):
    """Make the environment complete and return its interpreter.

    An interrupted installation goes on with what is there: pip skips the packages that are
    complete, and keeps downloads in the project's own cache.
    """
    folder = _folder()
    if not steps.is_complete(folder, folder.name):
        require_space(2, "the Python packages")
        if not _has_pip(folder):
            _make(folder)
        _install(folder, REQUIREMENTS, "Odoo's Python packages")
        steps.mark_complete(folder, folder.name)
        for old in RUNTIME.glob("python-3*"):
            if old != folder:
                steps.remove_tree(old)
    if with_tests:
        marker = folder / f".tests-{short_key(TEST_REQUIREMENTS.read_bytes())}"
        if not marker.exists():
            _install(folder, TEST_REQUIREMENTS, "the test tools")
            marker.touch()
    return python()


def _has_pip(folder):
    interpreter = folder / "bin" / "python"
    command = [str(interpreter), "-m", "pip", "--version"]
    return interpreter.exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0


def _make(folder):
    with step("making a virtual environment"):
        base = [sys.executable, "-m", "venv", "--clear", str(folder)]
        if subprocess.run(base, capture_output=True, env=tool_environment(), check=False).returncode == 0:
            return
        # Debian's bare python3 comes without ensurepip: pip's wheel is a package of its own
        steps.run_tool(
            [*base, "--without-pip"],
            "no virtual environment can be made. Install Python's venv module (Debian, Ubuntu: apt install python3-venv).",
            LOG,
        )
    wheel = _pip_wheel()
    steps.run_tool(
        [str(folder / "bin/python"), str(wheel) + "/pip", "install", "--no-index", "--quiet", str(wheel)],
        "pip could not be installed. Install Python's venv module (Debian, Ubuntu: apt install python3-venv).",
        LOG,
        env=_pip_environment(),
    )


def _pip_wheel():
    hint = "pip is missing. Install Python's venv module (Debian, Ubuntu: apt install python3-venv) and run the command again."
    sources = debian.own_sources()
    if not sources:
        raise SetupError(hint)
    folder = RUNTIME / "cache" / "own-release"
    apt = debian.PrivateApt(folder, sources)
    apt.update()
    versions = apt.versions(pins.PIP_DEBIAN)
    if not versions:
        raise SetupError(hint)
    target = RUNTIME / "cache" / "pip-wheel"
    if not steps.is_complete(target, versions[0]):
        files = apt.download({pins.PIP_DEBIAN: versions[0]}, RUNTIME / "cache" / "debian")
        with steps.staged(target, versions[0]) as stage:
            debian.unpack(files, stage, LOG)
    return next(target.glob("usr/share/python-wheels/pip-*.whl"))


def _pip_environment():
    environment = tool_environment()
    environment.update(PIP_CACHE_DIR=str(RUNTIME / "cache" / "pip"), PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV", "PYTHONPATH", "PYTHONHOME"):
        environment.pop(name, None)
    return environment


def _install(folder, requirements, what):
    def progress():
        return f"{sum(1 for _ in folder.glob('lib/python3*/site-packages/*.dist-info'))} packages"

    with step(f"installing {what}", progress):
        steps.run_tool(
            [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--no-deps", "-r", str(requirements)],
            f"{what} could not be installed. Check the network, then run the command again: it goes on where it stopped.",
            LOG,
            env=_pip_environment(),
        )


def site_packages():
    """Where the packages of the environment lie."""
    return next(_folder().glob("lib/python3*/site-packages"))
