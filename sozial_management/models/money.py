"""From Odoo's amounts to exact ones, and to what people read."""

from decimal import Decimal

from odoo.tools import format_amount, formatLang


def exact(amount):
    """An amount of Odoo as `Decimal` of cents, for computing with the statutes."""
    return Decimal(f"{amount or 0:.2f}")


def euro(env, amount, currency=None, whole=False):
    """An amount as people read it: »1.234,50 €«.

    :param currency: of the company; without one it is the euro, in which the statutes count
    :param whole: without cents
    """
    if currency:
        return format_amount(env, float(amount), currency)
    return formatLang(env, float(amount), digits=0 if whole else 2) + "\N{NO-BREAK SPACE}€"
