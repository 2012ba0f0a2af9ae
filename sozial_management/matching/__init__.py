"""Which offers fit a situation, and why. Pure Python: no Odoo, no database."""
from .fitting import Fit, Offering, Situation, rank

__all__ = ["Fit", "Offering", "Situation", "rank"]
