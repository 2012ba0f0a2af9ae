from odoo import fields, models


class SozialLetterTemplate(models.Model):
    """A kind of letter, with its text in one or several languages."""

    _name = "sozial.letter.template"
    _description = "Letter template"
    _order = "sequence, id"

    name = fields.Char("Letter", required=True, translate=True)
    code = fields.Char(required=True, help="Stable short name, for example »invitation«.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    hint = fields.Text(translate=True, help="What colleagues should think of before they send it. It is not printed.")
    text_ids = fields.One2many("sozial.letter.text", "template_id", "Texts")

    _code_unique = models.Constraint("UNIQUE (code)", "Another letter has this code already.")

    def _text(self, language):
        """Its text in a language, else the German one, else none."""
        texts = {text.language_id.code: text for text in self.text_ids}
        return texts.get(language.code) or texts.get("de") or self.env["sozial.letter.text"]
