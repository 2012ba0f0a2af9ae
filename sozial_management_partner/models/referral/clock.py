import logging
from datetime import timedelta

from odoo import api, fields, models

from ..pages import in_pages
from .share import LIVE

_logger = logging.getLogger(__name__)


class SozialReferral(models.Model):
    """Reminders, expiries, and consents that end by their date. A second run does nothing."""

    _inherit = "sozial.referral"

    @api.model
    def _cron_calendar(self):
        """End what has no consent any more or was not answered in time; remind a day before."""
        today = fields.Date.context_today(self)
        live = fields.Domain("state", "in", LIVE)
        # what rules refuse since the last second of the consent is deleted here
        self._each(live & fields.Domain("share_id.open_until", "<=", fields.Datetime.now()), lambda one: one._end_for_worker("revoked"))
        waiting = fields.Domain("state", "in", ("sent", "asked"))
        self._each(waiting & fields.Domain("respond_by", "<", today), lambda one: one._end_for_worker("expired"))
        soon = fields.Domain("respond_by", "<=", today + timedelta(days=1)) & fields.Domain("reminded_at", "=", False)
        self._each(fields.Domain("state", "=", "sent") & soon, lambda one: one._remind())

    def _each(self, domain, step):
        """Each row by itself: one that fails is logged and tried again in the next run, and stops no other."""
        for referral in in_pages(self.sudo(), domain):
            try:
                with self.env.cr.savepoint():
                    step(referral)
            except Exception:
                _logger.exception("The referral with the id %s is tried again in the next run.", referral.id)
            self.env["ir.cron"]._commit_progress(1)

    def _end_for_worker(self, state):
        self._end(state)
        self._tell_worker()

    def _remind(self):
        self._tell_partner("remind")
        self._write_guarded({"reminded_at": fields.Datetime.now()})
