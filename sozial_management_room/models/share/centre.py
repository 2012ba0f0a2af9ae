from odoo import fields, models


class SozialCentre(models.Model):
    """The hours that everybody wants: the share in them says whether the rooms are fairly shared."""

    _inherit = "sozial.centre"

    prime_from = fields.Float("Prime time from", default=17.0, help="On working days. Equal times: no prime time on working days.")
    prime_until = fields.Float("Prime time until", default=22.0)
    prime_weekend = fields.Boolean("Weekends are prime time", default=True, help="All of Saturday and Sunday.")

    _prime_time = models.Constraint(
        "CHECK (COALESCE(prime_from, 0) >= 0 AND COALESCE(prime_from, 0) <= COALESCE(prime_until, 0) AND COALESCE(prime_until, 0) <= 24)",
        "Prime time: enter times of one day, the start first.",
    )
