import hashlib

from odoo import models
from odoo.exceptions import UserError

from .sealed import is_sealed


class IrAttachment(models.Model):
    """A file of a submission is read by who may read the submission: never by everybody, never by a link."""

    _inherit = "ir.attachment"

    def _require_closed(self):
        """Also refuse files of submissions that are public or carry a token for people without a login.

        :raise UserError: says so
        """
        super()._require_closed()
        for attachment in self.sudo():
            if is_sealed(self.env, attachment.res_model) and (attachment.public or attachment.access_token):
                raise UserError(self.env._("A file of a submission is not published and gets no link."))

    def _sozial_fingerprint(self):
        """SHA-256 of the stored bytes, read past the cache: files of many submissions do not stay in memory."""
        self.ensure_one()
        data = self._file_read(self.store_fname) if self.store_fname else self.db_datas
        return hashlib.sha256(data or b"").hexdigest()
