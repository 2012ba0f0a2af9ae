from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sozial_survey_uncoded = fields.Boolean(
        "Take paper answers without code",
        help="A questionnaire may come back with its code torn off. Taken, it is counted apart from those with code, because nobody "
        "can tell whether the same dwelling answered twice. Not taken, it is set aside.",
    )
