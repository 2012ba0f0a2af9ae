from odoo import fields, models


class SozialCentre(models.Model):
    _inherit = "sozial.centre"

    offer_hours = fields.Integer(
        "Waiting list: time to answer (hours)",
        default=24,
        help="Whoever moves up on the waiting list has so many hours to take the slot; then the next one gets the offer.",
    )

    _offer_hours = models.Constraint(
        "CHECK (COALESCE(offer_hours, 24) BETWEEN 1 AND 336)", "Waiting list: enter 1 to 336 hours to answer."
    )
