from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

# sessions of which this transaction knows that their quarter is open
KNOWN_OPEN = "sozial_open_sessions"


class SozialActivityQuarter(models.Model):
    """A calendar quarter whose attendance is settled: the numbers reported to funders do not move any more.

    Each centre locks its own when it is ready. What is published of all centres together locks the quarter of the company: for
    hours of no centre too, and for centres that come later.
    """

    _name = "sozial.activity.quarter"
    _description = "Locked calendar quarter"
    _inherit = ["sozial.room.named"]
    _order = "first_day desc, id desc"
    _check_company_auto = True

    centre_id = fields.Many2one(
        "sozial.centre", "Centre", index="btree_not_null", ondelete="restrict", check_company=True,
        help="Sessions outside the own rooms belong to the centre of their activity. Empty: all centres of the company.",
    )  # fmt: skip
    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, compute="_compute_company_id", store=True, readonly=False, precompute=True
    )
    first_day = fields.Date(
        "Calendar quarter", required=True, default=lambda self: self._last_over(), help="Any day of the quarter; its first day is kept."
    )
    last_day = fields.Date("Until", compute="_compute_last_day")
    user_id = fields.Many2one("res.users", "Locked by", required=True, readonly=True, index=True, default=lambda self: self.env.user)

    _once = models.Constraint("UNIQUE (centre_id, first_day)", "This calendar quarter is locked already.")
    _once_for_all = models.UniqueIndex("(company_id, first_day) WHERE centre_id IS NULL", "This calendar quarter is locked already.")
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

    @api.depends("centre_id")
    def _compute_company_id(self):
        for quarter in self:
            quarter.company_id = quarter.centre_id.company_id or quarter.company_id or self.env.company

    @api.depends("first_day")
    def _compute_last_day(self):
        for quarter in self:
            quarter.last_day = quarter.first_day and fields.Date.add(self._quarter_of(quarter.first_day), months=3, days=-1)

    @api.depends("first_day", "centre_id.name")
    def _compute_display_name(self):
        for quarter in self:
            quarter.display_name = ", ".join(filter(None, (quarter._period_label(), quarter.centre_id.name)))

    def _period_label(self):
        day = self.first_day
        return day and self.env["sozial.figure.source"]._figure_period_label(day.year, str((day.month + 2) // 3))

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
        for (company, day), of_day in self._meant(vals_list).items():
            self._wait_for_attendance(company, day, of_day)
        quarters = super().create(vals_list)
        quarters._keep_prices()
        return quarters

    def _meant(self, vals_list):
        """What shall be locked: ``{(company, first day): centres}``, no centre for all of them.

        :raise UserError: if a person locks without saying whose attendance, or that of a centre that is not the own company's
        """
        wanted = {vals.get("centre_id") or False for vals in vals_list}
        centres = self.env["sozial.centre"].with_context(active_test=False).search([("id", "in", list(wanted))], limit=None)
        if not self.env.su and False in wanted or wanted - {False} - set(centres.ids):
            raise UserError(self.env._("Centre: say whose attendance is complete, one centre of your company."))
        companies, meant = self.env["res.company"], {}
        for vals in vals_list:
            centre = centres & centres.browse(vals.get("centre_id") or ())
            key = centre.company_id.id or vals.get("company_id") or self.env.company.id, vals.get("first_day") or self._last_over()
            meant.setdefault(key, []).append(centre)
        return {
            (companies.browse(company), day): centres.browse().union(*of_day) if all(of_day) else centres.browse()
            for (company, day), of_day in sorted(meant.items())
        }

    def _keep_prices(self):
        """What was counted without a sheet (a list by import) gets one: it holds whether the visit was paid."""
        sessions = self.env["sozial.activity.session"].sudo()
        for quarter in self:
            begin = fields.Datetime.to_datetime(quarter.first_day)
            counted = sessions.search(
                [
                    ("company_id", "=", quarter.company_id.id), ("sheet_ids", "=", False),
                    *([("centre_id", "=", quarter.centre_id.id)] if quarter.centre_id else []),
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
        """Those of the sessions whose calendar quarter, by the clock of the centre, is locked.

        A session outside the own rooms is one of the centre of its activity.
        """
        if not sessions:
            return sessions
        days = {session: self._quarter_of(session.centre_id._local(session.start).date()) for session in sessions.sudo()}
        rows = self.sudo().search_fetch(
            [("company_id", "in", sessions.sudo().company_id.ids), ("first_day", "in", list(set(days.values())))],
            ["company_id", "centre_id", "first_day"], limit=None,
        )  # fmt: skip
        locked = {(row.company_id.id, row.centre_id.id, row.first_day) for row in rows}
        of = {session.id: (session.company_id.id, session.centre_id.id, day) for session, day in days.items()}
        return sessions.filtered(lambda session: self._settled_by(locked, *of[session.id]))

    @api.model
    def _settled_by(self, locked, company, centre, day):
        """Whether `locked`, triples of company, centre and first day, has this one: by its centre, or by the whole company."""
        return (company, centre, day) in locked or (company, False, day) in locked

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
        """:param days: triples of company id, centre id (or none: settled with the whole company) and day"""
        wanted = {(company, centre, self._quarter_of(day)) for company, centre, day in days}
        companies, firsts = {company for company, _centre, _day in wanted}, {day for _company, _centre, day in wanted}
        self._hold_open(companies)
        rows = self.sudo().search_fetch(
            [("company_id", "in", list(companies)), ("first_day", "in", list(firsts))], ["company_id", "centre_id", "first_day"], limit=None
        )
        held = wanted | {(company, False, day) for company, _centre, day in wanted}
        if found := rows.filtered(lambda row: (row.company_id.id, row.centre_id.id, row.first_day) in held)[:1]:
            raise UserError(self.env._("Day: %s is locked. Its hours do not change any more.", found.display_name))

    @api.model
    def _require_locked(self, sessions):
        if not_yet := sessions - self._locked(sessions):
            raise UserError(self.env._("%s: the calendar quarter is not locked. Change the attendance itself.", not_yet[0].display_name))
