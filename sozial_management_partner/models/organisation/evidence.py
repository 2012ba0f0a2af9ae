from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("statutes", "Statutes"),
    ("register", "Register extract"),
    ("tax", "Tax exemption notice"),
    ("insurance", "Liability insurance"),
    ("protection", "Protection concept"),
    ("reference", "References"),
    ("conduct", "Certificates of conduct seen"),
    ("other", "Another document"),
]


class SozialEvidence(models.Model):
    """A document in the evidence safe of an organisation: handed in once, used in every call."""

    _name = "sozial.evidence"
    _description = "Evidence"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "partner_id, kind, valid_until desc, id desc"
    _check_company_auto = True

    name = fields.Char("Document", required=True, compute="_compute_name", store=True, readonly=False, precompute=True)
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner", "Organisation", required=True, index=True, ondelete="cascade", check_company=True,
        domain="[('is_organisation', '=', True)]",
    )
    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, default=lambda self: self.env.company,
        help="To whom the document was handed in.",
    )
    kind = fields.Selection(KINDS, required=True, default="other")
    file = fields.Binary("File", attachment=True, required=True)
    file_name = fields.Char()
    issued_on = fields.Date("Issued on")
    valid_until = fields.Date("Valid until", index=True, help="Empty: does not expire. Four weeks before, a reminder appears.")
    note = fields.Char()

    _dates_in_order = models.Constraint(
        "CHECK (issued_on IS NULL OR valid_until IS NULL OR issued_on <= valid_until)",
        "“Issued on” must not be after “Valid until”.",
    )

    def _creation_message(self):
        """Whole, in the reader's language: Odoo's own puts in the model's name, which demo data loads before its translation."""
        return self.env._("The document was put into the safe.")

    @api.depends("kind")
    def _compute_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for evidence in self:
            evidence.name = evidence.name or labels.get(evidence.kind)

    @api.constrains("partner_id")
    def _check_partner_id(self):
        for evidence in self:
            if not evidence.partner_id.is_organisation:
                raise ValidationError(
                    self.env._("Organisation: %s is not marked as a partner organisation.", evidence.partner_id.display_name)
                )
