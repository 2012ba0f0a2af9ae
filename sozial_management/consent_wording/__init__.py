"""Texts of consents: their parts, and the words around them in the languages of the clients. Pure Python."""
from .blocks import SECTIONS, Section, TextError, filled, parse, problems
from .right_to_left import pieces
from .words import RIGHT_TO_LEFT, label, words

__all__ = ["RIGHT_TO_LEFT", "SECTIONS", "Section", "TextError", "filled", "label", "parse", "pieces", "problems", "words"]
