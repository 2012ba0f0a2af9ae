from odoo import api, models
from odoo.exceptions import UserError

from .sealed import is_sealed


class MailMessage(models.Model):
    """No message on a submission: recipients and authors read it without access to its record."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        if any(is_sealed(self.env, vals.get("model")) for vals in vals_list):
            self._refuse_on_submission()
        return super().create(vals_list)

    def write(self, vals):
        if is_sealed(self.env, vals.get("model")):
            self._refuse_on_submission()
        return super().write(vals)

    @api.model
    def _refuse_on_submission(self):
        raise UserError(self.env._("Nothing is written on a submission. Write on the call, after the opening."))
