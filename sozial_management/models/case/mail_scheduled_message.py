from odoo import api, models

from .secrecy import is_confidential


class MailScheduledMessage(models.Model):
    """No message is planned for a case: its text would wait in a table of its own."""

    _inherit = "mail.scheduled.message"

    @api.model_create_multi
    def create(self, vals_list):
        if any(is_confidential(self.env, vals.get("model")) for vals in vals_list):
            self.env["sozial.case"]._refuse_text()
        return super().create(vals_list)

    def write(self, vals):
        if is_confidential(self.env, vals.get("model")) or any(is_confidential(self.env, one.model) for one in self):
            self.env["sozial.case"]._refuse_text()
        return super().write(vals)
