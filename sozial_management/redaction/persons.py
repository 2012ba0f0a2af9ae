"""Words of a German note by which it may be about somebody else than the client.

A proposal for the person who reviews, never a proof: whatever is found makes a paragraph
unsure, and what is unsure stays redacted.
"""

import re

# Beginnings of words: "Nachbar" finds "Nachbarin" and "Nachbarn".
RELATIONS = (
    "ehemann", "ehefrau", "ehepaar", "eheleute", "ehepartner", "gatte", "gattin", "partner", "lebensgefährt", "mutter", "vater",
    "eltern", "schwester", "bruder", "brüder", "geschwister", "sohn", "söhn", "tochter", "töchter", "enkel",
    "oma", "opa", "großmutter", "großvater", "großeltern", "onkel", "tante", "schwager", "schwägerin", "schwieger",
    "cousin", "neffe", "nichte", "verwandt", "familie", "nachbar", "freund", "bekannte", "mitbewohner", "untermieter",
    "hausmeister", "betreuer", "dolmetsch", "vermieter", "arzt", "ärztin", "lehrer", "erzieher", "kolleg", "beide", "gegenpartei",
)  # fmt: skip
WHOLE = frozenset(("mann", "kind", "kinder", "kindern", "kindes", "baby", "säugling", "mädchen", "junge", "jungen"))
# Words of a name that name nobody.
PARTICLES = frozenset(("frau", "herr", "herrn", "dr", "prof", "von", "van", "der", "den", "und", "zu", "zur", "al", "el", "de", "da"))
ADDRESS = re.compile(r"\b(?:Frau|Fr\.|Herrn?|Hr\.|Familie|Fam\.|Eheleute)\s+(?:(?:Dr|Prof)\.\s*)*([^\W\d_][\w’'-]+)")
WORD = re.compile(r"[^\W\d_][\w’'-]*")


def _words(name):
    """Words by which somebody with this name may be meant."""
    found = {word.casefold() for word in WORD.findall(name or "")}
    found |= {part for word in found for part in re.split(r"[-’']", word)}
    return {word for word in found if len(word) > 1 and word not in PARTICLES}


def _forms(words):
    """Names as they stand in sentences: also with the s of the genitive."""
    return words | {f"{word}s" for word in words}


def about_others(paragraph, own_name, other_names=()):
    """Words that speak of somebody else, in the order of the text, each once.

    :param str own_name: name of the person the paragraph shall be about alone
    :param other_names: names of the others of the case; a surname that both have counts,
        for nobody can tell whom it means
    """
    own = _forms(_words(own_name))
    others = _forms(set().union(*(_words(name) for name in other_names)))
    addressed = {match.group(1).casefold() for match in ADDRESS.finditer(paragraph)} - own
    found = {}
    for match in WORD.finditer(paragraph):
        word = match.group().casefold()
        if (
            word in others
            or word in addressed
            or word in WHOLE
            or (word not in own and word.startswith(RELATIONS))
        ):
            found.setdefault(word, match.group())
    return list(found.values())
