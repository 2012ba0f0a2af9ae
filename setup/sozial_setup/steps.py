"""Steps that can be interrupted anywhere: built aside, renamed when complete."""

import contextlib
import os
import shutil
import stat
import subprocess

from . import places
from .messages import SetupError

STAMP = ".complete"


def is_complete(folder, key):
    """Whether ``folder`` was finished for exactly this ``key``."""
    try:
        return (folder / STAMP).read_text() == key
    except OSError:
        return False


def mark_complete(folder, key):
    """Stamp ``folder``; the stamp appears at once or not at all."""
    temporary = folder / (STAMP + ".part")
    temporary.write_text(key)
    temporary.rename(folder / STAMP)


def remove_tree(folder):
    """Delete a folder, also when a package left read-only folders in it."""

    def unlock(function, path, _error):
        os.chmod(os.path.dirname(path), stat.S_IRWXU)
        if not os.path.islink(path):
            os.chmod(path, stat.S_IRWXU)
        function(path)

    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder, onerror=unlock)


@contextlib.contextmanager
def staged(target, key):
    """Yield an empty folder that becomes ``target`` when the block ends without an error."""
    stage = target.with_name(target.name + ".part")
    remove_tree(stage)
    stage.mkdir(parents=True)
    yield stage
    mark_complete(stage, key)
    remove_tree(target)
    stage.rename(target)


def run_tool(command, problem, log, **options):
    """Run a program with its output in ``log``; raise ``problem`` as one line if it fails.

    :param problem: what a person reads: what failed and what to do
    """
    with open(log, "ab") as output:
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False, pass_fds=places.held, **options
            )  # fmt: skip
        except FileNotFoundError:
            raise SetupError(f"the program {command[0]} is missing. {problem}") from None
    if done.returncode:
        raise SetupError(f"{problem} (details: {log})")
