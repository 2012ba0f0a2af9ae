from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sozial_privacy_contact = fields.Text(
        "Data protection officer", help="Name and address as they stand in letters about people's own data."
    )
    sozial_supervisory_authority = fields.Text(
        "Supervisory authority", help="Name and address of the data protection authority to which people may complain."
    )
    sozial_privacy_note = fields.Text(
        "More about data protection",
        help="Stands in letters about people's own data: your legal grounds, processors, transfers to other countries.",
    )
    sozial_receipt_names = fields.Boolean(
        "Names of staff on access receipts",
        help="Unticked: the receipt says the role and the function of those who opened a case, not their names. "
        "Talk to the works council before you tick it.",
    )
