import logging
from datetime import timedelta

from odoo import api, fields, models

_logger = logging.getLogger(__name__)
REMIND_BEFORE = timedelta(hours=48)
BATCH = 200


class SozialSubmission(models.Model):
    """Receipts and reminders by mail, without a trace in the tables that administrators read.

    Odoo keeps every mail as a record with its recipient. These go straight to the mail server:
    who began or handed in a submission stands nowhere but in the sealed row itself.
    """

    _inherit = "sozial.submission"

    @api.model
    def _cron_letters(self):
        """Send receipts that are due, and remind of drafts two days before the deadline, once."""
        now = fields.Datetime.now()
        receipts = self.sudo().search([("state", "=", "submitted"), ("receipt_sent_at", "=", False)], limit=BATCH)
        receipts._send_each(lambda one: one._receipt_letter(), "receipt_sent_at")
        drafts = self.sudo().search(
            [
                ("state", "=", "draft"),
                ("reminded_at", "=", False),
                ("call_id.state", "=", "published"),
                ("call_id.deadline", ">", now),
                ("call_id.deadline", "<=", now + REMIND_BEFORE),
            ],
            limit=BATCH,
        )
        drafts._send_each(lambda one: one._reminder_letter(), "reminded_at")

    def _send_each(self, letter, done):
        """Send one letter each and note that it was sent, also where an address is missing or refused: no second try floods anybody."""
        for submission in self:
            language = (submission.user_id or submission.create_uid).lang or "de_DE"
            subject, body = letter(submission.with_context(lang=language))
            submission._send_directly(subject, body)
            submission._write_guarded({done: fields.Datetime.now()})
            self.env["ir.cron"]._commit_progress(1)

    def _recipients(self):
        """Addresses of the organisation: of whoever works on the submission, else of the organisation."""
        self.ensure_one()
        person = self.user_id.partner_id or self.create_uid.partner_id
        return [address for address in (person.email_normalized or self.partner_id.email_normalized,) if address]

    def _send_directly(self, subject, body, recipients=None):
        """Hand a mail over to the mail server. A failure is logged without address or content."""
        company = self.company_id
        recipients = recipients or self._recipients()
        sender = company.email_formatted or self.env["ir.mail_server"]._get_default_from_address()
        if not (recipients and sender):
            return
        servers = self.env["ir.mail_server"].sudo()
        message = servers._build_email__(sender, recipients, subject, body, subtype="plain")
        try:
            servers.send_email(message)
        except Exception as error:  # noqa: BLE001 - a mail server may fail in any way; the next letter still goes
            _logger.warning("A letter about a submission could not be sent: %s", type(error).__name__)

    def _address(self):
        return f"{self.get_base_url()}/my/submissions/{self.token}"

    def _receipt_letter(self):
        """:return: subject and text"""
        _ = self.env._
        subject = _("Receipt %s", self.number)
        body = _(
            "Good day,\n\n"
            "your submission to the call “%(call)s”, %(lot)s, has arrived.\n\n"
            "Receipt number: %(number)s\n"
            "Handed in: %(time)s (time of our server)\n"
            "Fingerprint (SHA-256): %(sha256)s\n\n"
            "Until the deadline (%(deadline)s) you can change or withdraw it here:\n%(address)s\n\n"
            "Nobody in our house can read it before the opening.\n\n%(company)s",
            call=self.call_id.name, lot=self.lot_id.name, number=self.number, time=self._local_submitted_at(), sha256=self.sha256,
            deadline=self.call_id.deadline_text, address=self._address(), company=self.company_id.name,
        )  # fmt: skip
        return subject, body

    def _reminder_letter(self):
        """:return: subject and text"""
        _ = self.env._
        subject = _("Your draft is not handed in yet")
        body = _(
            "Good day,\n\n"
            "you began a submission to the call “%(call)s”, %(lot)s. It is not handed in yet.\n"
            "Deadline: %(deadline)s. What comes later cannot be taken.\n\n"
            "To your draft: %(address)s\n\n"
            "This mail was sent by the computer; nobody in our house sees that you have a draft.\n\n%(company)s",
            call=self.call_id.name, lot=self.lot_id.name, deadline=self.call_id.deadline_text, address=self._address(),
            company=self.company_id.name,
        )  # fmt: skip
        return subject, body

    def _local_submitted_at(self):
        """For example ``30.10.2026, 09:59:59.123456 Uhr``, in the zone of the call."""
        self.ensure_one()
        return self.sudo().call_id._local_microseconds(self.submitted_at_us)
