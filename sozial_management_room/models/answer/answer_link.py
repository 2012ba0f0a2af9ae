import hmac
import secrets

from odoo import fields, models


class SozialAnswerLink(models.AbstractModel):
    """A record that somebody without a login answers by a link from a mail.

    The link is the proof: whoever has it sees the page, and only the page's button, a POST, answers.
    """

    _name = "sozial.answer.link"
    _description = "Answered by a link"

    token = fields.Char(groups=fields.NO_ACCESS, copy=False)

    def _new_token(self):
        return secrets.token_urlsafe(24)

    def _by_token(self, record_id, token):
        """The record behind a link, else nothing; superuser record, because the link is the proof."""
        record = self.sudo().browse(record_id).exists()
        known = record.token or ""
        if known and hmac.compare_digest(known.encode(), (token or "").encode()):
            return record
        return self.browse()
