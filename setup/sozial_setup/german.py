"""What makes one German translation unacceptable; plain Python, used by lint and by the tests."""

import re

# Written alike in English and German. Every other translation that equals its source was forgotten.
SAME_IN_BOTH = frozenset(
    {
        # the federal states that are called the same
        "Baden-Württemberg", "Berlin", "Brandenburg", "Bremen", "Hamburg", "Saarland", "Schleswig-Holstein",
        "IBAN", "Minijob", "Wohngeld",
        "CSV", "Dari", "Excel", "Farsi", "Hindi", "ID", "II", "III", "IV", "Icon", "Import", "Mediation",
        "Name", "Normal", "Organisation", "PDF",
        "Person", "Phase", "Position", "RSS", "Romani", "Somali", "Start", "Status", "Team", "Text", "Tigrinya",
        "Urdu", "VI", "VII", "m²", "§ 517 ZPO", "§ 721 ZPO",
    }
)  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf.]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
LETTERS = re.compile(r"[^\W\d_]{2}")
# titles, placeholders and labels inside markup are to be translated, the rest of a tag is not
TRANSLATED_ATTRIBUTE = re.compile(r"\b(?:title|placeholder|aria-label|alt|string|confirm)=(\"[^\"]*\"|'[^']*')")


def problem(source, german):
    """Why ``german`` does not do for ``source``, in a few words; ``None`` if it does."""
    if not german.strip():
        return "no German"
    if german == source and source not in SAME_IN_BOTH and LETTERS.search(_readable(source)):
        return "still English"
    if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(german)):
        return "other placeholders"
    if _tags(source) != _tags(german):
        return "other markup"
    if source.endswith("\n") != german.endswith("\n"):
        return "other line end"
    if "»" in german or "«" in german:
        return "quotes are written „…“"
    return None


def _readable(text):
    """``text`` without what nobody reads as words: placeholders, markup and the code of a file name."""
    return "" if "object." in text else TAG.sub(" ", PLACEHOLDER.sub(" ", text))


def _tags(text):
    return sorted(TRANSLATED_ATTRIBUTE.sub("", tag) for tag in TAG.findall(text))
