"""The notice of a call (Bekanntmachung): its 18 sections in plain German, from the facts of the call.

Pure Python. The texts are samples that can be sent as they are; each section has a note on what
the company's own lawyers should look at before publication (`REVIEW`).
"""

from .facts import Criterion, Facts, Lot
from .headings import HEADINGS, REVIEW
from .problems import leftovers
from .sections import sections

__all__ = ["HEADINGS", "REVIEW", "Criterion", "Facts", "Lot", "leftovers", "sections"]
