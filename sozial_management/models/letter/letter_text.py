from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .placeholders import ENTERED, FROM_CASE, FROM_REQUEST, used


class SozialLetterText(models.Model):
    """The text of a letter in one language. What stands in braces is filled in from the case."""

    _name = "sozial.letter.text"
    _description = "Text of a letter"
    _order = "template_id, language_id, id"

    template_id = fields.Many2one("sozial.letter.template", "Letter", required=True, index=True, ondelete="cascade")
    language_id = fields.Many2one("sozial.language", "Language", required=True, index=True, ondelete="restrict")
    subject = fields.Char(required=True)
    body = fields.Text(
        "Text", required=True,
        help="An empty line begins a paragraph. In braces: {recipient}, {client}, {worker}, {phone}, {company}, {case} are "
        "filled in from the case; {appointment}, {place}, {until}, {ground} are entered for each letter.",
    )  # fmt: skip

    _one_each = models.Constraint("UNIQUE (template_id, language_id)", "This letter has a text in this language already.")

    @api.depends("template_id.name", "language_id.name")
    def _compute_display_name(self):
        for text in self:
            text.display_name = f"{text.template_id.name} ({text.language_id.name})"

    @api.constrains("subject", "body")
    def _check_placeholders(self):
        for text in self:
            unknown = [name for name in used(f"{text.subject} {text.body}") if name not in (*FROM_CASE, *ENTERED, *FROM_REQUEST)]
            if unknown:
                raise ValidationError(
                    self.env._(
                        "Text: {%(name)s} is not known. In braces may stand: %(known)s.",
                        name=unknown[0], known=", ".join((*FROM_CASE, *ENTERED, *FROM_REQUEST)),
                    )  # fmt: skip
                )
