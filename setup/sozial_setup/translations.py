"""Compare exported terms with ``.pot`` and ``de.po``; runs in the virtual environment (polib)."""

import sys
from pathlib import Path

import polib

from .german import problem
from .places import TOP


def findings(addon, exported):
    """What is wrong with the translations of one addon."""
    folder = TOP / addon / "i18n"
    pot, german = folder / f"{addon}.pot", folder / "de.po"
    found = []
    wanted = {entry.msgid for entry in exported}
    if not wanted:
        return []
    if not pot.exists() or not german.exists():
        return [f"{addon}: i18n/{name.name} is missing" for name in (pot, german) if not name.exists()]
    have = {entry.msgid for entry in polib.pofile(str(pot))}
    found += [f"{pot.name}: not up to date, lacks: {text[:80]!r}" for text in sorted(wanted - have)]
    found += [f"{pot.name}: not up to date, no longer used: {text[:80]!r}" for text in sorted(have - wanted)]
    entries = {entry.msgid: entry for entry in polib.pofile(str(german)) if not entry.obsolete}
    for text in sorted(wanted):
        entry = entries.get(text)
        where = f"{addon}/i18n/de.po"
        if entry is not None and entry.fuzzy:
            found.append(f"{where}: uncertain (fuzzy): {text[:80]!r}")
        elif reason := problem(text, entry.msgstr if entry else ""):
            found.append(f"{where}: {reason}: {text[:80]!r}")
    return found


def update(addon, exported):
    """Write the ``.pot`` and carry new terms into ``de.po``; known German stays."""
    folder = TOP / addon / "i18n"
    folder.mkdir(exist_ok=True)
    for key in ("POT-Creation-Date", "PO-Revision-Date"):
        exported.metadata.pop(key, None)  # a date alone is no change
    exported.sort(key=lambda entry: (entry.comment, entry.msgid))
    exported.save(str(folder / f"{addon}.pot"))
    path = folder / "de.po"
    german = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {entry.msgid: entry for entry in german}
    fresh = polib.POFile(wrapwidth=78)
    fresh.metadata = {**exported.metadata, "Language": "de", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    for entry in exported:
        old = known.get(entry.msgid)
        fresh.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgstr=old.msgstr if old else "",
                comment=entry.comment,
                occurrences=entry.occurrences,
                flags=[flag for flag in entry.flags if flag != "fuzzy"],
            )
        )
    fresh.save(str(path))


def main(folder, *arguments):
    """Check, after an update if asked; the status is 1 when something is found."""
    addons = [argument for argument in arguments if argument != "--update"]
    found = []
    for addon in addons:
        exported = polib.pofile(str(Path(folder) / f"{addon}.pot"))
        if "--update" in arguments and len(exported):
            update(addon, exported)
        found += findings(addon, exported)
    for line in found[:200]:
        print(f"   {line}")
    if len(found) > 200:
        print(f"   and {len(found) - 200} more")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
