from datetime import datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from .consent import RENT_COLLECTION

EXPIRING_DAYS = 30


class SozialConsent(models.Model):
    """The one predicate by which everything else asks for a consent."""

    _inherit = "sozial.consent"

    @api.model
    def _covers(self, subject, recipient, purpose, categories, at=None):
        """Whether a consent allows this, at that moment.

        It looks at the consents the environment may read: as a user at those of the user's
        cases, with `sudo()` (after an access check of the caller's own) at those of the
        active companies.

        :param subject: `res.partner` whose data it is
        :param recipient: `res.partner` who would be told (a person of an organisation that is
            named is covered, an organisation by a consent for one of its people is not),
            or ``"rent_collection"``
        :param str purpose: code of a `sozial.consent.purpose`
        :param categories: codes of `sozial.consent.category`; ONE consent must hold them all
        :param at: naive UTC moment, now if left out
        """
        return bool(self._covering(subject, recipient, purpose, categories, at))

    @api.model
    def _covering(self, subject, recipient, purpose, categories, at=None):
        """The consents behind :meth:`_covers`, the longest first."""
        if not subject or not recipient or not purpose:
            return self.browse()
        domain = (
            self._valid_domain(at or fields.Datetime.now())
            & Domain("subject_id", "in", subject.ids)
            & Domain("company_id", "in", self.env.companies.ids)
            & Domain("purpose_ids.code", "=", purpose)
            & self._recipient_domain(recipient)
            & Domain.AND(Domain("category_ids.code", "=", code) for code in categories)
        )
        return self.search(domain, order="valid_until desc, id desc", limit=100)

    @api.model
    def _valid_domain(self, at):
        """Consents that hold at the naive UTC moment `at`: given by then, not yet revoked, within their days."""
        day = self._day_of(at)
        return (
            Domain("given_at", "<=", at)
            & (Domain("revoked_at", "=", False) | Domain("revoked_at", ">", at))
            & Domain("valid_from", "<=", day)
            & Domain("valid_until", ">=", day)
        )

    @api.model
    def _recipient_domain(self, recipient):
        if isinstance(recipient, str):
            return Domain("kind", "=", "signal") if recipient == RENT_COLLECTION else Domain.FALSE
        return Domain("recipient_ids", "in", (recipient | recipient.commercial_partner_id).ids)

    @api.model
    def _day_of(self, at):
        """The calendar day of a naive UTC moment where the company works: a consent ends at its midnight."""
        zone = pytz.timezone(self.env.user.tz or "Europe/Berlin")
        return pytz.utc.localize(fields.Datetime.to_datetime(at)).astimezone(zone).date()

    @api.model
    def _expiring_domain(self):
        """Own active cases' consents that end within 30 days and are not renewed yet."""
        today = self._day_of(datetime.now(pytz.utc).replace(tzinfo=None))
        return (
            Domain("case_id.worker_id", "=", self.env.uid)
            & Domain("case_id.is_active", "=", True)
            & Domain("given_at", "!=", False)
            & Domain("revoked_at", "=", False)
            & Domain("valid_until", ">=", today.isoformat())
            & Domain("valid_until", "<=", (today + timedelta(days=EXPIRING_DAYS)).isoformat())
            & Domain("renewal_ids", "not any", [("given_at", "!=", False)])
        )
