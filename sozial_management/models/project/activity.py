from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATES = [("planned", "Planned"), ("held", "Held"), ("cancelled", "Called off")]
COUNTS = ("children", "young", "adults", "older", "volunteers")
# more than any festival of a Quartier: a slip of the finger
MOST_PEOPLE = 20000


class SozialProjectActivity(models.Model):
    """What is done in a project, when and where, and how many came. Numbers, no names."""

    _name = "sozial.project.activity"
    _description = "Activity of a project"
    _inherit = "sozial.project.part"
    _order = "date, id"

    name = fields.Char("Activity", required=True)
    date = fields.Date("On", required=True, default=fields.Date.context_today)
    place = fields.Char()
    state = fields.Selection(STATES, "Status", required=True, default="planned")
    children = fields.Integer(help="Up to 13 years.")
    young = fields.Integer("Young people", help="14 to 26 years.")
    adults = fields.Integer(help="27 to 64 years.")
    older = fields.Integer("Older people", help="65 years and over.")
    people = fields.Integer("Visits", compute="_compute_people", store=True, help="Without the volunteers.")
    volunteers = fields.Integer(help="Who helped without pay; not counted as visitors.")
    volunteer_hours = fields.Float("Volunteer hours", digits=(6, 1), help="Of all volunteers together.")
    note = fields.Text("How it went", help="For the report. No names of tenants.")

    _plausible = models.Constraint(
        "CHECK (" + " AND ".join(f"COALESCE({name}, 0) BETWEEN 0 AND {MOST_PEOPLE}" for name in (*COUNTS, "volunteer_hours")) + ")",
        f"People and hours: enter numbers from 0 to {MOST_PEOPLE}.",
    )
    _counted_when_held = models.Constraint(
        "CHECK (state = 'held' OR (" + " AND ".join(f"COALESCE({name}, 0) = 0" for name in (*COUNTS, "volunteer_hours")) + "))",
        "People and hours are entered when the activity was held: set its status first.",
    )

    @api.depends("children", "young", "adults", "older")
    def _compute_people(self):
        for activity in self:
            activity.people = activity.children + activity.young + activity.adults + activity.older

    @api.constrains("state", "date")
    def _check_held_by_now(self):
        today = fields.Date.context_today(self)
        for activity in self:
            if activity.state == "held" and activity.date > today:
                raise ValidationError(self.env._("Status: “%s” lies in the future, it cannot have been held.", activity.name))

    @api.onchange("state")
    def _onchange_state(self):
        if self.state != "held":
            self.update(dict.fromkeys((*COUNTS, "volunteer_hours"), 0))
