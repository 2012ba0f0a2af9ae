"""``./setup/lint``: what a reader would find by hand, found by a machine.

ruff, pylint-odoo, well-formed XML, manifests, translations, left-overs. Ends with status 1
when anything is found. ``--update`` first writes the ``.pot`` files and carries new terms into
``de.po``, where they then wait for their German. ``--rights`` only prints the tables of rights.
"""

import argparse
import ast
import csv
import re
import subprocess
from xml.etree import ElementTree

from . import databases, prepare, rights_table
from .messages import say, step
from .odoo_command import wait
from .places import RUNTIME, TOP, common_addons, own_addons

PYLINT_OFF = (
    "missing-readme",  # readme fragments are enough, there is one README for all
    "consider-merging-classes-inherited",  # one topic a file: a large model is spread over several on purpose
    "super-method-mismatch",  # helpers named after what they do call super() of the method they serve
    "method-required-super",  # copy() that refuses
    "context-overridden",
    "missing-return",  # likewise
    "prefer-env-translation",  # does not see that _ is self.env._ in these methods
    "attribute-string-redundant",  # labels stand beside the field, also where Odoo would guess them
)
PYLINT = ("--rcfile=pyproject.toml", "--disable=all", "--enable=odoolint", f"--disable={','.join(PYLINT_OFF)}")
REQUIRED_KEYS = ("name", "summary", "version", "category", "author", "license", "depends")
DATA_FOLDERS = ("data", "security", "views", "report", "wizards", "demo")
# put together so that this file does not find itself
MARKS = ("TO" + "DO", "FIX" + "ME", r"\bX" + r"XX\b", "lorem " + "ipsum", r"\.skip" + r"Test\(", r"pytest\.mark\.sk" + "ip")
LEFT_OVER = re.compile("|".join(MARKS))
TEXT_SUFFIXES = {".py", ".xml", ".csv", ".js", ".scss", ".md", ".toml", ".po", ".sh"}

EXPORT_SCRIPT = """
from odoo.tools.translate import trans_export
for addon in {addons!r}:
    with open({folder!r} + "/" + addon + ".pot", "wb") as file:
        trans_export(None, [addon], file, "po", env)
"""


def main(arguments):
    """Run every check and report all findings."""
    parser = argparse.ArgumentParser(prog="setup/lint", description="Check code, data and translations.")
    parser.add_argument("--update", action="store_true", help="first bring .pot and de.po up to date with the addons")
    parser.add_argument("--rights", action="store_true", help="only write readme/RIGHTS.md from the rights the tests try")
    options = parser.parse_args(arguments)
    if options.rights:
        for file in rights_table.write():
            say(f"written: {file}")
        return 0
    with prepare.environment("tests", with_tests=True) as odoo:
        addons = list(own_addons())
        checks = {
            "ruff": lambda: tool(odoo, "ruff", "check", "--quiet", "."),
            "pylint-odoo": lambda: tool(odoo, "pylint", *PYLINT, *addons),
            "XML": lambda: report(xml_findings(addons)),
            "manifests": lambda: report(manifest_findings(addons)),
            "left-overs": lambda: report(left_over_findings()),
            "translations": lambda: translations(odoo, list(common_addons()), options.update),
        }
        failed = []
        for name, check in checks.items():
            say(f"-> {name}")
            if not check():
                failed.append(name)
    say(f"findings in: {', '.join(failed)}" if failed else "nothing found.")
    return 1 if failed else 0


def report(findings):
    """Print findings; whether there are none."""
    for finding in findings:
        say(f"   {finding}")
    return not findings


def tool(odoo, module, *arguments):
    """Run a checker of the environment on the checkout; whether it is content."""
    environment = {**odoo.environment(), "PYLINTHOME": str(RUNTIME / "cache" / "pylint")}
    return wait(subprocess.Popen([str(odoo.python), "-m", module, *arguments], cwd=TOP, env=environment)) == 0


def xml_findings(addons):
    """XML files that cannot be parsed."""
    findings = []
    for addon in addons:
        for path in sorted((TOP / addon).rglob("*.xml")):
            try:
                ElementTree.parse(path)
            except ElementTree.ParseError as error:
                findings.append(f"{path.relative_to(TOP)}: {error}")
    return findings


def manifest_findings(addons):
    """Manifests that lack something, name missing files or forget present ones."""
    findings = []
    for addon in addons:
        folder = TOP / addon
        manifest = ast.literal_eval((folder / "__manifest__.py").read_text(encoding="utf-8"))
        findings += [f"{addon}: the manifest has no {key}" for key in REQUIRED_KEYS if key not in manifest]
        if not re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest.get("version", "")):
            findings.append(f"{addon}: the version should look like 19.0.1.0.0")
        for needed in ("static/description/icon.png", "readme/DESCRIPTION.md", "pyproject.toml"):
            if not (folder / needed).exists():
                findings.append(f"{addon}: {needed} is missing")
        listed = [*manifest.get("data", []), *manifest.get("demo", [])]
        findings += [f"{addon}: {name} is listed twice" for name in sorted({name for name in listed if listed.count(name) > 1})]
        findings += [f"{addon}: {name} is listed but missing" for name in listed if not (folder / name).exists()]
        present = {
            str(path.relative_to(folder)) for part in DATA_FOLDERS for kind in ("*.xml", "*.csv") for path in (folder / part).rglob(kind)
        }
        findings += [f"{addon}: {name} is not in the manifest" for name in sorted(present - set(listed))]
        for path in sorted(folder.glob("security/*.csv")):
            with open(path, newline="", encoding="utf-8") as file:
                names = [row["id"] for row in csv.DictReader(file)]
            findings += [f"{path.relative_to(TOP)}: {name} is there twice" for name in sorted({n for n in names if names.count(n) > 1})]
    return findings


def left_over_findings():
    """Marks of unfinished work in tracked files."""
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=TOP, capture_output=True, text=True, check=False)
    if done.returncode:
        names = [str(path.relative_to(TOP)) for addon in own_addons() for path in (TOP / addon).rglob("*") if path.is_file()]
    else:
        names = done.stdout.splitlines()
    findings = []
    for path in (TOP / name for name in names):
        if path.suffix in TEXT_SUFFIXES and path.exists():
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                if LEFT_OVER.search(line):
                    findings.append(f"{path.relative_to(TOP)}:{number}: {line.strip()[:100]}")
    return findings


def translations(odoo, addons, update):
    """Export the terms from a database without demo data and compare them with the files."""
    templates = databases.Templates(odoo, demo=False)
    name = templates.scratch(templates.run_name())
    folder = RUNTIME / "i18n"
    folder.mkdir(exist_ok=True)
    try:
        with step("exporting the terms"):
            odoo.shell(name, EXPORT_SCRIPT.format(addons=addons, folder=str(folder)))
    finally:
        templates.remove(name)
    arguments = ["--update"] if update else []
    command = [str(odoo.python), "-m", "sozial_setup.translations", str(folder), *arguments, *addons]
    return wait(subprocess.Popen(command, cwd=TOP, env=odoo.environment())) == 0
