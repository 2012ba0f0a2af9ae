from odoo import api, models
from odoo.exceptions import UserError

from .secrecy import is_confidential


class IrFilters(models.Model):
    """A saved search on cases holds what was searched for, a client's name for example: its owner's alone.

    A record rule keeps others from reading it, administrators included.
    """

    _inherit = "ir.filters"

    @api.model_create_multi
    def create(self, vals_list):
        filters = super().create(vals_list)
        filters._require_own()
        return filters

    def write(self, vals):
        result = super().write(vals)
        self._require_own()
        return result

    def _require_own(self):
        for saved in self.sudo():
            if not self.env.su and is_confidential(self.env, saved.model_id) and saved.user_ids != self.env.user:
                raise UserError(self.env._("A saved search on cases is not shared: it tells what was searched for."))
