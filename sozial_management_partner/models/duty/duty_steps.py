import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..pages import in_pages
from .duty import OPEN

SOON = timedelta(days=7)
LONGEST = 4000
_logger = logging.getLogger(__name__)


class SozialAgreementDuty(models.AbstractModel):
    """Handing in, returning, accepting; reminders before and after the day it is due."""

    _inherit = "sozial.agreement.duty"

    def _hand_in(self, name):
        """Keep what is there as a version. Callers have checked who may, and what is missing."""
        self.ensure_one()
        self._require_state(*OPEN)
        now = fields.Datetime.now()
        version = self.version + 1
        self._write_guarded(
            {"state": "submitted", "version": version, "submitted_at": now, "submitted_by_id": self.env.uid, "submitted_name": name}
        )
        self.env["sozial.agreement.duty.version"].sudo().create(
            {
                "model": self._name, "res_id": self.id, "company_id": self.company_id.id, "version": version,
                "content": self._content_text(), "submitted_at": now, "submitted_name": name,
            }
        )  # fmt: skip
        self.agreement_id._tell_responsible(self._handed_in_summary)

    def _content_text(self):
        """Everything that is handed in, as text."""
        raise NotImplementedError

    def action_return(self):
        """Give it back to the partner, with what is missing.

        :raise UserError: without a reason
        """
        self.check_access("write")
        for duty in self:
            duty._require_state(*self._returnable)
            reason = (duty.decision or "").strip()[:LONGEST]
            if not reason:
                raise UserError(self.env._("What is missing: write it down first. The partner reads it."))
            now = fields.Datetime.now()
            duty._write_guarded(
                {"state": "returned", "returned_at": now, "returned_by_id": self.env.uid, "return_reason": reason, "decision": False,
                 "late_reminded_at": False, **self._returned_values()}
            )  # fmt: skip
            duty.version_ids[:1].sudo().write({"returned_at": now, "return_reason": reason})
            duty._tell_partner("returned")
        return True

    _returnable = ("submitted",)

    def _returned_values(self):
        """What a return takes back, besides."""
        return {}

    def _accepted(self):
        """The last step; callers have checked who may."""
        self._write_guarded({"state": "accepted", "accepted_at": fields.Datetime.now(), "accepted_by_id": self.env.uid})
        for duty in self:
            duty._tell_partner("accepted")

    def _portal_require_open(self):
        """The user reads it by the rules, acts for its organisation, and it waits for the partner.

        :raise AccessError, UserError: else
        """
        self.ensure_one()
        self.check_access("read")
        if self.partner_id != self.env.user.partner_id.commercial_partner_id or self.state not in OPEN:
            raise UserError(self.env._("This does not wait for you any more."))
        return self.sudo()

    @api.model
    def _cron_remind(self):
        """A week before it is due, and when it is late: once each; a returned one is late anew."""
        today = fields.Date.context_today(self)
        waiting = fields.Domain("state", "in", OPEN)
        soon = fields.Domain("due_date", "<=", today + SOON) & fields.Domain("due_date", ">=", today)
        late = fields.Domain("due_date", "<", today)
        self._each(waiting & soon & fields.Domain("soon_reminded_at", "=", False), lambda one: one._remind("soon"))
        self._each(waiting & late & fields.Domain("late_reminded_at", "=", False), lambda one: one._remind("late"))

    @api.model
    def _each(self, domain, step):
        """Each row by itself: one that fails is logged and stops no other."""
        for duty in in_pages(self.sudo(), domain):
            try:
                with self.env.cr.savepoint():
                    step(duty)
            except Exception:
                _logger.exception("%s %s: the reminder failed", duty._name, duty.id)
                continue
            self.env["ir.cron"]._commit_progress(1)

    def _remind(self, what):
        self._write_guarded({f"{what}_reminded_at": fields.Datetime.now()})
        self._tell_partner(what)
        if what == "late":
            self.agreement_id._tell_responsible(self._late_summary)

    def _tell_partner(self, what):
        """A neutral mail with a link; nothing of the content stands in it.

        :param what: `new`, `soon`, `late`, `returned` or `accepted`
        """
        self.ensure_one()
        partner = self.partner_id
        theirs = self.sudo().with_context(lang=partner.lang or "de_DE")
        url = f"{self.get_base_url()}{self._portal_path}/{self.token}"
        body = theirs.env["ir.qweb"]._render("sozial_management_partner.mail_duty", {"duty": theirs, "what": what, "url": url})
        partner.sudo()._send_neutral_mail(self.company_id, theirs._mail_subject(what), body)
