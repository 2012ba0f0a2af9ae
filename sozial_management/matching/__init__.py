"""What fits what, and who is who. Pure Python: no Odoo, no database."""
from .fitting import Fit, Offering, Situation, rank
from .persons import Likeness, Person, compare, name_likeness, parts

__all__ = ["Fit", "Likeness", "Offering", "Person", "Situation", "compare", "name_likeness", "parts", "rank"]
