"""Debian packages without installing them: a private apt state, then ``dpkg-deb -x``.

Apt itself checks the signed hashes and resumes what was interrupted. The mirror's address
comes from the machine's own sources; nothing of the machine is changed and no root is needed.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from . import steps
from .messages import SetupError, step, warn
from .places import short_key, tool_environment

ETC = Path("/etc/apt")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


def parse_list(text):
    """Entries of a one-line source list: ``deb [options] uri suite components…``."""
    for line in text.splitlines():
        match = re.match(r"deb\s+(?:\[(?P<options>[^\]]*)\]\s*)?(?P<uri>\S+)\s+(?P<suite>\S+)\s*(?P<rest>[^#]*)", line.strip())
        if match:
            options = dict(part.split("=", 1) for part in (match["options"] or "").split() if "=" in part)
            entry = {"uris": [match["uri"]], "suites": [match["suite"]], "components": match["rest"].split()}
            if "signed-by" in options:
                entry["signed-by"] = options["signed-by"]
            yield entry


def parse_deb822(text):
    """Entries of a ``.sources`` file (deb822 stanzas; a keyring may be written inside)."""
    for stanza in re.split(r"\n\s*\n", "\n".join(line for line in text.splitlines() if not line.startswith("#"))):
        fields, name = {}, None
        for line in stanza.splitlines():
            if line[:1].isspace() and name:
                fields[name] += "\n" + line
            elif ":" in line:
                name, value = line.split(":", 1)
                name = name.strip().lower()
                fields[name] = value.strip()
        if "deb" not in fields.get("types", "").split() or fields.get("enabled", "yes").lower() == "no":
            continue
        entry = {key: fields.get(key, "").split() for key in ("uris", "suites", "components")}
        if "signed-by" in fields:
            entry["signed-by"] = fields["signed-by"]
        yield entry


def machine_sources(etc=ETC):
    """All binary sources the machine itself uses."""
    files = [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*"))]
    entries = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if path.suffix == ".sources":
            entries += parse_deb822(text)
        elif path.suffix == ".list":
            entries += parse_list(text)
    return entries


def os_release(path=Path("/etc/os-release")):
    """ID and VERSION_CODENAME of the machine, empty where unknown."""
    try:
        pairs = (line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)
        return {key: value.strip().strip("\"'") for key, value in pairs}
    except OSError:
        return {}


GENERIC_SUITES = ("stable", "testing", "unstable", "sid", "oldstable", "rolling")
OWN_SUFFIXES = ("", "-updates", "-security", "/updates")


def distribution_sources(entries, codename):
    """The distribution's own entries (updates included), without third parties.

    Suites are named by the release's code name; only where no entry does that, by general
    names like ``stable``, which third parties use too.
    """
    for names in ([codename] if codename else [], GENERIC_SUITES):
        suites = {name + suffix for name in names for suffix in OWN_SUFFIXES}
        found = [entry for entry in entries if "main" in entry["components"] and suites & set(entry["suites"])]
        if found:
            return found
    return []


def mirror_entry(entries, codename):
    """The entry that carries the distribution itself, so neither security nor updates."""
    found = [
        entry
        for entry in distribution_sources(entries, codename)
        if any("-" not in suite and "/" not in suite for suite in entry["suites"])
    ]
    found.sort(key=lambda entry: not any("debian" in uri for uri in entry["uris"]))
    return found[0] if found else None


def is_debian():
    """Whether this is a Debian whose archive can be read by its own tools."""
    return os_release().get("ID") == "debian" and has_apt()


def has_apt():
    """Whether the programs for fetching and unpacking packages are here."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def stanza(entry, suites=None, keyring=None):
    """One deb822 stanza for apt."""
    lines = [
        "Types: deb",
        "URIs: " + " ".join(entry["uris"]),
        "Suites: " + " ".join(suites or entry["suites"]),
        "Components: " + ("main" if suites else " ".join(entry["components"])),
    ]
    signed_by = entry.get("signed-by") or keyring
    if signed_by:
        lines.append(f"Signed-By: {signed_by}")
    return "\n".join(lines) + "\n"


def archive_sources(suites):
    """Sources text for fixed Debian suites at the machine's own mirror, None where there is none."""
    if not is_debian():
        return None
    entry = mirror_entry(machine_sources(), os_release().get("VERSION_CODENAME", ""))
    return entry and stanza(entry, suites, KEYRING if KEYRING.exists() else None)


def own_sources():
    """Sources text for the machine's own release, None where there is none."""
    if not has_apt():
        return None
    entries = distribution_sources(machine_sources(), os_release().get("VERSION_CODENAME", ""))
    return "\n".join(map(stanza, entries)) or None


