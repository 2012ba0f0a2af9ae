from functools import partial

from markupsafe import Markup

from odoo import api, models

from ..consent_wording import RIGHT_TO_LEFT, parse, pieces, words

BLANK = {"who": ("name", "born", "towards"), "data": ("", "", ""), "purpose": ("", ""), "duration": ("from", "until")}
BLANK_LINE = "\u00a0"  # a box to be filled in by hand


def set_for_print(text, language):
    """The text as it is printed; Arabic in boxes, see `consent_wording.right_to_left`."""
    if language not in RIGHT_TO_LEFT:
        return text
    box = Markup("<span class='box'%s>%s</span>")
    return Markup(" ").join(
        box % (Markup(" dir='ltr'") if left_to_right else "", Markup("").join(box % ("", part) for part in parts))
        for left_to_right, parts in pieces(text)
    )


class ConsentForm(models.AbstractModel):
    """Values of the printed consent: one text, or two beside each other."""

    _name = "report.sozial_management.consent_form"
    _description = "Consent on paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: for users who may not open the case of a consent"""
        consents = self.env["sozial.consent"].browse(docids)
        consents.check_access("read")
        return {"docs": [self._of_consent(consent) for consent in consents]}

    def _of_consent(self, consent):
        german = consent.text_id._german()
        if consent.given_at:
            texts = [consent.frozen_text, consent.frozen_german]
        else:
            texts = [consent._filled_text(consent.text_id), consent._filled_text(german) if german else False]
        return {
            **self._layout(texts, consent.text_id),
            "company": consent.company_id,
            "draft": not consent.given_at,
            "number": consent.case_id.name,
            "signer": consent.signer_id.name,
            "signed_on": consent._date_text(consent.signed_on),
            "signature": consent.given_at and consent.how == "screen" and consent.with_context(bin_size=False).signature,
        }

    @api.model
    def _layout(self, texts, text):
        """Title and sections, each with its parts in one or two languages."""
        codes = [text.language_id.code, "de"]
        parsed = [(code, *parse(body)) for code, body in zip(codes, texts, strict=True) if body]
        rows = {}
        for index, (_code, _title, sections) in enumerate(parsed):
            for section in sections:
                rows.setdefault(section.key, [None] * len(parsed))[index] = section
        return {
            "columns": [
                {
                    "dir": "rtl" if code in RIGHT_TO_LEFT else "ltr", "lang": code, "title": title, "words": words(code),
                    "set": partial(set_for_print, language=code),
                }
                for code, title, _sections in parsed
            ],
            "rows": list(rows.values()),
            "version": text.version,
            "reviewed": bool(text.reviewed_on),
        }


class ConsentTextForm(models.AbstractModel):
    """Values of an empty form: the text with lines to fill in by hand."""

    _name = "report.sozial_management.consent_text_form"
    _inherit = "report.sozial_management.consent_form"
    _description = "Empty consent form"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: for users who may not read texts of consents"""
        texts = self.env["sozial.consent.text"].browse(docids)
        texts.check_access("read")
        return {"docs": [self._of_text(text) for text in texts]}

    def _of_text(self, text):
        german = text._german()
        layout = self._layout([text.body, german.body if german else False], text)
        for row in layout["rows"]:
            for column, section in zip(layout["columns"], row, strict=True):
                if section:
                    labels = [column["words"].get(key, "") for key in BLANK.get(section.key, ())]
                    section.items = [f"{word}: " if word else BLANK_LINE for word in labels]
        return {
            **layout, "company": self.env.company, "draft": False, "number": "", "signer": "", "signed_on": "", "signature": False,
        }  # fmt: skip
