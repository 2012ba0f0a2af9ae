from odoo import api, fields, models


class SozialHomeMeasure(models.Model):
    """An adaptation of a dwelling, from the idea to the handle on the wall, and who pays for it."""

    _name = "sozial.home.measure"
    _description = "Adaptation of a dwelling"
    _inherit = "sozial.home.part"
    _order = "check_id, id"

    dwelling_id = fields.Many2one(related="check_id.dwelling_id", string="Home")
    name = fields.Char("Adaptation", required=True)
    item_id = fields.Many2one("sozial.home.item", "Point", index="btree_not_null", ondelete="restrict")
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("asked", "Funding asked for"),
            ("granted", "Funding granted"),
            ("ordered", "Ordered"),
            ("done", "Done"),
            ("dropped", "Not wanted any more"),
        ],
        "Status", required=True, default="proposed",
    )  # fmt: skip
    cost = fields.Monetary(help="As in the offer of the craftsman.")
    currency_id = fields.Many2one(related="company_id.currency_id", related_sudo=True)
    funding_id = fields.Many2one("sozial.home.funding", "Funding", index="btree_not_null", ondelete="restrict")
    asked_on = fields.Date("Applied for on")
    amount_asked = fields.Monetary("Sum asked for")
    amount_granted = fields.Monetary("Granted sum")
    above = fields.Boolean(
        compute="_compute_above",
        help="More is asked for than this funding gives for one measure. "
        "Where several people in need of care live together, it may be more.",
    )
    outdated = fields.Boolean(compute="_compute_outdated", help="On the day of the application another amount is valid.")

    _amounts = models.Constraint(
        "CHECK (COALESCE(cost, 0) >= 0 AND COALESCE(amount_asked, 0) >= 0 AND COALESCE(amount_granted, 0) >= 0)",
        "Cost, asked, granted: zero or more.",
    )

    @api.depends("funding_id.amount_max", "amount_asked")
    def _compute_above(self):
        for measure in self:
            limit = measure.funding_id.amount_max
            measure.above = bool(limit) and measure.currency_id.compare_amounts(measure.amount_asked, limit) > 0

    @api.depends("funding_id.valid_from", "funding_id.valid_until", "asked_on")
    def _compute_outdated(self):
        for measure in self:
            funding, on = measure.funding_id, measure.asked_on or fields.Date.context_today(measure)
            measure.outdated = bool(funding) and (on < funding.valid_from or bool(funding.valid_until and on > funding.valid_until))
