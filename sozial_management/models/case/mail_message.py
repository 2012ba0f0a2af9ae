from odoo import api, models
from odoo.tools import html2plaintext

from .secrecy import is_confidential

# What a reader of a message gets to see, and what decides whose message it is.
CONTENT = frozenset({"body", "subject", "attachment_ids", "model", "res_id", "record_name", "preview"})


class MailMessage(models.Model):
    """A message of a case says one of the fixed sentences, whichever way it came about.

    Recipients and authors read a message without access to its record, and messages can be
    written past the chatter: by an API call, by a composer for many records, as a line of
    the case. So the rule stands where they are stored.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                if is_confidential(self.env, vals.get("model")):
                    self.env[vals["model"]].browse(vals.get("res_id") or ()).check_access("read")
        messages = super().create(vals_list)
        messages.sudo()._require_neutral()
        return messages

    def write(self, vals):
        result = super().write(vals)
        if CONTENT & vals.keys():
            self.sudo()._require_neutral()
        return result

    def _require_neutral(self):
        """Refuse messages on cases that hold anything but a fixed sentence.

        :raise UserError: says where to write instead
        """
        confidential = self.filtered(lambda message: is_confidential(self.env, message.model))
        if not confidential:
            return
        cases = self.env["sozial.case"]
        about_cases = confidential.filtered(lambda message: message.model == "sozial.case")
        if confidential - about_cases:  # what belongs to a case has no messages of its own
            cases._refuse_text()
        codes = [None, *(code for code, _name in self.env["res.lang"].get_installed())]
        languages = [cases.with_context(lang=code) for code in codes]
        bodies = {sentence for each in languages for sentence in each._sentences().values()}
        for message in about_cases:
            subjects = {
                subject for each in languages for subject in each.browse(message.res_id)._subjects().values()
            }
            neutral = (
                html2plaintext(message.body or "").strip() in bodies
                and (not message.subject or message.subject in subjects)
                and not message.attachment_ids
            )
            if not neutral:
                cases._refuse_text()
