from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SozialOutreach(models.Model):
    """Modernisation works: a schedule per building, and each dwelling is asked what it needs while they last.

    Legal source: §§ 555b to 555d BGB. The company has announcements and periods reviewed by its lawyers.
    """

    _inherit = "sozial.outreach"

    kind = fields.Selection(selection_add=[("works", "Modernisation works")], ondelete={"works": "cascade"})
    phase_ids = fields.One2many("sozial.works.phase", "outreach_id", "Schedule")
    announced_on = fields.Date("Announcement sent on", help="The day it went out. When it was received stands at each dwelling.")
    hardship_told = fields.Boolean(
        "Tells of the hardship objection",
        help="The announcement meets § 555c BGB and tells of form and period of the hardship objection (§ 555c (2) BGB). Without this "
        "no period runs (§ 555d (3), (5) BGB).",
    )
    works_start = fields.Date("Works begin on", compute="_compute_works_start")
    announce_latest = fields.Date(
        "Announce by", compute="_compute_works_start",
        help="The announcement must be received three full months before the works begin (§ 555c (1) BGB).",
    )  # fmt: skip
    announce_late = fields.Boolean("Announced too late", compute="_compute_works_start")

    @api.constrains("kind", "quarter_id", "building_ids")
    def _check_schedule(self):
        """A schedule stays with works and with the buildings it was made for: nobody would find or could change it elsewhere."""
        for outreach in self.filtered("phase_ids"):
            stray = outreach.phase_ids.building_id - outreach._buildings()
            if outreach.kind != "works" or stray:
                raise ValidationError(
                    self.env._("Schedule: it has phases for %s. Delete them first, then change kind, quarter or buildings.",
                               ", ".join((stray or outreach.phase_ids.building_id).mapped("name")))
                )  # fmt: skip

    @api.model
    def _accompanied_kinds(self):
        return super()._accompanied_kinds() | {"works"}

    @api.autovacuum
    def _gc_objections(self):
        """Delete the sheets of works once no claim can come from an announcement or objection any more.

        Claims end so many years after the end of the year (§§ 195, 199 BGB: three); the company says how many it waits.
        """
        today = fields.Date.context_today(self)
        for company in self.env["res.company"].sudo().search([], limit=None):
            before = today.replace(year=today.year - company.sozial_objection_years, month=1, day=1)
            over = [("company_id", "=", company.id), ("outreach_id.ended_on", "<", before)]
            self.env["sozial.works.sheet"].sudo().search(over, limit=None).unlink()

    @api.model
    def _private_models(self):
        return [*super()._private_models(), "sozial.works.sheet"]

    @api.depends("phase_ids.date_start", "announced_on")
    def _compute_works_start(self):
        for outreach in self:
            first = outreach.phase_ids.filtered("date_start").sorted("date_start")[:1]
            outreach.works_start = first.date_start
            outreach.announce_latest = first.announce_latest
            sent = outreach.announced_on or fields.Date.context_today(outreach)
            outreach.announce_late = bool(first) and sent > first.announce_latest

    def _phases_by_place(self):
        """Phases by (outreach, building), in one query."""
        phases = self.env["sozial.works.phase"].search([("outreach_id", "in", self.ids)], limit=None)
        found = defaultdict(phases.browse)
        for phase in phases:
            found[phase.outreach_id.id, phase.building_id.id] |= phase
        return found

    def action_begin(self):
        """The rows as for every kind; for works a sheet for every tenancy."""
        result = super().action_begin()
        self._add_sheets()
        return result

    @api.model
    def _cron_sheets(self):
        """Who moves in while works are accompanied gets an empty sheet: no need and no objection is inherited."""
        self.search([("kind", "=", "works"), ("state", "=", "running")], limit=None)._add_sheets()

    def _add_sheets(self):
        """A sheet for every tenancy of today, none left out: one statement; those that have one keep it."""
        works = self.filtered(lambda one: one.kind == "works" and one.state == "running")
        if not works:
            return
        self.env.flush_all()
        self.env.cr.execute(
            """INSERT INTO sozial_works_sheet
                      (visit_id, outreach_id, dwelling_id, building_id, company_id, tenancy_id, create_uid, create_date, write_uid,
                       write_date)
               SELECT v.id, v.outreach_id, v.dwelling_id, v.building_id, v.company_id, t.id, %(user)s, now() AT TIME ZONE 'UTC', %(user)s,
                      now() AT TIME ZONE 'UTC'
                 FROM sozial_outreach_visit v
                 JOIN sozial_tenancy t ON t.dwelling_id = v.dwelling_id
                  AND t.date_start <= %(today)s AND (t.date_end IS NULL OR t.date_end >= %(today)s)
                WHERE v.outreach_id = ANY(%(outreaches)s)
                ORDER BY v.id
          ON CONFLICT (visit_id, tenancy_id) DO NOTHING""",
            {"outreaches": works.ids, "user": self.env.uid, "today": fields.Date.context_today(self)},
        )
        self.env["sozial.works.sheet"].invalidate_model()

    def write(self, vals):
        """Reminders follow whoever answers for it."""
        result = super().write(vals)
        if "user_id" in vals:
            for outreach in self.filtered("user_id"):
                outreach._objection_reminders().write({"user_id": outreach.user_id.id})
        return result

    def _objection_reminders(self):
        return self.activity_ids.filtered(lambda one: one.activity_type_id == self._reminder_type())

    @api.model
    def _reminder_type(self):
        return self.env.ref("sozial_management.activity_type_hardship")

    def _remind(self, days):
        """One task for each day on which a period ends. Names no dwelling: the assignee's list and mails show it.

        :param days: days on which periods end; those past are left out
        """
        today = fields.Date.context_today(self)
        kind = self._reminder_type()
        for outreach in self:
            there = set(outreach._objection_reminders().mapped("date_deadline"))
            for day in sorted(set(days) - there):
                if day >= today and outreach.user_id:
                    summary = kind.with_context(lang=outreach.user_id.lang).name  # whoever wrote may read another language
                    outreach.activity_schedule(
                        activity_type_id=kind.id, summary=summary, date_deadline=day, user_id=outreach.user_id.id
                    )

    def action_view_sheets(self):
        """Open what was noted at the dwellings: those who work on it see rows, others none."""
        self.ensure_one()
        self.check_access("read")
        self._add_sheets()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_works_sheet")
        several = len(self._buildings()) > 1
        context = {"search_default_group_building": 1} if several else {}
        return {**action, "domain": [("outreach_id", "=", self.id)], "path": False, "context": context}
