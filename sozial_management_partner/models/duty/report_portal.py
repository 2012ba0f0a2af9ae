from odoo import models
from odoo.exceptions import UserError

from .duty_steps import LONGEST


class SozialAgreementReport(models.Model):
    """The report as the organisation fills it in."""

    _inherit = "sozial.agreement.report"

    _portal_fields = frozenset(
        {"id", "display_name", "agreement_number", "partner_id", "company_id", "period_start", "period_end", "due_date", "state",
         "token", "figures", "hours_text", "hours_agreed", "hours_held", "achieved", "needed", "submitted_at", "submitted_name",
         "return_reason", "accepted_at"}
    )  # fmt: skip

    def _portal_save(self, achieved, needed, hours):
        """Keep what was typed so far.

        :raise UserError: names the field and says what to do
        """
        own = self._portal_require_open()
        own._write_guarded(
            {
                "achieved": (achieved or "").strip()[:LONGEST] or False, "needed": (needed or "").strip()[:LONGEST] or False,
                "hours_held": self._hours_of(hours),
            }
        )  # fmt: skip
        return own

    def _portal_confirm(self, achieved, needed, hours, agreed):
        """Hand the report in.

        :raise UserError: names the field and says what to do
        """
        own = self._portal_save(achieved, needed, hours)
        if not own.achieved:
            raise UserError(self.env._("What was done: please write a sentence or two. Without names."))
        if not agreed:
            raise UserError(self.env._("Please tick that the report is complete."))
        own._hand_in(self.env.user.name)
