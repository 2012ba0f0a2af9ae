from odoo import api, models
from odoo.exceptions import UserError

from .secrecy import is_confidential

# What opens a file to people who may not open its record, or moves it to one.
OPENING = frozenset({"public", "access_token", "res_model", "res_id"})


class IrAttachment(models.Model):
    """A file of a case is read by who may open the case: never by everybody, never by a link."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._require_closed()
        return attachments

    def write(self, vals):
        result = super().write(vals)
        if OPENING & vals.keys():
            self._require_closed()
        return result

    def _require_closed(self):
        """Refuse files of a case that are public or carry a token for people without a login.

        :raise UserError: says how to pass a file on
        """
        for attachment in self.sudo():
            if is_confidential(self.env, attachment.res_model) and (attachment.public or attachment.access_token):
                raise UserError(
                    self.env._("A file of a case is not published and gets no link. Print it or send it by letter.")
                )
