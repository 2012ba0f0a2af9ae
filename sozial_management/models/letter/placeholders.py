"""What may stand in braces in the text of a letter."""

import re

# known when the letter is begun
FROM_CASE = ("recipient", "client", "worker", "phone", "company", "case")
# filled in where the letter is begun: about money from a fund
FROM_REQUEST = ("amount", "purpose", "decision")
# entered for each letter: name of the field
ENTERED = ("appointment", "place", "until", "ground")
PATTERN = re.compile(r"\{([^{}]*)\}")


def used(text):
    """Names in braces, in the order of the text."""
    return PATTERN.findall(text or "")


def filled(text, values):
    """The text with values in place of the names; what is unknown or empty stays in braces."""
    return PATTERN.sub(lambda match: values.get(match[1]) or match[0], text or "")
