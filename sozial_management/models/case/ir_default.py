from odoo import api, models
from odoo.exceptions import UserError

from .secrecy import is_confidential


class IrDefault(models.Model):
    """No default values for what belongs to a case: everybody can read them."""

    _inherit = "ir.default"

    @api.model_create_multi
    def create(self, vals_list):
        defaults = super().create(vals_list)
        defaults._refuse_confidential()
        return defaults

    def write(self, vals):
        result = super().write(vals)
        self._refuse_confidential()
        return result

    def _refuse_confidential(self):
        if any(is_confidential(self.env, model) for model in self.sudo().field_id.mapped("model")):
            raise UserError(self.env._("Default values are not kept for cases: every colleague could read them."))
