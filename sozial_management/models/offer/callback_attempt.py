import hashlib
import hmac
from datetime import timedelta

from odoo import api, fields, models

PER_HOUR = 5
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class SozialCallbackAttempt(models.Model):
    """Counts what strangers set off, so that a script cannot flood an inbox.

    Holds no address: only a keyed hash that nobody outside this database can turn back,
    for as long as it counts. No role reads it.
    """

    _name = "sozial.callback.attempt"
    _description = "Call-back Request Counter"
    _log_access = False

    sender = fields.Char(required=True)
    at = fields.Datetime(required=True)
    is_daily = fields.Boolean(help="Counts for a day, not for an hour.")

    _sender_idx = models.Index("(sender, at)")

    @api.model
    def _may_send(self, address, most=PER_HOUR, is_daily=False):
        """Count one request from this sender; False when there were too many.

        :param address: IP address, or what else tells senders apart, as text
        :param most: requests allowed within an hour, or a day
        """
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
        sender = hmac.new(secret.encode(), (address or "").encode(), hashlib.sha256).hexdigest()
        now = fields.Datetime.now()
        attempts = self.sudo()
        if attempts.search_count([("sender", "=", sender), ("at", ">", now - (DAY if is_daily else HOUR))]) >= most:
            return False
        attempts.create({"sender": sender, "at": now, "is_daily": is_daily})
        return True

    @api.autovacuum
    def _gc_attempts(self):
        now = fields.Datetime.now()
        outdated = self.sudo().search(
            ["|", ("at", "<", now - DAY), "&", ("is_daily", "=", False), ("at", "<", now - HOUR)], limit=10000
        )
        outdated.unlink()
        return len(outdated), int(len(outdated) == 10000)