CONFIGURATION = """\
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::State "{folder}/state";
Dir::State::Lists "{folder}/state/lists";
Dir::State::status "{status}";
Dir::Cache "{folder}/cache";
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "{folder}/sources";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::Log "{folder}/log";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::Check-Valid-Until "false";
APT::Sandbox::User "";
"""


class PrivateApt:
    """Apt with its own state in ``folder``; the machine's settings (proxy, keys) stay in force."""

    def __init__(self, folder, sources, status=None):
        """:param status: a dpkg status file that tells what is installed; default: nothing is."""
        self.folder = folder
        for name in ("state/lists/partial", "cache/archives/partial", "sources", "log"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        if status is None:
            status = folder / "state" / "nothing-installed"
            status.touch()
        self.sources = sources
        (folder / "sources" / "mirror.sources").write_text(sources)
        (folder / "apt.conf").write_text(CONFIGURATION.format(folder=folder, status=status))
        self.environment = {**tool_environment(), "APT_CONFIG": str(folder / "apt.conf"), "DEBIAN_FRONTEND": "noninteractive"}
        self.log = folder / "log" / "apt.log"

    def update(self):
        """Fetch the package lists, once for each sources text."""
        if steps.is_complete(self.folder, short_key(self.sources)):
            return
        with step("reading the Debian archive's package lists"):
            steps.run_tool(
                ["apt-get", "update", "-q", "--error-on=any"],
                "the Debian archive cannot be read. Check the network (and a proxy), then run the command again.",
                self.log,
                env=self.environment,
            )
        steps.mark_complete(self.folder, short_key(self.sources))

    def versions(self, package):
        """All versions of ``package`` that the archive offers, newest first."""
        done = subprocess.run(["apt-cache", "madison", package], env=self.environment, capture_output=True, text=True, check=False)
        return list(dict.fromkeys(line.split("|")[1].strip() for line in done.stdout.splitlines() if line.count("|") >= 2))

    def choose(self, package, wanted, prefix=""):
        """The pinned version, or with a notice the newest one that starts with ``prefix``; None if there is none."""
        offered = self.versions(package)
        if wanted in offered:
            return wanted
        fitting = [version for version in offered if version.startswith(prefix)]
        if fitting:
            warn(f"the archive no longer has {package} {wanted}; {fitting[0]} is taken, which this project was not tested with.")
        return fitting[0] if fitting else None

    def missing_packages(self, names):
        """``(package, version)`` of all that the machine needs beyond what is installed."""
        done = subprocess.run(
            ["apt-get", "install", "-s", "-y", "--no-install-recommends", *names],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            reason = next((line for line in done.stderr.splitlines() if line.startswith("E:")), "no reason given")
            raise SetupError(f"apt cannot resolve {' '.join(names)}: {reason}")
        return re.findall(r"^Inst (\S+) (?:\[[^\]]*\] )?\((\S+)", done.stdout, re.MULTILINE)

    def download(self, packages, into):
        """Fetch ``{name: version}`` below ``into`` (kept there for a repeated call) and return the files."""
        into.mkdir(parents=True, exist_ok=True)
        before = {path: path.stat().st_size for path in into.glob("*.deb")}

        def progress():
            size = sum(path.stat().st_size for path in into.glob("*.deb") if path not in before)
            return f"{size / 1e6:.0f} MB"

        names = list(packages)
        text = names[0] if len(names) == 1 else f"{len(names)} Debian packages"
        with step(f"fetching {text}", progress):
            steps.run_tool(
                ["apt-get", "download", "-q", *(f"{name}={version}" for name, version in packages.items())],
                f"{text} could not be fetched. Check the network, then run the command again: it goes on where it stopped.",
                self.log,
                env=self.environment,
                cwd=into,
            )
        return [self._file(into, name, version) for name, version in packages.items()]

    def _file(self, into, name, version):
        escaped = version.replace(":", "%3a")
        found = list(into.glob(f"{name.split(':')[0]}_{escaped}_*.deb"))
        if not found:
            raise SetupError(f"apt said it fetched {name} {version}, but the file is not in {into}. Remove that folder and try again.")
        return found[0]


def unpack(files, into, log):
    """Unpack packages into one folder."""
    for path in files:
        steps.run_tool(
            ["dpkg-deb", "-x", str(path), str(into)],
            f"{path.name} cannot be unpacked: it may be damaged or the disk full. Remove {path} and run the command again.",
            log,
        )


def dangling_links(folder):
    """Links below ``folder`` that lead nowhere."""
    found = []
    for base, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = os.path.join(base, name)
            if os.path.islink(path) and not os.path.exists(path):
                found.append(path)
    return found
