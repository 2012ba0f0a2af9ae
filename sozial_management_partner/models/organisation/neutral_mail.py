from odoo import models


class ResPartner(models.Model):
    """Mails to an organisation say that there is something in the portal, never what."""

    _inherit = "res.partner"

    def _send_neutral_mail(self, company, subject, body):
        """Send to the people of this organisation who use the portal, else to the organisation.

        :param body: without names or content: whoever administers mails reads it
        """
        self.ensure_one()
        people = self.child_ids.filtered(lambda one: one.email and one.user_ids.filtered("share"))
        addresses = sorted({one.email_formatted for one in people or self if one.email})
        sender = company.email_formatted or self.env.user.email_formatted
        self.env["mail.mail"].sudo().create(
            [
                {"subject": subject, "body_html": body, "email_from": sender, "email_to": address, "auto_delete": True}
                for address in addresses
            ]
        )
