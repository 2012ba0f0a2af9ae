from odoo import api, models
from odoo.exceptions import UserError

from .sealed import is_sealed

# What opens a file to people who may not open its record, or moves it to one.
OPENING = frozenset({"public", "access_token", "res_model", "res_id"})


class IrAttachment(models.Model):
    """A file of a submission is read by who may read the submission: never by everybody, never by a link."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._require_sealed()
        return attachments

    def write(self, vals):
        result = super().write(vals)
        if OPENING & vals.keys():
            self._require_sealed()
        return result

    def _require_sealed(self):
        """Refuse files of submissions that are public or carry a token for people without a login.

        :raise UserError: says so
        """
        for attachment in self.sudo():
            if is_sealed(self.env, attachment.res_model) and (attachment.public or attachment.access_token):
                raise UserError(self.env._("A file of a submission is not published and gets no link."))
