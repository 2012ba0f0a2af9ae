"""The parts of a consent's text.

A text is plain lines, so that it can be frozen, compared and printed without any tool:
a title after ``# ``, then sections that begin with ``[key] Heading``, their paragraphs a line
each, and lines after ``- `` for what was filled in (names, kinds of information, dates).
"""

import re
from dataclasses import dataclass, field

# Without each of these a consent is not informed: it must say who releases whom towards whom,
# what, what for, how long, that it is voluntary, how to withdraw it, and what is signed.
SECTIONS = ("who", "data", "purpose", "duration", "voluntary", "revocation", "confirmation")

HEADING = re.compile(r"^\[(\w+)\]\s*(.*)$")
# what a draft leaves behind when somebody forgot to finish it
LEFT_OPEN = re.compile(r"\.{4,}|…|_{3,}|\?{2,}|\bX{3}\b|\bTBD\b|\bN\.N\.|%\(?\w*\)?s|[{}<>]|\[[^\]]*\]|lorem", re.IGNORECASE)


class TextError(ValueError):
    """A text that cannot be read as title and sections."""


@dataclass
class Section:
    """One part of the text: its key, heading, paragraphs and what was filled in."""

    key: str
    heading: str
    paragraphs: list = field(default_factory=list)
    items: list = field(default_factory=list)


def parse(text):
    """Read a text.

    :return: ``(title, [Section, …])``
    :raise TextError: names the line that belongs nowhere
    """
    title, sections = "", []
    for number, raw in enumerate((text or "").splitlines(), 1):
        line = raw.strip()
        if not line:
            continue
        heading = HEADING.match(line)
        if heading:
            sections.append(Section(heading[1], heading[2].strip()))
        elif line.startswith("# ") and not title and not sections:
            title = line[2:].strip()
        elif not sections:
            raise TextError(f"{number}: {line[:60]}")
        elif line.startswith("- "):
            sections[-1].items.append(line[2:].strip())
        else:
            sections[-1].paragraphs.append(line)
    return title, sections


def problems(text):
    """What keeps a text from being handed out, as ``(code, detail)`` pairs; empty if nothing.

    Codes: ``unreadable`` line, ``no_title``, ``missing`` section, ``twice`` section,
    ``unknown`` section, ``empty`` section, ``left_open`` words.
    """
    try:
        title, sections = parse(text)
    except TextError as error:
        return [("unreadable", str(error))]
    keys = [section.key for section in sections]
    found = [] if title else [("no_title", "")]
    found += [("missing", key) for key in SECTIONS if key not in keys]
    found += [("twice", key) for key in sorted(set(keys)) if keys.count(key) > 1]
    found += [("unknown", key) for key in keys if key not in SECTIONS]
    found += [("empty", section.key) for section in sections if not section.heading or not any(map(_is_sentence, section.paragraphs))]
    words = [title, *(part for section in sections for part in (section.heading, *section.paragraphs))]
    found += [("left_open", match[0]) for match in map(LEFT_OPEN.search, words) if match]
    return found


def _is_sentence(paragraph):
    return len(paragraph.split()) >= 3


def filled(text, items):
    """The text with what was filled in: `items` maps a section's key to lines.

    A line break inside an item would look like a part of the text, so it becomes a blank.
    """
    title, sections = parse(text)
    lines = [f"# {title}"]
    for section in sections:
        lines += ["", f"[{section.key}] {section.heading}", *section.paragraphs]
        lines += [f"- {' '.join(str(item).split())}" for item in [*section.items, *items.get(section.key, ())]]
    return "\n".join(lines)
