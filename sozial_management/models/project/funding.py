from odoo import fields, models

KINDS = [
    ("own", "Own funds"), ("grant", "Grant"), ("donation", "Donation"), ("fees", "Contributions of those who take part"),
]  # fmt: skip


class SozialProjectFunding(models.Model):
    """Where the money comes from: promised, received."""

    _name = "sozial.project.funding"
    _description = "Funding of a project"
    _inherit = "sozial.project.part"
    _order = "id"

    kind = fields.Selection(KINDS, required=True, default="grant")
    name = fields.Char("From whom", required=True)
    reference = fields.Char("File number")
    promised = fields.Monetary(required=True)
    received = fields.Monetary()
    received_on = fields.Date("Received on")

    _not_negative = models.Constraint("CHECK (promised >= 0 AND COALESCE(received, 0) >= 0)", "Promised, received: enter 0 or more.")
