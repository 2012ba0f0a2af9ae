from odoo import api, models
from odoo.exceptions import ValidationError

from .secrecy import is_confidential


class IrActionsServer(models.Model):
    """No automatic message to another server about a case: it would carry fields of the case."""

    _inherit = "ir.actions.server"

    @api.constrains("state", "model_id")
    def _check_no_webhook(self):
        if any(action.state == "webhook" and is_confidential(self.env, action.model_id.model) for action in self):
            raise ValidationError(self.env._("Nothing of a case is sent to another server. Choose another kind of action."))
