"""One file out of a package of npm, by version and checksum."""

import base64
import hashlib
import tarfile

from . import steps
from .messages import SetupError, step
from .places import RUNTIME, tool_environment


def file_of(package, sha512, member, what, log):
    """Fetch ``package`` (name@version) and return the bytes of ``member``; nothing of another content is used.

    :param what: what a person reads while it is fetched, or when that fails
    """
    folder = RUNTIME / "cache" / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.tgz"):
        old.unlink()
    with step(f"fetching {what}"):
        steps.run_tool(
            ["npm", "pack", "--silent", package],
            f"npm could not fetch {what}. Check the network, then run the command again.",
            log,
            cwd=folder,
            env={**tool_environment(), "npm_config_cache": str(folder / "cache")},
        )
    archive = next(folder.glob("*.tgz"))
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != sha512:
        raise SetupError(f"what npm fetched for {what} is not the expected file (its checksum differs). Nothing was used of it.")
    with tarfile.open(archive) as package_file:
        return package_file.extractfile(f"package/{member}").read()
