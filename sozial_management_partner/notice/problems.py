"""What must not stand in a published notice."""

import re

# what somebody forgot to fill in
LEFTOVER = re.compile(
    r"\[[^\]\n]{0,80}\]|\{[^}\n]{0,80}\}|<<[^>\n]{0,80}>>|_{3,}|\.{4,}|…{2,}|#{3,}"
    r"|\bX{2,}\b|\bTODO\b|\bTBD\b|\bN\.\s?N\.|\bLorem ipsum\b"
    r"|bitte (?:ergänzen|ausfüllen|eintragen|einfügen)|hier (?:einfügen|eintragen|ergänzen)|\bPlatzhalter\b|\bMustertext\b",
    re.IGNORECASE,
)


def leftovers(text):
    """Placeholders in a plain text, in their order: ``[Name]``, ``___``, ``XX``, “bitte ergänzen”."""
    return [match.group() for match in LEFTOVER.finditer(text)]
