"""What fits what, and who is who. Pure Python: no Odoo, no database."""
from .dwellings import Need, Proposal, Vacant, propose
from .fitting import Fit, Offering, Situation, rank
from .persons import Likeness, Person, compare, name_likeness, parts

__all__ = [
    "Fit", "Likeness", "Need", "Offering", "Person", "Proposal", "Situation", "Vacant", "compare", "name_likeness", "parts",
    "propose", "rank",
]  # fmt: skip
