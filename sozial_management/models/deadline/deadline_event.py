from odoo import fields, models


class SozialDeadlineEvent(models.Model):
    """What sets periods going: a suit that is served, a cut-off that is threatened."""

    _name = "sozial.deadline.event"
    _description = "Event that sets periods going"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    clock = fields.Selection(
        [("eviction", "Eviction"), ("energy", "Energy cut-off"), ("authority", "Authorities"), ("other", "Other")],
        required=True,
        default="other",
        help="To which chain of events it belongs.",
    )
    date_label = fields.Char(
        "Which day counts", translate=True, help="Said where the day is asked for, e.g. »the day on which the last tenant got the suit«."
    )
    rule_ids = fields.One2many("sozial.deadline.rule", "event_id", "Periods")
