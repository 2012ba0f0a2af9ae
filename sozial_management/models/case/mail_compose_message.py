from odoo import api, models

from .secrecy import is_confidential


class MailComposeMessage(models.TransientModel):
    """No composer for a case: it would look into the case as the system to fill itself."""

    _inherit = "mail.compose.message"

    @api.model
    def default_get(self, fields_list):
        self._require_elsewhere(self.env.context.get("default_model") or self.env.context.get("active_model"))
        return super().default_get(fields_list)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._require_elsewhere(vals.get("model"))
        return super().create(vals_list)

    def write(self, vals):
        self._require_elsewhere(vals.get("model"))
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._require_elsewhere(values.get("model"))
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _require_elsewhere(self, model):
        """:raise UserError: for a case or a part of it"""
        if is_confidential(self.env, model):
            self.env["sozial.case"]._refuse_text()
