from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class SozialHomeCheck(models.Model):
    """A dwelling looked at together with who lives there: what is hard, what would help, who pays, which service comes.

    It tells of health and age: only those who work on the outreach read it.
    """

    _name = "sozial.home.check"
    _description = "Checklist of a dwelling"
    _inherit = "sozial.outreach.private"
    _order = "building_id, dwelling_id, tenancy_id, id"  # of the tenancies the latest first

    date = fields.Date("Visited on", default=fields.Date.context_today, required=True)
    user_id = fields.Many2one(
        "res.users", "Visited by", default=lambda self: self.env.user, index="btree_not_null", ondelete="set null", check_company=True,
        domain="[('share', '=', False)]",
    )  # fmt: skip
    line_ids = fields.One2many("sozial.home.line", "check_id", "Checklist")
    measure_ids = fields.One2many("sozial.home.measure", "check_id", "Adaptations")
    open_points = fields.Integer("Not looked at yet", compute="_compute_points")
    barriers = fields.Integer(compute="_compute_points", help="Points at which something is hard or impossible.")
    wish = fields.Text("What the person wants", help="In their words: what should be possible at home.")
    offer_id = fields.Many2one(
        "sozial.offer", "Service brokered", index="btree_not_null", ondelete="set null", check_company=True,
        help="Care, household or emergency call service from the catalogue of offers.",
    )  # fmt: skip
    offer_on = fields.Date("Brokered on")
    offer_runs = fields.Selection(
        [("asked", "Asked"), ("runs", "Comes regularly"), ("declined", "Not wanted after all"), ("full", "No place")], "What came of it"
    )

    _once = models.Constraint("UNIQUE (visit_id, tenancy_id)", "This tenancy has its checklist already.")

    @api.depends("line_ids.finding")
    def _compute_points(self):
        for check in self:
            findings = check.line_ids.mapped("finding")
            check.open_points = len([one for one in findings if not one])
            check.barriers = len([one for one in findings if one in ("hard", "barrier")])

    @api.model_create_multi
    def create(self, vals_list):
        """A checklist begins with all points of the catalogue.

        :raise UserError: for an outreach that is about something else, or does not run, or where nobody lives
        """
        self._require_let(vals_list)
        items = self.env["sozial.home.item"].search([], limit=None)
        points = [Command.create({"item_id": item.id}) for item in items]
        checks = super().create([{"line_ids": points, **vals} for vals in vals_list])
        for outreach in checks.outreach_id:
            if outreach.kind != "ageing":
                raise UserError(self.env._("%s is not about ageing at home: it has no checklists.", outreach.name))
        checks._require_running()
        return checks

    def _require_let(self, vals_list):
        """Before the database could tell of a checklist that is there already.

        :raise AccessError: for whoever does not work on the outreach
        :raise UserError: where nobody lives, or for another tenancy than that of today
        """
        default = self.env.context.get("default_visit_id")
        visits = self.env["sozial.outreach.visit"].browse(filter(None, {vals.get("visit_id", default) for vals in vals_list}))
        visits.check_access("read")
        visits.outreach_id._require_along(self._name)
        tenancies = visits._running_tenancies()
        for visit in visits:
            if visit.dwelling_id.id not in tenancies:
                raise UserError(self.env._("%s: nobody lives here today, so nothing is noted. Begin when somebody has moved in.",
                                           visit.dwelling_id.name))  # fmt: skip
        if any("tenancy_id" in vals for vals in vals_list) or self.env.context.get("default_tenancy_id"):
            raise UserError(self.env._("Tenancy: a checklist is made for who lives there today."))

    def write(self, vals):
        """:raise UserError: when it does not run, or for another dwelling"""
        self.check_access("write")
        if vals.keys() & {"visit_id", "outreach_id", "dwelling_id", "building_id", "company_id", "tenancy_id"}:
            raise UserError(self.env._("Dwelling: a checklist does not move to another one. Open it from the row of that dwelling."))
        self._require_running()
        self._require_current()
        return super().write(vals)

    def _copy_sections(self):
        _ = self.env._
        visit = ("outreach_id", "dwelling_id", "date", "user_id", "wish", "offer_id", "offer_on", "offer_runs")
        points = [
            self._entry(line.item_id.name, self._rows(line, *(name for name in ("finding", "remark", "has_photo") if line[name])))
            for line in self.line_ids
            if line.finding or line.remark or line.has_photo
        ]
        photos = _("Photographs lie beside this letter.") if any(self.line_ids.mapped("has_photo")) else ""
        sums = ("state", "cost", "funding_id", "asked_on", "amount_asked", "amount_granted")
        adaptations = [self._entry(one.name, self._rows(one, *(name for name in sums if one[name]))) for one in self.measure_ids]
        return [
            self._section("visit", _("The visit"), self._rows(self, *visit)),
            self._section("points", _("What was looked at"), entries=points, note=photos),
            self._section("adaptations", _("Adaptations and who pays"), entries=adaptations),
        ]

    def unlink(self):
        """Parts first: their photographs and files go with them, which the database would leave behind."""
        self.check_access("unlink")
        self.line_ids.unlink()
        self.measure_ids.unlink()
        return super().unlink()
