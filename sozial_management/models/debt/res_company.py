from odoo import fields, models


class ResCompany(models.Model):
    """Whether social workers take the arrears of the rent account into their cases."""

    _inherit = "res.company"

    sozial_jobcenter_id = fields.Many2one(
        "res.partner", "Job centre", help="To whom applications by § 22 (8) SGB II are addressed. Empty: »the Jobcenter in charge«."
    )
    sozial_social_office_id = fields.Many2one(
        "res.partner", "Social office", help="To whom applications by § 36 SGB XII are addressed. Empty: »the social office in charge«."
    )
    sozial_debt_see_arrears = fields.Boolean(
        "Cases show arrears of the tenancy",
        default=True,
        help="Seeing them serves prevention. Off: social workers do not take over the arrears from the tenancy, they enter what the client "
        "brings along. Nothing goes back to rent collection without the client's consent, whatever is chosen here.",
    )
