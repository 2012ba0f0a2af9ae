import base64

from odoo import fields, models

from ...sealing import keys


class SozialSubmissionContent(models.Model):
    """A file of an encrypted call is encrypted in the moment it arrives: it never lies readable in the file store."""

    _inherit = "sozial.submission.content"

    is_encrypted = fields.Boolean("Encrypted")

    def _file_values(self, submission, data):
        call = submission.call_id
        if not call.public_key:
            return super()._file_values(submission, data)
        sealed = keys.seal(keys.data(call.public_key), data, call._about())
        return {**super()._file_values(submission, sealed), "is_encrypted": True}

    def _decrypted(self, private):
        """The file as it was, as base64.

        :raise keys.WrongKey: if it was changed
        """
        self.ensure_one()
        if not self.is_encrypted:
            return self.file
        return base64.b64encode(keys.unseal(private, base64.b64decode(self.file or b""), self.submission_id.call_id._about()))

    def _encrypted_text(self):
        """Why a file cannot be downloaded."""
        return self.env._("Files of this call are encrypted as soon as they arrive. Nobody can read them before the opening, you neither.")
