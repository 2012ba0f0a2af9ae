"""Paragraphs of confidential texts, and whom they may be about. No database, no Odoo."""

from .named import named_in
from .paragraphs import digest, paragraphs
from .persons import about_others

__all__ = ["about_others", "digest", "named_in", "paragraphs"]
