from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError


class SozialOutreach(models.Model):
    """The invitation to a survey by mail, for tenants whose address is known; all others get the letter."""

    _inherit = "sozial.outreach"

    def action_mail(self):
        """Mail everybody who has an address and got nothing yet.

        :raise UserError: when there is nobody
        """
        self._require_state("running")
        if self.kind != "survey":
            raise UserError(self.env._("By mail: only a survey is sent this way."))
        if not self.template_id:
            raise UserError(self.env._("Invitation: choose the letter."))
        self._refuse_unfilled()
        visits = self.env["sozial.outreach.visit"].search([("outreach_id", "=", self.id), ("letter", "=", False)], limit=None)
        visits = visits.filtered(lambda visit: visit.tenant_id.email_normalized)
        if not visits:
            raise UserError(self.env._("By mail: nobody who got nothing yet has a mail address. Print the letters."))
        self.env["sozial.survey.ticket"]._issue(visits)
        visits._write_letter("mailed")
        self._send_survey_mails(visits)
        return True

    def _send_survey_mails(self, visits):
        """Put them into the queue. They are deleted once sent: the code stands in them."""
        self.env["mail.mail"].sudo().create([self._survey_mail(visit) for visit in visits])

    def _survey_mail(self, visit):
        letter = self._letter(visit, visit.tenant_id)
        body = Markup("")
        for column in letter["columns"]:
            for paragraph in column["paragraphs"]:
                body += Markup("<p dir='%s'>%s</p>") % (column["dir"], paragraph)
            body += Markup("<p><a href='%s'>%s</a></p>") % (letter["link"], letter["link"])
        sender = {"email_from": self.company_id.email_formatted, "reply_to": self.company_id.email_formatted}
        return {
            **(sender if self.company_id.email else {}),
            "email_to": visit.tenant_id.email_formatted, "subject": letter["columns"][0]["subject"], "body_html": body,
            "auto_delete": True,
        }  # fmt: skip
