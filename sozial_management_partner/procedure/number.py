"""Numbers as people write them in Germany. Pure Python."""

import re

_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")


def plain(text: str) -> str:
    """The same number as Python reads it: 1.234,5 and 12,50 are German, so is 1.500 for thousands; 12.50 is 12,50."""
    text = text.strip()
    if "," in text or _THOUSANDS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text
