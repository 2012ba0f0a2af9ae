from datetime import timedelta

from odoo import api, fields, models

KEEP_DRAFTS = timedelta(days=30)
BATCH = 200


class SozialSubmission(models.Model):
    """Drafts that were never handed in."""

    _inherit = "sozial.submission"

    @api.model
    def _cron_forget_drafts(self):
        """Delete drafts 30 days after the deadline, or when the call was cancelled: nobody may read them."""
        over = fields.Datetime.now() - KEEP_DRAFTS
        drafts = self.sudo().search(
            [("state", "=", "draft"), "|", ("call_id.deadline", "<", over), ("call_id.state", "=", "cancelled")], limit=BATCH
        )
        number = len(drafts)
        drafts.unlink()
        self.env["ir.cron"]._commit_progress(number, remaining=int(number == BATCH))
