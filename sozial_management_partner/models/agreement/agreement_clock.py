from datetime import timedelta

from odoo import api, fields, models

BATCH = 100
DAYS_BEFORE = 28


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
        self._in_batches([("state", "=", "signed"), ("date_start", "<=", today)], lambda batch: batch._begin())
        self._in_batches([*active, ("date_end", "<", today)], lambda batch: batch._end("ended"))
        self._remind("renew_by", "renewal_reminded_for", 0, lambda env: env._("Decide whether the agreement is renewed"))
        self._remind("date_end", "end_reminded_for", DAYS_BEFORE, lambda env: env._("The agreement ends soon"))

    def _in_batches(self, domain, step):
        """Each row once, in pieces that stay done when a later one fails."""
        found = self.search(domain, order="id", limit=1000)
        for start in range(0, len(found), BATCH):
            batch = found[start : start + BATCH]
            step(batch)
            self.env["ir.cron"]._commit_progress(len(batch))

    def _remind(self, date_field, done_field, days, summary):
        """Remind once for each date: a date that moves is reminded of anew."""
        today = fields.Date.context_today(self)
        due = self.search(
            [("state", "=", "active"), (date_field, "<=", today + timedelta(days=days)), ("date_end", ">=", today)], order="id", limit=1000
        )
        for agreement in due.filtered(lambda one: one[done_field] != one[date_field]):
            if not agreement._is_continued():
                agreement._tell_responsible(summary)
            agreement._write_guarded({done_field: agreement[date_field]})
            self.env["ir.cron"]._commit_progress(1)

    def _is_continued(self):
        """Whether a later version is on its way already."""
        self.ensure_one()
        return bool(self._versions()[:1].version > self.version)
