from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

# sessions of which this transaction knows that their quarter is open
KNOWN_OPEN = "sozial_open_sessions"


class SozialActivityQuarter(models.Model):
    """A calendar quarter whose attendance is settled: the numbers reported to funders do not move any more."""

    _name = "sozial.activity.quarter"
    _description = "Locked calendar quarter"
    _order = "first_day desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Company", required=True, index=True, default=lambda self: self.env.company)
    first_day = fields.Date(
        "Quarter", required=True, default=lambda self: self._last_over(), help="Any day of the quarter; its first day is kept."
    )
    last_day = fields.Date("Until", compute="_compute_last_day")
    user_id = fields.Many2one("res.users", "Locked by", required=True, readonly=True, index=True, default=lambda self: self.env.user)

    _once = models.Constraint("UNIQUE (company_id, first_day)", "This calendar quarter is locked already.")
    _begins = models.Constraint(
        "CHECK (extract(day FROM first_day) = 1 AND extract(month FROM first_day) IN (1, 4, 7, 10))", "Quarter: enter its first day."
    )

    @api.model
    def _last_over(self):
        return fields.Date.add(self._quarter_of(fields.Date.context_today(self)), months=-3)

    @api.model
    def _quarter_of(self, day):
        """First day of the calendar quarter of a day."""
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)

    @api.depends("first_day")
    def _compute_last_day(self):
        for quarter in self:
            quarter.last_day = quarter.first_day and fields.Date.add(self._quarter_of(quarter.first_day), months=3, days=-1)

    @api.depends("first_day")
    def _compute_display_name(self):
        source = self.env["sozial.figure.source"]
        for quarter in self:
            day = quarter.first_day
            quarter.display_name = day and source._figure_period_label(day.year, str((day.month + 2) // 3))

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("first_day"):
                vals["first_day"] = self._quarter_of(fields.Date.to_date(vals["first_day"]))
            if not self.env.su:
                vals["user_id"] = self.env.uid
        self.env.cr.cache.pop(KNOWN_OPEN, None)
        self.check_access("create")
        meant = {(vals.get("company_id") or self.env.company.id, vals.get("first_day") or self._last_over()) for vals in vals_list}
        for company, day in sorted(meant):
            self._wait_for_attendance(self.env["res.company"].browse(company), day)
        quarters = super().create(vals_list)
        quarters._keep_prices()
        return quarters

    def _keep_prices(self):
        """What was counted without a sheet (a list by import) gets one: it holds whether the visit was paid."""
        sessions = self.env["sozial.activity.session"].sudo()
        for quarter in self:
            begin = fields.Datetime.to_datetime(quarter.first_day)
            counted = sessions.search(
                [
                    ("company_id", "=", quarter.company_id.id), ("sheet_ids", "=", False),
                    ("start", ">=", fields.Datetime.add(begin, days=-1)), ("start", "<", fields.Datetime.add(begin, months=3, days=1)),
                    "|", ("attendance_ids", "!=", False), ("count_ids", "!=", False),
                ],
                limit=None,
            )  # fmt: skip
            self.env["sozial.activity.sheet"].sudo().create([{"session_id": one.id} for one in self._locked(counted)])

    @api.constrains("first_day")
    def _check_over(self):
        today = fields.Date.context_today(self)
        for quarter in self:
            if quarter.last_day >= today:
                raise ValidationError(
                    self.env._("Quarter: it lasts until %s. It can be locked afterwards.", format_date(self.env, quarter.last_day))
                )

    def write(self, vals):
        self.check_access("write")
        raise UserError(self.env._("A locked calendar quarter stays locked. Corrections are entered at the session, with a reason."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A locked calendar quarter stays locked. Corrections are entered at the session, with a reason."))

    @api.model
    def _locked(self, sessions):
        """Those of the sessions whose calendar quarter, by the clock of the centre, is locked."""
        if not sessions:
            return sessions
        days = {session: self._quarter_of(session.centre_id._local(session.start).date()) for session in sessions.sudo()}
        rows = self.sudo().search_fetch(
            [("company_id", "in", sessions.sudo().company_id.ids), ("first_day", "in", list(set(days.values())))],
            ["company_id", "first_day"], limit=None,
        )  # fmt: skip
        locked = {(row.company_id, row.first_day) for row in rows}
        return sessions.filtered(lambda session: (session.sudo().company_id, days[session.sudo()]) in locked)

    @api.model
    def _require_open(self, sessions):
        known = self.env.cr.cache.setdefault(KNOWN_OPEN, set())
        unknown = sessions.filtered(lambda session: session.id not in known)
        if unknown:
            self._hold_open(unknown.sudo().company_id.ids)
        if locked := self._locked(unknown):
            raise UserError(
                self.env._(
                    "%s: the calendar quarter is locked. The centre management enters a correction with a reason.", locked[0].display_name
                )
            )
        known.update(unknown.ids)

    @api.model
    def _require_open_days(self, days):
        """:param days: pairs of company id and day"""
        wanted = {(company, self._quarter_of(day)) for company, day in days}
        self._hold_open([company for company, _day in wanted])
        locked = self.sudo().search_fetch(
            [("company_id", "in", [company for company, _day in wanted]), ("first_day", "in", [day for _company, day in wanted])],
            ["company_id", "first_day"], limit=None,
        )  # fmt: skip
        if found := locked.filtered(lambda row: (row.company_id.id, row.first_day) in wanted)[:1]:
            raise UserError(self.env._("Day: %s is locked. Its hours do not change any more.", found.display_name))

    @api.model
    def _require_locked(self, sessions):
        if not_yet := sessions - self._locked(sessions):
            raise UserError(self.env._("%s: the calendar quarter is not locked. Change the attendance itself.", not_yet[0].display_name))
