import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sealing.receipt import new_token


class SozialSubmissionContent(models.Model):
    """One answer or one file of a submission: as sealed as the submission.

    A file is bound to its row in the moment it arrives: there is none without a record, which
    administrators could read.
    """

    _name = "sozial.submission.content"
    _description = "Content of a submission"
    _inherit = ["sozial.sealed"]
    _order = "submission_id, kind, sequence, id"
    _check_company_auto = True

    _portal_fields = frozenset(
        {"id", "display_name", "submission_id", "company_id", "kind", "key", "label", "question", "sequence", "answer", "file",
         "file_name", "mimetype", "size", "sha256", "token", "is_encrypted"}
    )  # fmt: skip

    submission_id = fields.Many2one(
        "sozial.submission", "Submission", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="submission_id.company_id", store=True, precompute=True, index=True)
    kind = fields.Selection([("answer", "Answer"), ("file", "File")], required=True, default="answer")
    key = fields.Char(required=True, help="Which question: of the short form, or of a criterion.")
    label = fields.Char("Question as answered", required=True, help="In the language of whoever wrote the answer; part of the fingerprint.")
    question = fields.Char(compute="_compute_question", help="In the language of whoever reads.")
    sequence = fields.Integer(default=10)
    answer = fields.Text()
    file = fields.Binary(attachment=True)
    file_name = fields.Char("File name")
    mimetype = fields.Char("Type")
    size = fields.Integer("Bytes")
    sha256 = fields.Char("Fingerprint (SHA-256)")
    token = fields.Char(required=True, index=True, default=lambda self: new_token())

    _answer_once = models.UniqueIndex("(submission_id, key) WHERE kind = 'answer'", "This question is answered already.")
    _token_unique = models.Constraint("UNIQUE (token)", "This address is taken.")
    _file_is_whole = models.Constraint(
        "CHECK (kind = 'answer' OR (file_name IS NOT NULL AND mimetype IS NOT NULL AND size > 0 AND sha256 IS NOT NULL))",
        "A file has a name, a type, a size and a fingerprint.",
    )

    @api.depends("label", "file_name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.submission_id.number

    @api.depends("key", "label")
    @api.depends_context("lang")
    def _compute_question(self):
        """Questions of the form in the reader's language; criteria and declarations are called as they were."""
        named = {one.key: one.label for one in self.env["sozial.submission"]._short_questions()}
        named["file"] = self.env._("File")
        for row in self:
            row.question = named.get(row.key, row.label)

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._require_draft()
        return rows

    def write(self, vals):
        self.check_access("write")  # first: the refusal below would tell that there is something
        self._require_draft()
        result = super().write(vals)
        self._require_draft()  # also where it moved to
        return result

    def _write_sealed(self, values):
        """Write past the guard. For sealing and opening."""
        return super().write(values)

    def _restore(self, vals_list):
        """Rows of what was handed in, brought back at the opening."""
        return super().create(vals_list)

    def _file_values(self, submission, data):
        """The stored file; see `models.keys`."""
        return {"file": base64.b64encode(data)}

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        self._require_draft()

    def _require_draft(self):
        """What was handed in does not change, whoever asks.

        :raise UserError: says so
        """
        if any(row.submission_id.state != "draft" for row in self.sudo()):
            raise UserError(self.env._("The content of a submission that was handed in does not change."))

    def _are_intact(self):
        """Whether the stored files still have their fingerprints. One after the other: together they may not fit into memory."""
        files = self.sudo().filtered(lambda row: row.kind == "file")
        stored = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", self._name), ("res_field", "=", "file"), ("res_id", "in", files.ids)]
        )
        found = {one.res_id: one for one in stored}
        return all(row.id in found and found[row.id]._sozial_fingerprint() == row.sha256 for row in files)
