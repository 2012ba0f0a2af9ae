import hmac
import secrets
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError

# the group is asked so long before its last day, and has so long to answer
ASK_BEFORE, ANSWER_WITHIN = timedelta(days=60), timedelta(days=30)
BATCH = 20


class SozialRoomSeries(models.Model):
    """Standing bookings (Dauerbelegung): once a year the group is asked whether it goes on.

    Asking plans the following year and holds its dates as requests, so nobody else gets them
    before the answer. The link in the mail shows a page; only its button, a POST, answers.
    """

    _inherit = "sozial.room.series"

    is_standing = fields.Boolean(
        "Standing booking", help="Once a year the group is asked whether it goes on; its dates are held until it answers."
    )
    renewal_state = fields.Selection(
        [
            ("asked", "Asked"),
            ("confirmed", "Confirmed"),
            ("declined", "Given up"),
            ("expired", "Not answered"),
            ("blocked", "No date free"),
        ],
        "Renewal",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    renewal_due = fields.Date("Answer until", readonly=True, copy=False)
    renewal_token = fields.Char(groups=fields.NO_ACCESS, copy=False)
    previous_id = fields.Many2one(
        "sozial.room.series", "Renewal of", readonly=True, copy=False, index="btree_not_null", ondelete="set null", check_company=True
    )
    next_ids = fields.One2many("sozial.room.series", "previous_id", "Renewed by", readonly=True)

    def action_ask_renewal(self):
        """Ask the group now whether it goes on, and hold the dates of the following year.

        :raise UserError: if it was asked already, or nobody can be asked
        """
        self.check_access("write")
        self._require_state("active")
        for series in self:
            if series.renewal_state:
                raise UserError(self.env._("%s: the group has been asked already.", series.name))
            if not series.partner_id.email:
                raise UserError(self.env._("%s: there is nobody to ask. Enter a contact with a mail address under »For«.", series.name))
            series._ask_renewal()
        return True

    def _ask_renewal(self):
        self.ensure_one()
        due = min(fields.Date.context_today(self) + ANSWER_WITHIN, self.date_until)
        first, last = self.date_until + timedelta(days=1), self.date_until + relativedelta(years=1)
        following = self.copy({"date_start": self._first_day_from(first), "date_until": last, "previous_id": self.id})
        wishes = following._wishes()
        findings = following._findings(wishes)
        left_out = {wishes[number].day: finding.text for number, finding in findings.items() if finding.kind != "outside"}
        held = [wish for wish in wishes if wish.day not in left_out]
        if not held:
            following._set_state("cancelled")
            return self._core_write({"renewal_state": "blocked"})
        # the due day is set before: the held dates are not answered with a mail of their own
        self._core_write({"renewal_state": "asked", "renewal_due": due})
        self.sudo()._core_write({"renewal_token": secrets.token_urlsafe(24)})
        following._book(held, left_out, {"state": "requested", "hold_until": due + timedelta(days=1)})
        self._mail_renewal(following)
        return True

    def _first_day_from(self, day):
        """The first day not before ``day`` on which the same words mean the same rule: same weekday, or same date."""
        if self.frequency in ("weekly", "monthly_weekday"):
            following = day + timedelta(days=(self.date_start.weekday() - day.weekday()) % 7)
            if self.frequency == "monthly_weekday":
                number = (self.date_start.day - 1) // 7
                while (following.day - 1) // 7 != number:
                    following += timedelta(weeks=1)
            return following
        if self.frequency == "monthly_day":
            following = day
            while following.day != self.date_start.day:
                following += timedelta(days=1)
            return following
        return day

    def _renewal_url(self):
        return f"{self.get_base_url()}/sozial/belegung/verlaengern/{self.id}/{self.sudo().renewal_token}"

    def _mail_renewal(self, following):
        partner = self.partner_id
        mine = self.with_context(lang=partner.lang or self.env.lang).sudo()
        body = mine.env["ir.qweb"]._render(
            "sozial_management_room.mail_renewal",
            {"series": mine, "following": following.with_env(mine.env), "partner": partner, "url": mine._renewal_url()},
        )
        mine.env["mail.mail"].create(
            {
                "subject": mine.env._("Does »%s« go on?", mine.name),
                "body_html": body,
                "email_from": mine.company_id.email_formatted or mine.env.user.email_formatted,
                "email_to": partner.email_formatted,
                "reply_to": mine.centre_id.manager_id.email_formatted or mine.company_id.email_formatted,
                "author_id": False,
                "auto_delete": True,
            }
        )

    def _by_token(self, series_id, token):
        """The series behind a link, else nothing; superuser record, because the link is the proof."""
        series = self.sudo().browse(series_id).exists()
        known = series.renewal_token or ""
        if known and hmac.compare_digest(known.encode(), (token or "").encode()):
            return series
        return self.browse()

    def _may_answer(self):
        return self.renewal_state == "asked" and self.renewal_due >= fields.Date.context_today(self)

    def _held_dates(self):
        return self.next_ids.booking_ids.filtered(lambda booking: booking.state == "requested")

    def _answer_renewal(self, goes_on):
        """What the group answers by its link.

        :raise UserError: if it has answered already or it is too late
        """
        self.ensure_one()
        if not self.try_lock_for_update() or not self._may_answer():
            raise UserError(self.env._("This question has been answered already, or the time to answer is over. Please call the centre."))
        held = self._held_dates()
        if goes_on:
            held._set_state("confirmed", hold_until=False)
            self._core_write({"renewal_state": "confirmed"})
            held._notify("confirmed")
        else:
            self._give_up("declined")

    def _give_up(self, state):
        """The following year is free again; who waits for such a slot is told."""
        self._held_dates()._set_state("cancelled", hold_until=False, decline_reason=self.env._("Not renewed"))
        self.next_ids._set_state("cancelled")
        self._core_write({"renewal_state": state})
        self.env["sozial.room.waiting"]._offer(self)

    def _cron_renewals(self):
        """Ask standing bookings in time; give free what was not answered."""
        today = fields.Date.context_today(self)
        unanswered = self.search([("renewal_state", "=", "asked"), ("renewal_due", "<", today)], limit=BATCH)
        for series in unanswered:
            series._give_up("expired")
        due = [
            ("is_standing", "=", True),
            ("state", "=", "active"),
            ("renewal_state", "=", False),
            ("partner_id.email", "not in", (False, "")),
            ("date_until", ">=", today),
            ("date_until", "<=", today + ASK_BEFORE),
        ]
        asked = self.search(due, limit=BATCH)
        for series in asked:
            series._ask_renewal()
        self.env["ir.cron"]._commit_progress(len(unanswered | asked), remaining=self.search_count(due, limit=1000))


class SozialRoomBooking(models.Model):
    _inherit = "sozial.room.booking"

    def _notify(self, event=None):
        """Dates that are only held until the group answers: the question is their mail."""
        held = self.filtered(
            lambda booking: (
                booking.series_id
                and (event or booking.state) == "requested"
                and booking.series_id.sudo().previous_id.renewal_state == "asked"
            )
        )
        return super(SozialRoomBooking, self - held)._notify(event)
