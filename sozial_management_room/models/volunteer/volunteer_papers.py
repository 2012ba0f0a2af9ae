import logging
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .volunteer import MANAGERS

_logger = logging.getLogger(__name__)

REMIND_BEFORE = timedelta(days=60)
# a task's day is read by everybody who sees the register; the day on which a Führungszeugnis expires is not
LOOK_WITHIN = timedelta(days=14)
CERTIFICATE_YEARS = 5
# § 72a (5) SGB VIII: what was noted goes soon after the volunteer has stopped
NOTES_KEPT = relativedelta(months=3)
BATCH = 200


class SozialVolunteer(models.Model):
    """Insurance and Führungszeugnis: that they were seen, and until when they are good. No copy, no content.

    Legal source: § 72a (5) SGB VIII allows to note that the certificate was seen, its date, and
    whether somebody is convicted of an offence named there; who is does not help here, so that is not noted.
    """

    _inherit = "sozial.volunteer"

    insurance = fields.Selection(
        [("company", "By our company"), ("state", "By the collective contract of the state"), ("own", "By an own policy")],
        help="Who insures accidents and liability while helping.",
    )
    insured_until = fields.Date("Insured until", index="btree_not_null", help="Empty: without end.")
    with_minors = fields.Boolean("Works with minors", help="Then a Führungszeugnis has to be shown first (§ 72a SGB VIII).")
    certificate_dated = fields.Date("Führungszeugnis of", groups=MANAGERS, help="Date on the certificate.")
    certificate_seen_on = fields.Date(
        "Führungszeugnis seen on", groups=MANAGERS, help="Only that it was seen: no copy, nothing of what it says.",
    )
    certificate_seen_by = fields.Many2one("res.users", "Seen by", readonly=True, copy=False, groups=MANAGERS)
    certificate_until = fields.Date(
        "Führungszeugnis good until", compute="_compute_certificate_until", store=True, readonly=False, groups=MANAGERS,
        index="btree_not_null", help="Proposed: five years after its date.",
    )  # fmt: skip
    papers = fields.Selection(
        [("good", "Complete"), ("soon", "Expire soon"), ("missing", "Missing or expired")],
        compute="_compute_papers", compute_sudo=True, search="_search_papers", groups=MANAGERS,
        help="Insurance, and for work with minors the Führungszeugnis.",
    )  # fmt: skip
    reminded_for = fields.Date(readonly=True, copy=False, groups=fields.NO_ACCESS)

    _certificate_order = models.Constraint(
        "CHECK (certificate_dated IS NULL OR certificate_seen_on IS NULL OR certificate_seen_on >= certificate_dated)",
        "Führungszeugnis seen on: this is before the date on the certificate.",
    )
    _certificate_whole = models.Constraint(
        "CHECK (certificate_until IS NULL OR certificate_seen_on IS NOT NULL)",
        "Führungszeugnis good until: say first when it was seen.",
    )

    @api.depends("certificate_dated", "certificate_seen_on")
    def _compute_certificate_until(self):
        for volunteer in self:
            day = volunteer.certificate_seen_on and (volunteer.certificate_dated or volunteer.certificate_seen_on)
            volunteer.certificate_until = day and day + relativedelta(years=CERTIFICATE_YEARS)

    @api.depends("insurance", "insured_until", "with_minors", "certificate_until", "active_until")
    def _compute_papers(self):
        today = fields.Date.context_today(self)
        missing, soon = (self.filtered_domain(self._papers_domain(day)) for day in (today, today + REMIND_BEFORE))
        for volunteer in self:
            volunteer.papers = "missing" if volunteer in missing else "soon" if volunteer in soon else "good"

    @api.model
    def _papers_domain(self, day):
        """Who has not what is needed on a day, among those who still help."""
        insured = Domain("insurance", "!=", False) & (Domain("insured_until", "=", False) | Domain("insured_until", ">=", day))
        shown = Domain("with_minors", "=", False) | Domain("certificate_until", ">=", day)
        helps = Domain("active_until", "=", False) | Domain("active_until", ">=", day)
        return helps & ~(insured & shown)

    @api.model
    def _search_papers(self, operator, value):
        if operator != "in":
            return NotImplemented
        self._check_field_access(self._fields["papers"], "read")  # a search tells as much as a look, and nobody else checks
        today = fields.Date.context_today(self)
        missing, soon = self._papers_domain(today), self._papers_domain(today + REMIND_BEFORE)
        found = {"missing": missing, "soon": soon & ~missing, "good": ~soon & ~missing}
        # by the rules of the one who asks; only the comparison with what the management alone reads is made for them
        return Domain("id", "in", self.sudo()._search(Domain.OR(found[one] for one in value if one in found)))

    @api.constrains("certificate_dated", "certificate_seen_on")
    def _check_certificate_days(self):
        today = fields.Date.context_today(self)
        for volunteer in self.sudo():
            for name in ("certificate_dated", "certificate_seen_on"):
                if volunteer[name] and volunteer[name] > today:
                    raise ValidationError(self.env._("%s: this day is still to come.", self._fields[name]._description_string(self.env)))

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._signed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._signed(vals))

    @api.model
    def _signed(self, vals):
        """Whoever says that a certificate was seen stands by it with the own name."""
        if "certificate_seen_by" in vals:
            raise UserError(self.env._("Seen by: is filled by the software."))
        if "certificate_seen_on" in vals:
            return {**vals, "certificate_seen_by": self.env.uid if vals["certificate_seen_on"] else False}
        return vals

    def _expiry(self):
        """The next day on which something expires; False for nothing."""
        self.ensure_one()
        days = [self.insured_until, self.with_minors and self.certificate_until]
        return min(filter(None, days), default=False)

    @api.model
    def _cron_papers(self):
        """Remind before papers expire, once for each expiry; and forget certificates of those who have stopped."""
        today = fields.Date.context_today(self)
        self._forget_certificates(today)
        soon = Domain("insured_until", "<=", today + REMIND_BEFORE) | (
            Domain("with_minors", "=", True) & Domain("certificate_until", "<=", today + REMIND_BEFORE)
        )
        helps = Domain("active_until", "=", False) | Domain("active_until", ">=", today)
        last = 0
        while rows := self.search(soon & helps & Domain("id", ">", last), order="id", limit=BATCH):
            last = rows[-1].id
            for volunteer in rows.filtered(lambda row: row.reminded_for != row._expiry()):
                volunteer._remind_of_papers()
            self.env["ir.cron"]._commit_progress(len(rows))

    def _remind_of_papers(self):
        """A task for whoever looks after the volunteer; one that cannot be written stops no other one."""
        user = self.manager_id or self.centre_ids[:1].manager_id
        if not user:
            return
        try:
            with self.env.cr.savepoint():
                self.activity_schedule(
                    "mail.mail_activity_data_todo", date_deadline=fields.Date.context_today(self) + LOOK_WITHIN, user_id=user.id,
                    summary=self.with_context(lang=user.lang).env._("Papers of a volunteer expire: look at the register"),
                )  # fmt: skip
                self.reminded_for = self._expiry()
        except Exception:
            _logger.exception("volunteer %s: the reminder of expiring papers was not written", self.id)

    @api.model
    def _forget_certificates(self, today):
        """Legal source: § 72a (5) SGB VIII."""
        over = Domain("active_until", "<", today - NOTES_KEPT) & Domain("certificate_seen_on", "!=", False)
        while rows := self.with_context(active_test=False).search(over, limit=BATCH):
            rows.write({"certificate_dated": False, "certificate_seen_on": False, "certificate_until": False})
            self.env["ir.cron"]._commit_progress(len(rows))
