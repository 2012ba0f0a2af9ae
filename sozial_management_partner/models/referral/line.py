import base64

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...sealing import upload


class SozialReferralLine(models.Model):
    """One thing that is released to the partner, and the kind of information the consent must cover."""

    _name = "sozial.referral.line"
    _description = "Released in a referral"
    _inherit = "sozial.confidential"
    _anonymise = "delete"
    _order = "referral_id, after_acceptance, sequence, id"

    referral_id = fields.Many2one("sozial.referral", "Referral", required=True, index=True, ondelete="cascade", check_company=True)
    case_id = fields.Many2one(related="referral_id.case_id", store=True, precompute=True, index=True, required=False)
    sequence = fields.Integer(default=10)
    category_id = fields.Many2one(
        "sozial.consent.category", "Kind of information", required=True, ondelete="restrict", domain="[('scope', '=', 'data')]"
    )
    label = fields.Char("What", required=True)
    value = fields.Text("Text")
    file = fields.Binary(
        attachment=True, copy=False, help="PDF, picture or office file. The partner gets a copy, which is deleted with the consent."
    )
    file_name = fields.Char("File name", copy=False)
    after_acceptance = fields.Boolean("Only after acceptance")

    _says_something = models.Constraint(
        "CHECK (COALESCE(value, '') <> '' OR COALESCE(file_name, '') <> '')", "What is shared: write a text, or choose a file."
    )

    @api.constrains("file", "file_name")
    def _check_file(self):
        for line in self:
            if not (line.file or line.file_name):
                continue
            data = base64.b64decode(line.with_context(bin_size=False).file or b"")
            try:
                upload.check(line.file_name, data)
            except upload.Refused as refused:
                name = upload.clean_name(line.file_name) or self.env._("File")
                raise ValidationError(self.env["sozial.submission"]._file_problem(refused.code, name)) from refused

    def _text(self):
        """What the partner reads: the text, and which file comes along."""
        self.ensure_one()
        return "\n".join(filter(None, ((self.value or "").strip(), upload.clean_name(self.file_name))))

    def _file_copy(self):
        """Values of the copy that the partner gets; none without a file."""
        if not self.file_name:
            return {}
        return {"file": self.with_context(bin_size=False).file, "file_name": upload.clean_name(self.file_name)}

    @api.model_create_multi
    def create(self, vals_list):
        # first: who may not read the case does not learn whether the referral was sent
        self.env["sozial.referral"].browse([vals["referral_id"] for vals in vals_list if vals.get("referral_id")]).check_access("write")
        lines = super().create(vals_list)
        lines.referral_id._require_draft()
        return lines

    def write(self, vals):
        self.referral_id._require_draft()
        result = super().write(vals)
        self.referral_id._require_draft()  # where it moved to, too
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_in_drafts(self):
        self.referral_id._require_draft()
