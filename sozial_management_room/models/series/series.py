from datetime import time

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

from ...timetable import Recurrence, RuleError, build_rule, parse_rule
from ..room.condition import CUSTOMER_GROUPS

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = [
    ("daily", "Every day"),
    ("weekly", "Weekly"),
    ("monthly_weekday", "Monthly on the weekday"),
    ("monthly_day", "Monthly on the date"),
    ("custom", "By a rule of its own"),
]
STATES = [("draft", "Planned"), ("active", "Booked"), ("cancelled", "Cancelled")]
# what says when a series takes place; after booking it changes by its buttons only
PLAN_FIELDS = {"room_id", "date_start", "time_start", "time_end", "rrule", "frequency", "interval", "date_until"}


def as_time(hours):
    """Hours of a day as Odoo stores them to a time; 24 is midnight."""
    minutes = round((hours or 0.0) * 60) % (24 * 60)
    return time(minutes // 60, minutes % 60)


class SozialRoomSeries(models.Model):
    """A series of bookings (Serie): the same room, the same time on the wall, again and again.

    Times are local times of the centre, so a group that meets at 18:00 meets at 18:00 in summer
    and in winter. Every date is a booking of its own with `series_id` and `series_day`; the rule
    says which dates were meant, the bookings which there are.
    """

    _name = "sozial.room.series"
    _inherit = ["sozial.room.named"]
    _description = "Series of bookings"
    _order = "date_until desc, date_start desc, id desc"
    _check_company_auto = True

    name = fields.Char("What for", required=True, index="trigram")
    active = fields.Boolean(default=True)
    room_id = fields.Many2one("sozial.room", "Room", required=True, index=True, ondelete="restrict", check_company=True)
    centre_id = fields.Many2one(related="room_id.centre_id", string="Centre", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="room_id.company_id", store=True, precompute=True, index=True)
    partner_id = fields.Many2one(
        "res.partner",
        "For",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Organisation or person that uses the room; empty for the own department. Gets the mails.",
    )
    customer_group = fields.Selection(
        CUSTOMER_GROUPS, compute="_compute_customer_group", store=True, readonly=False, precompute=True, required=True
    )
    user_id = fields.Many2one("res.users", "Entered by", required=True, index=True, default=lambda self: self.env.user, readonly=True)
    persons = fields.Integer(help="How many people are expected; 0 if not known.")
    terms_accepted = fields.Boolean("Terms of use accepted", copy=False)
    public_title = fields.Char(
        help="Shown to everybody in the public calendar of the centre, for example: Choir rehearsal. "
        "No names of persons. Empty: not shown.",
    )
    date_start = fields.Date("First day", required=True, default=fields.Date.context_today)
    date_until = fields.Date(
        "Last day", required=True, default=lambda self: fields.Date.context_today(self) + relativedelta(years=1, days=-1)
    )
    time_start = fields.Float("From", required=True, default=18.0, help="Time on the wall of the centre.")
    time_end = fields.Float("To", required=True, default=20.0, help="Not after the start: the next day. From 23:00 to 04:00 is a night.")
    frequency = fields.Selection(FREQUENCIES, "Repeats", required=True, default="weekly")
    interval = fields.Integer("Every", required=True, default=1, help="2: every second week or month.")
    rrule = fields.Char(
        "Rule",
        compute="_compute_rrule",
        store=True,
        readonly=False,
        precompute=True,
        help="Rule of recurrence after RFC 5545, for example FREQ=WEEKLY;INTERVAL=2;BYDAY=TU.",
    )
    state = fields.Selection(STATES, "Status", required=True, default="draft", readonly=True, copy=False, index=True)
    exception_ids = fields.One2many("sozial.room.series.exception", "series_id", "Left out", copy=False)
    booking_ids = fields.One2many("sozial.room.booking", "series_id", "Dates", copy=False, readonly=True)
    pattern = fields.Char("Takes place", compute="_compute_pattern_text")
    booking_count = fields.Integer("Number of dates", compute="_compute_booking_count")
    next_start = fields.Datetime("Next date", compute="_compute_booking_count")

    _dates_in_order = models.Constraint(
        "CHECK (date_start <= date_until)", "Last day: it lies before the first day. Correct one of the two."
    )
    _times_of_a_day = models.Constraint(
        "CHECK (time_start >= 0 AND time_start < 24 AND time_end >= 0 AND time_end <= 24)",
        "From, To: enter times between 00:00 and 24:00.",
    )
    _interval_positive = models.Constraint("CHECK (interval BETWEEN 1 AND 99)", "Every: enter a number from 1 to 99.")
    _persons_plausible = models.Constraint("CHECK (COALESCE(persons, 0) BETWEEN 0 AND 10000)", "Persons: enter a number from 0 to 10,000.")

    @api.depends("partner_id")
    def _compute_customer_group(self):
        for series in self:
            partner = series.partner_id
            if not partner:
                series.customer_group = "own"
            else:
                series.customer_group = "partner" if partner.commercial_partner_id.is_company else "tenant"

    @api.depends("frequency", "interval", "date_start")
    def _compute_rrule(self):
        for series in self:
            if series.frequency != "custom" and series.date_start:
                series.rrule = build_rule(series._parts(series.frequency or "weekly", series.interval or 1))
            else:
                series.rrule = series.rrule or ""

    def _recognise_rule(self):
        """A rule that came by import or from a program, in the words of the form where these can say it."""
        for series in self:
            try:
                parts = parse_rule(series.rrule)
            except RuleError:
                continue  # the constraint says what is wrong with it
            interval = parts.get("INTERVAL", 1)
            for frequency, _label in FREQUENCIES[:-1]:
                if build_rule(series._parts(frequency, interval)) == build_rule(parts):
                    super(SozialRoomSeries, series).write({"frequency": frequency, "interval": interval})

    def _parts(self, frequency, interval):
        """The parts of a rule from the words of the form; weekday and date are those of the first day."""
        first = self.date_start
        weekday = WEEKDAYS[first.weekday()]
        if frequency == "daily":
            return {"FREQ": "DAILY", "INTERVAL": interval}
        if frequency == "weekly":
            return {"FREQ": "WEEKLY", "INTERVAL": interval, "BYDAY": [weekday]}
        if frequency == "monthly_weekday":
            # the fifth Tuesday is meant as the last one: not every month has five
            number = (first.day - 1) // 7 + 1
            return {"FREQ": "MONTHLY", "INTERVAL": interval, "BYDAY": [f"{number if number < 5 else -1}{weekday}"]}
        return {"FREQ": "MONTHLY", "INTERVAL": interval, "BYMONTHDAY": [first.day]}

    @api.depends("frequency", "interval", "rrule", "date_start", "time_start", "time_end")
    @api.depends_context("lang")
    def _compute_pattern_text(self):
        for series in self:
            series.pattern = series._pattern_words() if series.date_start else False

    def _pattern_words(self):
        """»every Tuesday, 18:00 to 20:00« in the reader's language."""
        day = format_date(self.env, self.date_start, date_format="EEEE")
        every, number = self.interval or 1, min((self.date_start.day - 1) // 7 + 1, 5)
        ordinal = [self.env._("1st"), self.env._("2nd"), self.env._("3rd"), self.env._("4th"), self.env._("last")][number - 1]
        if self.frequency == "daily":
            when = self.env._("every day") if every == 1 else self.env._("every %s days", every)
        elif self.frequency == "weekly":
            when = self.env._("every %s", day) if every == 1 else self.env._("%(day)s, every %(number)s weeks", day=day, number=every)
        elif self.frequency == "monthly_weekday":
            when = self.env._("%(ordinal)s %(day)s of the month", ordinal=ordinal, day=day)
        elif self.frequency == "monthly_day":
            when = self.env._("on day %s of the month", self.date_start.day)
        else:
            when = self.rrule or ""
        if every > 1 and (self.frequency or "").startswith("monthly"):
            when = self.env._("%(when)s, every %(number)s months", when=when, number=every)
        begin, end = as_time(self.time_start), as_time(self.time_end)
        return self.env._("%(when)s, %(start)s to %(end)s", when=when, start=f"{begin:%H:%M}", end=f"{end:%H:%M}")

    def _compute_booking_count(self):
        Booking = self.env["sozial.room.booking"]
        live = [("series_id", "in", self.ids), ("state", "!=", "cancelled")]
        counts = {series.id: count for series, count in Booking._read_group(live, ["series_id"], ["__count"])}
        coming = [*live, ("start", ">=", fields.Datetime.now())]
        following = {series.id: start for series, start in Booking._read_group(coming, ["series_id"], ["start:min"])}
        for series in self:
            series.booking_count = counts.get(series.id, 0)
            series.next_start = following.get(series.id, False)

    @api.constrains("rrule", "date_start", "date_until", "time_start", "time_end", "room_id")
    def _check_rule(self):
        for series in self:
            if not series._dates():
                raise ValidationError(self.env._("Rule: between first and last day there is no date. Correct the days or the rule."))

    def _recurrence(self):
        """The series as the pure package reckons it."""
        self.ensure_one()
        begin, end = as_time(self.time_start), as_time(self.time_end)
        zone, left_out = self.room_id.sudo().centre_id.tz, self.exception_ids.mapped("day")
        return Recurrence.of(self.date_start, begin, end, self.rrule or "", zone, self.date_until, left_out)

    def _dates(self):
        """Every date of the series in UTC.

        :raise ValidationError: for a rule that cannot be used, saying what is wrong with it
        """
        try:
            return self._recurrence().expand()
        except RuleError as error:
            raise ValidationError(self._rule_message(error)) from error

    def _rule_message(self, error):
        words = {
            "empty": self.env._("Rule: say how the series repeats."),
            "freq": self.env._("Rule: it needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY."),
            "both": self.env._("Rule: give either COUNT or UNTIL."),
            "many": self.env._("Rule: these are more dates than one series may have (600). Choose an earlier last day."),
            "far": self.env._("Last day: it lies too far ahead. Renew the series later instead."),
        }
        return words.get(error.code) or self.env._("Rule: »%s« is not understood. Correct the rule.", error.value)

    @api.model_create_multi
    def create(self, vals_list):
        ruled = [self._with_rule(vals) for vals in vals_list]
        series = super().create(vals_list)
        series.browse([one.id for one, rule in zip(series, ruled, strict=True) if rule])._recognise_rule()
        return series

    def write(self, vals):
        if "state" in vals:
            raise UserError(self.env._("Status: use the buttons of the series."))
        if PLAN_FIELDS & vals.keys() and any(series.state != "draft" for series in self):
            raise UserError(self.env._("This series is booked already. Use »Change« so that its dates follow."))
        ruled = self._with_rule(vals)
        result = super().write(vals)
        if ruled:
            self._recognise_rule()
        if "public_title" in vals:
            self.booking_ids.write({"public_title": vals["public_title"]})
        return result

    def _with_rule(self, vals):
        """Whether values bring a rule of their own; such a rule counts, not the words of the form."""
        vals.pop("state", None)
        ruled = bool(vals.get("rrule")) and vals.get("frequency", "custom") == "custom"
        if ruled:
            vals["frequency"] = "custom"
        return ruled

    @api.ondelete(at_uninstall=False)
    def _unlink_planned(self):
        if any(series.state == "active" for series in self):
            raise UserError(self.env._("A series with dates is not deleted. Cancel it instead."))

    def _set_state(self, state):
        return super().write({"state": state})
