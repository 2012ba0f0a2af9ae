"""Whether a text that shall be anonymous tells who it is about.

Unlike a proposal for a reviewer this stops somebody, so it must neither let a short name through
nor trip over words that everybody writes:

- **Parts of a name** count one by one, halves of double names too, also with the s of the genitive and with
  umlauts spelled out (»Mueller«).
- **Particles** (»von der«, »de la«) are written small within a name and tell nobody; neither do titles.
- **Short names** of two letters (»Li«, »Ng«), and names that are everyday words (»Klein«, »Lang«), count where
  the text writes them as a name: with a capital letter. Longer ones count in small letters too.
"""

import re

from .persons import PARTICLES, WORD

SHORT = 2
# Adjectives and the like that are family names, as a text writes them in small letters.
EVERYDAY = frozenset(
    ("alt", "arm", "blau", "braun", "breit", "ernst", "frei", "freitag", "fromm", "fröhlich", "früh", "grau", "grimm", "groß", "grün",
     "gut", "hart", "heiß", "hoch", "jung", "kalt", "klein", "klug", "krank", "krumm", "kurz", "lang", "lange", "neu", "recht", "reich",
     "rot", "roth", "sauer", "scharf", "schnell", "schwarz", "selig", "spät", "stark", "still", "stolz", "streng", "süß", "weich", "weiß",
     "will", "wild", "zart", "zorn")
)  # fmt: skip
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
PARTS = re.compile(r"[-’']")
STREET = re.compile(r"str(?:asse\b|\.)")


def _plain(text):
    """Small letters, umlauts spelled out."""
    return text.lower().translate(SPELLED_OUT).casefold()


def _parts(text):
    """Every part of every word, as written."""
    return [part for word in WORD.findall(text or "") for part in PARTS.split(word) if part]


def telling(name):
    """Parts of a name by which somebody is known, in small letters and spelled out."""
    written = [part for part in _parts(name) if len(part) > 1]
    capital = [part for part in written if not part.islower()] or written
    named = [part for part in capital if part.casefold() not in PARTICLES] or capital
    return {_plain(part) for part in named}


def _as_a_name(part):
    """Whether a text writes this so that it may be a name."""
    return not part.islower() or len(part) > SHORT and _plain(part) not in {_plain(word) for word in EVERYDAY}


def named_in(text, names, phrases=()):
    """What in a text tells who it is about.

    :param names: names of people
    :param phrases: what must not stand there word for word: a number, a street (»Str.« is »Straße«)
    :return: the words, as the text writes them, and the phrases; sorted, each once
    """
    parts = set().union(*map(telling, names))
    forms = parts | {f"{part}s" for part in parts if len(part) > SHORT}
    found = {part for part in _parts(text) if _plain(part) in forms and _as_a_name(part)}
    plain = STREET.sub("str", _plain(text or ""))
    for phrase in phrases:
        wanted = STREET.sub("str", _plain(phrase))
        if re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", plain):
            found.add(phrase)
    return sorted(found)
