from odoo import fields, models

from ...statute.periods import period_end, period_latest


class SozialDeadlineRule(models.Model):
    """A period: how long after, or before, an event something has to be done, and by which law."""

    _name = "sozial.deadline.rule"
    _description = "Period"
    _order = "event_id, sequence, id"

    event_id = fields.Many2one("sozial.deadline.event", "Event", required=True, index=True, ondelete="cascade")
    name = fields.Char("What has to be done", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    legal_basis = fields.Char(translate=True, help="The paragraph, e.g. § 569 (3) no. 2 BGB. Empty for a target of one's own.")
    direction = fields.Selection(
        [("after", "After the event"), ("before", "Before the event"), ("on", "On the day of the event")],
        "When",
        required=True,
        default="after",
    )
    days = fields.Integer()
    weeks = fields.Integer()
    months = fields.Integer()
    hard = fields.Boolean(
        help="Who misses it loses a right. It is escalated to the stand-in and to the head of the department."
    )
    threatens = fields.Selection(
        [("home", "The home"), ("energy", "Electricity or gas")],
        help="What is lost on this day if nothing happens. Cases are sorted by the days that are left.",
    )
    remind_days = fields.Integer("Remind days before", default=7, required=True)
    advice = fields.Text(translate=True, help="What helps to keep this period; shown with the deadline.")

    _length = models.Constraint(
        "CHECK (days >= 0 AND weeks >= 0 AND months >= 0 AND (direction = 'on' OR days + weeks + months > 0))",
        "Days, weeks, months: give the length of the period, above zero.",
    )
    _remind_positive = models.Constraint("CHECK (remind_days >= 0)", "Remind days before: enter zero or more.")

    def _due(self, event_date, state):
        """The day until which it has to be done, by §§ 187 to 193 BGB.

        :param event_date: day of the event; not counted
        :param state: two letters of the federal state whose public holidays count
        """
        self.ensure_one()
        if self.direction == "on":
            return event_date
        length = {"days": self.days, "weeks": self.weeks, "months": self.months}
        return (period_end if self.direction == "after" else period_latest)(event_date, **length, state=state)
