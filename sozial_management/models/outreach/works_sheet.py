from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...statute.modernisation import InTime, earliest_start, in_time, objection_period

NEEDS = ("need_toilet", "need_power", "need_storage", "need_helper", "need_note", "helper", "hotel", "hotel_from", "hotel_until")
OBJECTION = ("objected_on", "objection_about", "decision")
ENTERED = frozenset({"line", "announced_on", *OBJECTION, *NEEDS})
IN_TIME = [
    (InTime.IN_TIME.value, "In time"),
    (InTime.NO_PERIOD.value, "In time: no period runs"),
    (InTime.EXCUSE.value, "Late: counts if excused"),
    (InTime.TOO_LATE.value, "Too late"),
]


class SozialWorksSheet(models.Model):
    """One tenancy during modernisation works: what it needs, and its hardship objection (§ 555d BGB).

    Made for every tenancy of the buildings, also for those that begin while the works go on. Periods run for each tenant alone.
    What stands here tells of illness and means: only those who work on the outreach read it.
    """

    _name = "sozial.works.sheet"
    _description = "Sheet of works"
    _inherit = "sozial.outreach.private"
    _order = "building_id, dwelling_id, tenancy_id, id"  # of the tenancies the latest first

    line = fields.Char("Riser", help="As in the schedule. Empty: read from the place of the dwelling, for example »2. OG links«.")
    works_from = fields.Date("Works from", compute="_compute_works")
    works_until = fields.Date("Works until", compute="_compute_works")
    announced_on = fields.Date("Announcement received on", help="The day it reached the tenant, not the day it was sent.")
    announced_late = fields.Boolean(
        "Announced too late", compute="_compute_works", help="Less than three full months before the works begin (§ 555c (1) BGB)."
    )
    earliest_start = fields.Date("Works may begin on", compute="_compute_works")
    objection_until = fields.Date(
        "Hardship objection until", compute="_compute_objection_until", store=True,
        help="End of the month that follows the receipt (§ 555d (3) BGB). Empty: no period runs, because nothing was received yet or "
        "the announcement does not tell of it.",
    )  # fmt: skip
    counts_until = fields.Date(
        "Counts until", compute="_compute_objection_until", store=True, help="The next working day where the last day is none (§ 193 BGB)."
    )
    days_left = fields.Integer("Days left", compute="_compute_days_left")
    objected_on = fields.Date("Objection received on")
    objection_about = fields.Selection(
        [("works", "Bearing the works"), ("rent", "The higher rent"), ("both", "Both")], "Objection is about",
    )  # fmt: skip
    in_time = fields.Selection(
        IN_TIME, "Is it in time?", compute="_compute_in_time",
        help="Late ones count if the tenant was kept from it without fault and tells the reasons at once (§ 555d (4) BGB). "
        "Legal questions are decided by the company's lawyers.",
    )  # fmt: skip
    decision = fields.Selection([("granted", "Objection granted"), ("partly", "Granted in part"), ("refused", "Refused")])
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False, index="btree_not_null", ondelete="set null")
    decided_on = fields.Date("Decided on", readonly=True, copy=False)
    need_toilet = fields.Boolean("Accessible toilet")
    need_power = fields.Boolean(
        "Power for a medical device", help="Ventilator, oxygen, dialysis, fridge for medicine: never without power."
    )
    need_storage = fields.Boolean("Room for belongings")
    need_helper = fields.Boolean("Somebody who helps")
    need_note = fields.Text("What else is needed")
    helper = fields.Char("Who helps", help="Name and telephone number.")
    hotel = fields.Char("Other dwelling meanwhile", help="Flat for the time of the works (Umsetzwohnung) or hotel: where.")
    hotel_from = fields.Date("There from")
    hotel_until = fields.Date("There until")
    has_needs = fields.Boolean("Needs something", compute="_compute_has_needs", search="_search_has_needs")

    _once = models.Constraint("UNIQUE (visit_id, tenancy_id)", "This tenancy has its sheet already.")
    _hotel = models.Constraint("CHECK (hotel_until >= hotel_from)", "There until: it cannot end before it begins.")
    _objection = models.Constraint(
        "CHECK (objected_on IS NOT NULL OR decision IS NULL)", "Decision: enter first when the objection was received."
    )
    _ends = models.Index("(outreach_id, objection_until) WHERE objection_until IS NOT NULL")

    @api.depends(
        "outreach_id.phase_ids.date_start", "outreach_id.phase_ids.date_end", "outreach_id.phase_ids.line",
        "line", "announced_on", "dwelling_id.position",
    )  # fmt: skip
    def _compute_works(self):
        places = self.outreach_id._phases_by_place()
        for sheet in self:
            phases = places[sheet.outreach_id.id, sheet.building_id.id].filtered(sheet._concerned_by)
            sheet.works_from = min(phases.mapped("date_start"), default=False)
            sheet.works_until = max(phases.mapped("date_end"), default=False)
            sheet.earliest_start = earliest_start(sheet.announced_on) if sheet.announced_on else False
            sheet.announced_late = bool(sheet.earliest_start and sheet.works_from and sheet.works_from < sheet.earliest_start)

    def _concerned_by(self, phase):
        """Whether a phase is about the whole building or about the riser of this dwelling, entered or read from its place."""
        if not phase.line:
            return True
        return phase.line == self.line if self.line else phase.line in (self.dwelling_id.position or "").split()

    def _period(self):
        state = self.company_id.sudo().sozial_federal_state or "NI"
        return objection_period(self.announced_on or None, self.outreach_id.hardship_told, state)

    @api.depends("announced_on", "outreach_id.hardship_told", "company_id.sozial_federal_state")
    def _compute_objection_until(self):
        for sheet in self:
            period = sheet._period()
            sheet.objection_until = period and period.last_day
            sheet.counts_until = period and period.counts_until

    @api.depends("objection_until")
    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for sheet in self:
            sheet.days_left = max((sheet.objection_until - today).days, 0) if sheet.objection_until else 0

    @api.depends("objected_on", "objection_about", "objection_until", "works_from")
    def _compute_in_time(self):
        for sheet in self:
            if not sheet.objected_on:
                sheet.in_time = False
                continue
            rent_only = sheet.objection_about == "rent"
            sheet.in_time = in_time(sheet.objected_on, sheet._period(), sheet.works_from or None, rent_only).value

    @api.depends(*NEEDS)
    def _compute_has_needs(self):
        for sheet in self:
            sheet.has_needs = any(sheet[name] for name in NEEDS)

    def _search_has_needs(self, operator, value):
        if operator != "in":
            return NotImplemented
        return ["|"] * (len(NEEDS) - 1) + [(name, "!=", False) for name in NEEDS]

    @api.constrains("announced_on", "objected_on")
    def _check_days(self):
        today = fields.Date.context_today(self)
        for sheet in self:
            for name in ("announced_on", "objected_on"):
                if sheet[name] and sheet[name] > today:
                    label = sheet._fields[name]._description_string(self.env)
                    raise ValidationError(self.env._("%s: this day is still to come. Enter it when it was received.", label))

    def write(self, vals):
        """Who decided is noted by itself; a received announcement sets the reminders.

        :raise UserError: for what belongs to the outreach, and when it does not run
        """
        self.check_access("write")
        if vals.keys() - ENTERED:
            raise UserError(self.env._("Sheets are made by the outreach; enter receipt, objection and needs."))
        self._require_running()
        self._require_current()
        if "decision" in vals:
            given = bool(vals["decision"])
            vals = {
                **vals, "decided_by_id": given and self.env.uid, "decided_on": given and fields.Date.context_today(self),
            }  # fmt: skip
        result = super().write(vals)
        if "announced_on" in vals:
            self._remind()
        return result

    def _remind(self):
        """A task for whoever answers for the outreach, on each day on which a period ends."""
        for outreach, sheets in self.grouped("outreach_id").items():
            outreach.sudo()._remind(filter(None, sheets.mapped("objection_until")))

    @api.model
    def _forget(self, domain):
        """Needs go; that there was an announcement and an objection stays, as claims may come from it."""
        self.search(Domain(domain) & Domain("has_needs", "=", True), limit=None)._forget_needs()

    def _forget_needs(self):
        """Empty what was noted about needs, also where nothing is entered any more, with files that hang on it."""
        self.env["sozial.erasure"]._forget(self)
        return super().write(dict.fromkeys(NEEDS, False))

    def action_forget_needs(self):
        """The tenant wants it erased, or nothing is needed any more: the needs go, announcement and objection stay.

        :raise AccessError: for whoever does not work on the outreach
        """
        self.check_access("write")
        return self._forget_needs()

    def _copy_sections(self):
        _ = self.env._
        works = ("outreach_id", "dwelling_id", "line", "works_from", "works_until", "announced_on", "objection_until")
        objection = ("objected_on", "objection_about", "decision", "decided_on")
        needs = [name for name in NEEDS if self[name]]
        return [
            self._section("works", _("Works in your dwelling"), self._rows(self, *works)),
            self._section("objection", _("Your objection"), self._rows(self, *objection)),
            self._section("needs", _("What you need while they last"), self._rows(self, *needs)),
        ]
