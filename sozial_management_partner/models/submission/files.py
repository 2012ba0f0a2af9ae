import base64

from odoo import models
from odoo.exceptions import UserError

from ...sealing import upload


class SozialSubmission(models.Model):
    """Files of a draft."""

    _inherit = "sozial.submission"

    def _portal_attach(self, name, data):
        """Bind a file to the draft, in the moment it arrives.

        :param data: its bytes
        :return: the row, with the user's own rights
        :raise UserError: names the file and says what is wrong with it
        """
        mine = self._mine()
        mine._require_open_draft()
        files = mine.content_ids.filtered(lambda row: row.kind == "file")
        try:
            taken = upload.check(name, data)
        except upload.Refused as refused:
            raise UserError(self._file_problem(refused.code, upload.clean_name(name) or self.env._("File"))) from refused
        if len(files) >= upload.MAX_FILES:
            raise UserError(self.env._("Files: at most %s. Please join some of them into one PDF.", upload.MAX_FILES))
        if sum(files.mapped("size")) + taken.size > upload.MAX_TOTAL_BYTES:
            raise UserError(self.env._("Files: all together at most %s MB.", upload.MAX_TOTAL_BYTES // upload.MEGABYTE))
        if taken.sha256 in files.mapped("sha256"):
            raise UserError(self.env._("%s: this file is attached already.", taken.name))
        return mine._bind_file(taken, data).with_env(self.env)

    def _bind_file(self, taken, data):
        rows = self.env["sozial.submission.content"].sudo()
        return rows.create(
            {
                **rows._file_values(self, data),
                "submission_id": self.id,
                "kind": "file",
                "key": "file",
                "label": self.env._("File"),
                "file_name": taken.name,
                "mimetype": taken.mimetype,
                "size": taken.size,
                "sha256": taken.sha256,
            }
        )  # fmt: skip

    def _portal_attach_evidence(self, evidence):
        """Take a document of the organisation's own safe along: a copy, as it is today."""
        mine = self._mine()
        evidence.check_access("read")
        if evidence.sudo().partner_id != mine.partner_id:
            raise UserError(self.env._("Choose a document of your own organisation."))
        document = evidence.sudo().with_context(bin_size=False)
        return self._portal_attach(document.file_name or document.name, base64.b64decode(document.file))

    def _portal_detach(self, token):
        """Remove a file from the draft."""
        mine = self._mine()
        mine._require_open_draft()
        mine.content_ids.filtered(lambda row: row.kind == "file" and row.token == token).unlink()

    def _file_problem(self, code, name):
        _ = self.env._
        return {
            "empty": lambda: _("%s is empty.", name),
            "size": lambda: _("%(name)s is too large: at most %(limit)s MB.", name=name, limit=upload.MAX_BYTES // upload.MEGABYTE),
            "type": lambda: _(
                "%s: this kind of file is not taken. Please send a PDF, a photo (JPG, PNG) or a Word, Excel or LibreOffice file.", name
            ),
            "content": lambda: _("%s: the content does not fit the ending, or the file is damaged. Please save it anew as a PDF.", name),
            "active": lambda: _("%s contains a macro, a script or another file. Please save it without, as a plain PDF.", name),
            "locked": lambda: _("%s is protected by a password, so nobody could read it. Please save it without.", name),
        }[code]()  # fmt: skip
