from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

MOST_MINUTES = 24 * 60


class SozialVolunteerHour(models.Model):
    """Time that a volunteer gave on a day. It outlives the person: for funders only the time counts."""

    _name = "sozial.volunteer.hour"
    _inherit = ["sozial.room.named"]
    _description = "Volunteer hours"
    _order = "day desc, id desc"
    _check_company_auto = True

    volunteer_id = fields.Many2one(
        "sozial.volunteer", "Volunteer", index=True, ondelete="set null", check_company=True,
        help="Empty only where the person was erased from the register.",
    )  # fmt: skip
    company_id = fields.Many2one("res.company", "Company", required=True, index=True, default=lambda self: self.env.company)
    day = fields.Date(required=True, index=True, default=fields.Date.context_today)
    minutes = fields.Integer(required=True, default=60)
    centre_id = fields.Many2one("sozial.centre", "Centre", index="btree_not_null", check_company=True, ondelete="restrict")
    task = fields.Char("What for", help="In two or three words, without names: coffee served, lift to the doctor.")

    _minutes_plausible = models.Constraint("CHECK (minutes BETWEEN 1 AND 1440)", "Minutes: enter 1 to 1440 for one day.")

    @api.depends("volunteer_id.partner_id.name", "day")
    def _compute_display_name(self):
        for row in self:
            row.display_name = " · ".join(filter(None, (row.volunteer_id.display_name, row.day and fields.Date.to_string(row.day))))

    @api.onchange("volunteer_id")
    def _onchange_volunteer_id(self):
        self.company_id = self.volunteer_id.company_id or self.company_id
        self.centre_id = self.volunteer_id.centre_ids[:1] if len(self.volunteer_id.centre_ids) == 1 else self.centre_id

    @api.constrains("volunteer_id", "day", "minutes")
    def _check_day(self):
        today = fields.Date.context_today(self)
        for row in self:
            if not row.volunteer_id:
                raise ValidationError(self.env._("Volunteer: say whose time this is."))
            if row.day > today + timedelta(days=1):
                raise ValidationError(self.env._("Day: this day is still to come."))
        same = self._read_group(
            [("volunteer_id", "in", self.volunteer_id.ids), ("day", "in", self.mapped("day"))],
            ["volunteer_id", "day:day"], ["minutes:sum"], having=[("minutes:sum", ">", MOST_MINUTES)], limit=1,
        )  # fmt: skip
        if same:
            raise ValidationError(self.env._("Minutes: %s would have helped more than 24 hours on one day.", same[0][0].display_name))
