from odoo import api, models


class MailScheduledMessage(models.Model):
    """No message is planned for a case: its text would wait in a table of its own."""

    _inherit = "mail.scheduled.message"

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("model") == "sozial.case" for vals in vals_list):
            self.env["sozial.case"]._refuse_text()
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("model") == "sozial.case" or any(message.model == "sozial.case" for message in self):
            self.env["sozial.case"]._refuse_text()
        return super().write(vals)
