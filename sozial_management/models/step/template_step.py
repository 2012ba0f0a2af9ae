from odoo import fields, models

ANCHORS = [
    ("opened", "Opening"),
    ("assessment", "Start of the assessment"),
    ("planning", "Start of planning"),
    ("support", "Start of support"),
    ("review", "Start of the review"),
    ("event", "An event"),
]
ROLES = [("worker", "Worker in charge"), ("standin", "Stand-in"), ("head", "Head of the department")]


class SozialCaseTemplateStep(models.Model):
    """A step that cases of a kind have in common: what, so many days from which event, by whom."""

    _name = "sozial.case.template.step"
    _description = "Step of a kind of case"
    _order = "type_id, sequence, id"

    type_id = fields.Many2one("sozial.case.type", "Kind of case", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="Untick what your department does not do. Steps of running cases go when they are planned anew."
    )
    name = fields.Char("What is done", required=True, translate=True)
    hint = fields.Text(translate=True, help="What a colleague should know who does it for the first time.")
    anchor = fields.Selection(ANCHORS, "Counted from", required=True, default="opened")
    event_id = fields.Many2one(
        "sozial.deadline.event", "Event", index="btree_not_null", ondelete="cascade",
        help="The step is planned when this event is entered under »Deadlines«.",
    )  # fmt: skip
    offset_days = fields.Integer(
        "Days", help="So many days afterwards. Below zero: before it, for example three weeks before a date of the bailiff."
    )
    role = fields.Selection(
        ROLES, "By whom", required=True, default="worker",
        help="Who has no access to the case gets no step of it: then it falls to the worker in charge.",
    )  # fmt: skip
    activity_type_id = fields.Many2one(
        "mail.activity.type", "By what", ondelete="set null", index="btree_not_null", domain="[('res_model', '=', False)]",
        help="Phone call, talk, task: shown beside the step.",
    )  # fmt: skip

    _event_if_counted_from_one = models.Constraint(
        "CHECK ((anchor = 'event') = (event_id IS NOT NULL))",
        "Event: choose it where a step is counted from an event, and leave it empty otherwise.",
    )
    _offset_plausible = models.Constraint(
        "CHECK (offset_days BETWEEN -730 AND 730)", "Days: enter a number between -730 and 730."
    )

    def _anchor_key(self):
        """What the step is counted from, as the keys of a case's `_step_anchors`."""
        return self.event_id if self.anchor == "event" else self.anchor
