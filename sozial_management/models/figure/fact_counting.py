import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

BATCH = 1000
FINAL_AFTER = timedelta(hours=48)


class SozialCaseFact(models.Model):
    """How facts come about: counted once, when what they tell is final and its month is over.

    A note can be changed for 48 hours and a case corrected while it is new, so nothing is
    counted before. What was counted carries a flag, so nothing is counted twice.
    """

    _inherit = "sozial.case.fact"

    @api.model
    def _cron_count(self):
        """Count what became final, batch by batch; resumed where it stopped."""
        remaining_time = float("inf")
        while remaining_time > 0 and (done := self._count_due()):
            remaining_time = self.env["ir.cron"]._commit_progress(done, remaining=BATCH if done >= BATCH else 0)

    @api.model
    def _figure_update(self, company, start, end, only=None):
        if self._count_due(company) >= BATCH:
            self.env.ref("sozial_management.ir_cron_figures")._trigger()
            raise UserError(
                self.env._("Some of this period has not been counted yet. The counting goes on by itself; try again in an hour.")
            )

    @api.model
    def _count_due(self, company=None):
        """Count one batch of what is final and belongs to a month that is over.

        :return: how many openings, endings and notes were looked at
        """
        month = fields.Date.start_of(fields.Date.context_today(self), "month")
        final = [("create_date", "<=", fields.Datetime.now() - FINAL_AFTER)]
        cases, notes = self.env["sozial.case"].sudo(), self.env["sozial.contact"].sudo()
        mine = [("company_id", "=", company.id)] if company else []
        opened = cases.search([("opened_counted", "=", False), ("opened_on", "<", month), *final, *mine], limit=BATCH)
        ended = cases.search([("ended_counted", "=", False), ("closed_on", "<", month), *mine], limit=BATCH)
        talks = notes.search(
            [("counted", "=", False), ("addendum_to_id", "=", False), ("date", "<", month), *final, *mine],
            order="date, id",
            limit=BATCH,
        )
        self._count(opened, ended, talks)
        return max(len(opened), len(ended), len(talks))

    @api.model
    def _count(self, opened, ended, notes):
        """Write the facts of new cases, ended cases and contact notes, shuffled.

        The flags come first: of two who count the same at a time, one collides and starts again.
        """
        if not (opened or ended or notes):
            return
        self.env.flush_all()
        first_talks = notes._figure_first_talks()
        opened._figure_flag("opened_counted")
        ended._figure_flag("ended_counted")
        first_talks.case_id._figure_flag("first_contact_counted")
        notes._figure_flag()
        values = [
            *opened._figure_openings(),
            *ended._figure_endings(),
            *first_talks._figure_first_contacts(),
            *notes._figure_contacts(),
        ]
        secrets.SystemRandom().shuffle(values)
        self.sudo().create(values)
