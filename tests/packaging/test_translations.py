"""German is complete: every exported term of every addon has its translation."""

from pathlib import Path

import polib
import pytest

from sozial_setup.german import SAME_IN_BOTH, problem

TOP = Path(__file__).resolve().parents[2]
ADDONS = sorted(path.parent.name for path in TOP.glob("*/__manifest__.py"))


def terms(addon):
    return polib.pofile(str(TOP / addon / "i18n" / f"{addon}.pot"))


def german(addon):
    return polib.pofile(str(TOP / addon / "i18n" / "de.po"))


def test_addons_are_found():
    assert len(ADDONS) >= 5


@pytest.mark.parametrize("addon", ADDONS)
def test_every_term_has_good_german(addon):
    entries = {entry.msgid: entry.msgstr for entry in german(addon)}
    found = {entry.msgid: problem(entry.msgid, entries.get(entry.msgid, "")) for entry in terms(addon)}
    assert found, "an addon has terms, at least the names of its models or groups"
    assert {text: reason for text, reason in found.items() if reason} == {}


@pytest.mark.parametrize("addon", ADDONS)
def test_no_uncertain_doubled_or_left_over_entry(addon):
    entries = german(addon)
    assert not [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete]
    ids = [entry.msgid for entry in entries]
    assert sorted(ids) == sorted(set(ids))
    assert set(ids) == {entry.msgid for entry in terms(addon)}


def test_every_word_that_is_excused_is_in_use():
    used = {entry.msgid for addon in ADDONS for entry in terms(addon)}
    assert set() == SAME_IN_BOTH - used


@pytest.mark.parametrize(
    "source, translation, reason",
    [
        ("Case", "", "no German"),
        ("Case", " ", "no German"),
        ("Case", "Case", "still English"),
        ("%s tenancies", "%s tenancies", "still English"),
        ("%s tenancies", "Mietverhältnisse", "other placeholders"),
        ("%(name)s of %(all)s", "%(name)s von %(al)s", "other placeholders"),
        ("<b>Done.</b>", "Fertig.", "other markup"),
        ("Line\n", "Zeile", "other line end"),
        ("»My day«", "»Mein Tag«", "quotes are written „…“"),
        ("Case", "Fall", None),
        ("Name", "Name", None),
        ("%(first)s, %(second)s", "%(second)s, %(first)s", None),
        ('<span title="Close">x</span>', '<span title="Schließen">x</span>', None),
    ],
)
def test_the_rules(source, translation, reason):
    assert problem(source, translation) == reason
