import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import html2plaintext

_logger = logging.getLogger(__name__)
BATCH = 200
PAUSE = timedelta(minutes=10)  # doubled after every failure
MAX_TRIES = 8  # the last try is made about a day and a half after the first


class SozialCallNews(models.Model):
    """A mail about a call that waits to be sent.

    Odoo's own queue shows administrators every mail with its recipient until it is sent, and who
    gets news of a call is who is interested in it. Nobody has access here; the row goes with the mail.
    """

    _name = "sozial.call.news"
    _description = "News of a call to be sent"
    _order = "next_try, id"
    _rec_name = "subject"
    _sealed = True  # not even their number, see `sozial.sealed`

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="cascade")
    sender = fields.Char(required=True)
    email = fields.Char(required=True)
    subject = fields.Char(required=True)
    body = fields.Html(required=True, sanitize=False)
    tries = fields.Integer(default=0)
    next_try = fields.Datetime(required=True, default=fields.Datetime.now, index=True)

    @api.model
    def _cron_send(self):
        """Send what waits. What the mail server refuses is tried again, with growing pauses."""
        due = [("next_try", "<=", fields.Datetime.now())]
        waiting = self.sudo().search(due, limit=BATCH)
        # with more than one batch the next one follows at once, not ten minutes later
        remaining = self.sudo().search_count(due) if len(waiting) == BATCH else len(waiting)
        for position, one in enumerate(waiting, start=1):
            if one._hand_over():
                one.unlink()
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining - position):
                return

    def _hand_over(self):
        """Give one mail to the mail server.

        :return: whether the row has done its duty: the mail went, or was refused for the last time
        """
        self.ensure_one()
        servers = self.env["ir.mail_server"].sudo()
        try:
            text = html2plaintext(self.body)
            message = servers._build_email__(self.sender, [self.email], self.subject, self.body, subtype="html", body_alternative=text)
            servers.send_email(message)
        except Exception as error:  # noqa: BLE001 - a mail server may fail in any way; the next mail still goes
            _logger.warning("News of a call could not be sent: %s", type(error).__name__)
            self.write({"tries": self.tries + 1, "next_try": fields.Datetime.now() + PAUSE * 2**self.tries})
            return self.tries >= MAX_TRIES
        return True
