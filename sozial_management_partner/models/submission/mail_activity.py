from odoo import api, models

from .sealed import is_sealed


class MailActivity(models.Model):
    """No activity on a submission: its assignee reads it, with the name of the record, without access to that."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            model_id = vals.get("res_model_id") or self.env.context.get("default_res_model_id")
            model = self.env["ir.model"].sudo().browse(model_id).model if model_id else vals.get("res_model")
            if is_sealed(self.env, model):
                self.env["mail.message"]._refuse_on_submission()
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        moved = {"res_model", "res_model_id", "res_id"} & vals.keys()
        if moved and any(is_sealed(self.env, activity.res_model) for activity in self.sudo()):
            self.env["mail.message"]._refuse_on_submission()
        return result
