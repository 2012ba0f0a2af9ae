import logging
from datetime import timedelta

from odoo import api, fields, models

from ..pages import in_pages

DAYS_BEFORE = 28
_logger = logging.getLogger(__name__)


class SozialAgreement(models.Model):
    """What the calendar does: begin, end, remind. A second run on the same day does nothing."""

    _inherit = "sozial.agreement"

    renewal_reminded_for = fields.Date(readonly=True, copy=False)
    end_reminded_for = fields.Date(readonly=True, copy=False)

    @api.model
    def _cron_calendar(self):
        """Begin what is due, end what is over, remind of renewals and ends."""
        today = fields.Date.context_today(self)
        active = [("state", "=", "active")]
        # first what begins: a version that follows without a gap takes over what rests on the one before
        self._each([("state", "=", "signed"), ("date_start", "<=", today)], lambda one: one._begin())
        self._each([*active, ("date_end", "<", today)], lambda one: one._end("ended"))
        self._remind("renew_by", "renewal_reminded_for", 0, lambda env: env._("Decide whether the agreement is renewed"))
        self._remind("date_end", "end_reminded_for", DAYS_BEFORE, lambda env: env._("The agreement ends soon"))

    def _each(self, domain, step):
        """Each row by itself: one that fails is logged and tried again in the next run, and stops no other."""
        for agreement in in_pages(self, domain):
            self._alone(agreement, step)

    def _alone(self, agreement, step):
        try:
            with self.env.cr.savepoint():
                step(agreement)
        except Exception:
            _logger.exception("The agreement with the id %s is tried again in the next run.", agreement.id)
        self.env["ir.cron"]._commit_progress(1)

    def _remind(self, date_field, done_field, days, summary):
        """Remind once for each date: a date that moves is reminded of anew."""
        today = fields.Date.context_today(self)
        due = [("state", "=", "active"), (date_field, "<=", today + timedelta(days=days)), ("date_end", ">=", today)]

        def remind(agreement):
            if not agreement._is_continued():
                agreement._tell_responsible(summary)
            agreement._write_guarded({done_field: agreement[date_field]})

        for agreement in in_pages(self, due):
            if agreement[done_field] != agreement[date_field]:
                self._alone(agreement, remind)

    def _is_continued(self):
        """Whether a later version is on its way already."""
        self.ensure_one()
        return bool(self._versions()[:1].version > self.version)
