"""The notice of a call (Bekanntmachung): its 18 sections. Pure Python."""

from .headings import HEADINGS

__all__ = ["HEADINGS"]
