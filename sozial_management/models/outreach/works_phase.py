from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...statute.modernisation import announcement_latest


class SozialWorksPhase(models.Model):
    """A phase of modernisation works in one building, or in one riser of it: what is done when."""

    _name = "sozial.works.phase"
    _description = "Phase of works"
    _order = "building_id, date_start, id"
    _check_company_auto = True

    outreach_id = fields.Many2one("sozial.outreach", "Outreach", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="outreach_id.company_id", string="Company", store=True, precompute=True, index=True)
    building_id = fields.Many2one("sozial.building", "Building", required=True, index=True, ondelete="restrict", check_company=True)
    line = fields.Char(
        "Riser", help="Riser (Strang), stair or side whose dwellings it is about, for example »links«. Empty: the whole building."
    )
    name = fields.Char("What the works are", required=True)
    date_start = fields.Date("From", required=True)
    date_end = fields.Date("Until", required=True)
    hint = fields.Char("What to know", help="Printed on the schedule: no water from 8 to 16 o'clock, where a toilet stands.")
    announce_latest = fields.Date(
        "Announce by", compute="_compute_announce_latest",
        help="The announcement must be received three full months before the works begin (§ 555c (1) BGB).",
    )  # fmt: skip

    _days = models.Constraint("CHECK (date_end >= date_start)", "Until: the phase cannot end before it begins.")

    @api.depends("date_start")
    def _compute_announce_latest(self):
        for phase in self:
            phase.announce_latest = phase.date_start and announcement_latest(phase.date_start)

    @api.constrains("building_id", "outreach_id")
    def _check_building(self):
        for phase in self:
            if phase.building_id not in phase.outreach_id._buildings():
                raise ValidationError(
                    self.env._("Building: %(building)s is none of %(outreach)s.",
                               building=phase.building_id.name, outreach=phase.outreach_id.name)
                )  # fmt: skip

    @api.model_create_multi
    def create(self, vals_list):
        phases = super().create(vals_list)
        phases._require_open()
        return phases

    def write(self, vals):
        """:raise UserError: for the phase of another outreach, or of one that has ended"""
        self.check_access("write")
        self._require_open()
        if "outreach_id" in vals and any(phase.outreach_id.id != vals["outreach_id"] for phase in self):
            raise UserError(self.env._("Outreach: a phase does not move to another one. Enter it there anew."))
        return super().write(vals)

    def _require_open(self):
        """:raise UserError: what has ended keeps its schedule, and other kinds have none"""
        for outreach in self.outreach_id:
            if outreach.kind != "works" or outreach.state not in ("draft", "running"):
                raise UserError(self.env._("%s has no schedule to change: only works that have not ended do.", outreach.name))

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self._require_open()
