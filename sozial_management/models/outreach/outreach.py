from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

STATES = [("draft", "Draft"), ("running", "Running"), ("done", "Done"), ("cancelled", "Cancelled")]


class SozialOutreach(models.Model):
    """Going to people: every dwelling of the buildings gets its row, so that no list tells whom it is about.

    Kinds are added by the topics that need one.
    """

    _name = "sozial.outreach"
    _description = "Outreach"
    _inherit = "sozial.guarded"
    _order = "date desc, id desc"
    _check_company_auto = True
    _guarded = frozenset(
        {"state", "hints", "hints_ledger", "hinted_on", "letters_state", "letters_id", "letters_part_ids", "letters_trouble", "tenancy_id"}
        | {"ended_on"}
    )

    name = fields.Char("Outreach", required=True)
    kind = fields.Selection([("benefit_check", "Benefit check")], required=True, default="benefit_check")
    state = fields.Selection(STATES, "Status", required=True, readonly=True, copy=False, default="draft", index=True)
    date = fields.Date("From", required=True, default=fields.Date.context_today)
    company_id = fields.Many2one("res.company", "Company", required=True, index=True, default=lambda self: self.env.company)
    quarter_id = fields.Many2one("sozial.quarter", "Quarter", required=True, index=True, ondelete="restrict", check_company=True)
    building_ids = fields.Many2many(
        "sozial.building", string="Buildings", check_company=True, domain="[('quarter_id', '=', quarter_id)]",
        help="Empty: the whole quarter. Always whole buildings: a choice of dwellings would tell whom it is about.",
    )  # fmt: skip
    visit_ids = fields.One2many("sozial.outreach.visit", "outreach_id", "Dwellings")
    visit_count = fields.Integer("Number of dwellings", compute="_compute_visit_count")

    @api.depends("visit_ids")
    def _compute_visit_count(self):
        groups = self.env["sozial.outreach.visit"]._read_group([("outreach_id", "in", self.ids)], ["outreach_id"], ["__count"])
        counts = {outreach.id: count for outreach, count in groups}
        for outreach in self:
            outreach.visit_count = counts.get(outreach.id, 0)

    @api.constrains("quarter_id", "building_ids")
    def _check_buildings(self):
        """The quarter is what lists and figures name: its buildings are visited, and no others."""
        for outreach in self:
            elsewhere = outreach.building_ids.filtered(lambda building, quarter=outreach.quarter_id: building.quarter_id != quarter)
            if elsewhere:
                raise ValidationError(
                    self.env._("Buildings: %(buildings)s: not in %(quarter)s. Choose buildings of the quarter.",
                               buildings=", ".join(elsewhere.mapped("name")), quarter=outreach.quarter_id.name)
                )  # fmt: skip

    @api.onchange("quarter_id")
    def _onchange_quarter_id(self):
        """With another quarter its buildings are chosen anew."""
        self.building_ids = self.building_ids.filtered(lambda building: building.quarter_id == self.quarter_id)

    @api.model
    def _anonymous_kinds(self):
        """Kinds whose answers are counted, never noted at a dwelling."""
        return {"benefit_check"}

    @api.model
    def _final_kinds(self):
        """Kinds whose end destroys what they would need to go on, and whose letters carry codes that hold once."""
        return set()

    def _buildings(self):
        """Whole buildings: those that were chosen, else all of the quarter."""
        return self.building_ids or self.env["sozial.building"].search([("quarter_id", "=", self.quarter_id.id)], limit=None)

    def _add_dwellings(self):
        """Give every dwelling of the buildings its row: one statement, however many; those that have one keep it.

        :return: number of new rows
        """
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            """INSERT INTO sozial_outreach_visit
                      (outreach_id, dwelling_id, building_id, company_id, state, tries, create_uid, create_date, write_uid, write_date)
               SELECT %(outreach)s, d.id, d.building_id, d.company_id, 'planned', 0, %(user)s, now() AT TIME ZONE 'UTC', %(user)s,
                      now() AT TIME ZONE 'UTC'
                 FROM sozial_dwelling d
                WHERE d.building_id = ANY(%(buildings)s) AND d.active AND d.company_id = %(company)s
                ORDER BY d.building_id, d.floor, d.number
          ON CONFLICT (outreach_id, dwelling_id) DO NOTHING""",
            {"outreach": self.id, "user": self.env.uid, "buildings": self._buildings().ids, "company": self.company_id.id},
        )
        made = self.env.cr.rowcount
        self.env["sozial.outreach.visit"].invalidate_model()
        self.invalidate_recordset(["visit_ids", "visit_count"])
        return made

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        return super(SozialOutreach, self._without_guarded_defaults()).create(vals_list).with_env(self.env)

    def write(self, vals):
        """What it is about is fixed when it begins."""
        self._refuse_guarded(vals)
        if vals.keys() & {"kind", "quarter_id", "building_ids", "company_id"} and any(one.state != "draft" for one in self):
            raise UserError(self.env._("Kind, quarter, buildings: fixed since it began. Begin another one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        if any(one.state != "draft" for one in self):
            raise UserError(self.env._("What was begun is not deleted. Cancel it."))

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    def _require_state(self, *states):
        """:raise UserError: if it is elsewhere"""
        self.ensure_one()
        self.check_access("write")
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(self.env._("This step does not fit an outreach that is: %s.", labels[self.state]))

    def action_begin(self):
        """Make the rows; again while it runs, for dwellings that were added.

        :raise UserError: if the quarter has none
        """
        self._require_state("draft", "running")
        if not self._add_dwellings() and not self.visit_count:
            raise UserError(self.env._("Quarter: it has no dwellings. Enter or import them first."))
        if self.state == "draft":
            self._write_guarded({"state": "running"})
        return True

    def action_done(self):
        """It is over."""
        self._require_state("running")
        return self._write_guarded({"state": "done"})

    def action_cancel(self):
        """It does not take place."""
        self._require_state("draft", "running")
        return self._write_guarded({"state": "cancelled"})

    def action_reopen(self):
        """It was ended or cancelled by mistake: it goes on where it stood.

        :raise UserError: for kinds that cannot go on
        """
        self._require_state("done", "cancelled")
        if self.kind in self._final_kinds():
            raise UserError(self.env._("Its answers and codes were deleted at the end. Begin another one."))
        return self._write_guarded({"state": "running" if self.visit_count else "draft"})

    def action_view_visits(self):
        """Open the rows of the dwellings."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_outreach_visit")
        context = {"anonymous": self.kind in self._anonymous_kinds()}
        return {**action, "domain": [("outreach_id", "=", self.id)], "path": False, "context": context}
