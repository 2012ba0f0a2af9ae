"""Arabic text in pieces that a PDF tool measures rightly.

Common builds of the PDF tool measure a line that mixes Arabic letters with other signs too
short: it then runs out of its column and over the next one. Set piece by piece, each in a box
of its own, the line breaks where it should.
"""

import re

ARABIC = r"\u0621-\u065f\u066e-\u06d3\u06fa-\u06ff"
_PIECES = re.compile(f"[{ARABIC}]+|[^{ARABIC}]+")
_HAS_ARABIC = re.compile(f"[{ARABIC}]")


def pieces(text):
    """The text as boxes that stay together, in reading order.

    :return: list of ``(left_to_right, [piece, …])``: a word with Arabic letters is cut between
        these and other signs; words without stay one piece, read from left to right
    """
    boxes, foreign = [], []
    for word in [*text.split(), None]:
        if word is not None and not _HAS_ARABIC.search(word):
            foreign.append(word)
            continue
        if foreign:
            boxes.append((len(foreign) > 1, [" ".join(foreign)]))
            foreign = []
        if word is not None:
            boxes.append((False, _PIECES.findall(word)))
    return boxes
