from odoo import fields, models


class ResCompany(models.Model):
    """Whether social workers take the arrears of the rent account into their cases."""

    _inherit = "res.company"

    sozial_debt_see_arrears = fields.Boolean(
        "Cases show arrears of the tenancy",
        default=True,
        help="Seeing them serves prevention. Off: social workers do not take over the arrears from the tenancy, they enter what the client "
        "brings along. Nothing goes back to rent collection without the client's consent, whatever is chosen here.",
    )
