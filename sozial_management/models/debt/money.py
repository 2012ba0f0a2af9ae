"""From Odoo's amounts to exact ones, and back."""

from decimal import Decimal


def exact(amount):
    """An amount of Odoo as `Decimal` of cents, for computing with the statutes."""
    return Decimal(f"{amount or 0:.2f}")
