import hashlib
import hmac
from datetime import timedelta

from odoo import api, fields, models

PER_HOUR = 5


class SozialCallbackAttempt(models.Model):
    """Counts call-back requests by sender, so that a script cannot flood the inbox.

    Holds no address: only a keyed hash that nobody outside this database can turn back,
    for one hour. No role reads it.
    """

    _name = "sozial.callback.attempt"
    _description = "Call-back Request Counter"
    _log_access = False

    sender = fields.Char(required=True)
    at = fields.Datetime(required=True)

    _sender_idx = models.Index("(sender, at)")

    @api.model
    def _may_send(self, address):
        """Count one request from this network address; False when there were too many.

        :param address: IP address as text
        """
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
        sender = hmac.new(secret.encode(), (address or "").encode(), hashlib.sha256).hexdigest()
        now = fields.Datetime.now()
        attempts = self.sudo()
        if attempts.search_count([("sender", "=", sender), ("at", ">", now - timedelta(hours=1))]) >= PER_HOUR:
            return False
        attempts.create({"sender": sender, "at": now})
        return True

    @api.autovacuum
    def _gc_attempts(self):
        outdated = self.sudo().search([("at", "<", fields.Datetime.now() - timedelta(hours=1))], limit=10000)
        outdated.unlink()
        return len(outdated), int(len(outdated) == 10000)
