import hashlib
import hmac
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models

PER_HOUR = 5
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class SozialCallbackAttempt(models.Model):
    """Counts what strangers set off, so that a script cannot flood an inbox.

    Holds no address: only a keyed hash that nobody outside this database can turn back,
    for as long as it counts. No role reads it. A sender has as many places as requests are allowed;
    each request takes one, so that as many as like may come at the same moment.
    """

    _name = "sozial.callback.attempt"
    _description = "Call-back Request Counter"
    _log_access = False

    sender = fields.Char(required=True)
    at = fields.Datetime(required=True)
    place = fields.Integer(help="From 1 on; each is taken once in an hour, or a day.")
    is_daily = fields.Boolean(help="Counts for a day, not for an hour.")

    _place_once = models.Constraint("UNIQUE (sender, place)", "This place is taken.")
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
        since = now - (DAY if is_daily else HOUR)
        self.env.flush_all()
        taken = self.sudo().search([("sender", "=", sender), ("at", ">", since)], limit=None).mapped("place")
        return any(self._take(sender, place, now, since, is_daily) for place in range(1, most + 1) if place not in taken)

    def _take(self, sender, place, now, since, is_daily):
        """Take one place, new or outdated; False if somebody else takes it at this moment, whom nobody sees yet."""
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    """INSERT INTO sozial_callback_attempt AS old (sender, place, at, is_daily) VALUES (%s, %s, %s, %s)
                  ON CONFLICT (sender, place) DO UPDATE SET at = EXCLUDED.at, is_daily = EXCLUDED.is_daily WHERE old.at <= %s
                   RETURNING id""",
                    [sender, place, now, is_daily, since],
                    log_exceptions=False,
                )
                found = self.env.cr.fetchall()
        except SerializationFailure:
            return False
        self.invalidate_model()
        return bool(found)

    @api.autovacuum
    def _gc_attempts(self):
        now = fields.Datetime.now()
        outdated = self.sudo().search(
            ["|", ("at", "<", now - DAY), "&", ("is_daily", "=", False), ("at", "<", now - HOUR)], limit=10000
        )
        outdated.unlink()
        return len(outdated), int(len(outdated) == 10000)
