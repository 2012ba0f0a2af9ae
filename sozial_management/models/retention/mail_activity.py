from odoo import api, models


class MailActivity(models.Model):
    """Nothing is planned for an anonymised case."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        ids = [activity.res_id for activity in activities if activity.res_model == "sozial.case"]
        self.env["sozial.case"].browse(ids)._admit_writing()
        return activities
