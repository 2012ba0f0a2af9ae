from odoo import api, fields, models

from odoo.addons.sozial_management.statute.tables import OutsideValidity, table_on

from .volunteer import MANAGERS


class SozialVolunteer(models.Model):
    """The allowance against the tax-free limit of its year (§ 3 Nr. 26a EStG)."""

    _inherit = "sozial.volunteer"

    allowance_ids = fields.One2many("sozial.volunteer.allowance", "volunteer_id", "Allowance", groups=MANAGERS)
    currency_id = fields.Many2one(related="company_id.currency_id")
    allowance_year = fields.Monetary("Allowance this year", compute="_compute_allowance", groups=MANAGERS)
    allowance_limit = fields.Monetary("Tax-free in this year", compute="_compute_allowance", groups=MANAGERS)
    allowance_warning = fields.Char(compute="_compute_allowance", groups=MANAGERS)
    allowance_over = fields.Boolean(
        "Above the limit", compute="_compute_allowance", search="_search_allowance_over", groups=MANAGERS
    )

    @api.depends("allowance_ids.amount", "allowance_ids.day")
    def _compute_allowance(self):
        today = fields.Date.context_today(self)
        limit = self._allowance_limit(today)
        for volunteer in self:
            paid = sum(row.amount for row in volunteer.allowance_ids if row.day and row.day.year == today.year)
            volunteer.allowance_year = paid
            volunteer.allowance_limit = limit or 0
            volunteer.allowance_over = limit is not None and paid > limit
            volunteer.allowance_warning = self._allowance_words(paid, limit, today.year)

    @api.model
    def _allowance_limit(self, day):
        """The tax-free limit of the year of a day; None where no table of the law is known."""
        try:
            return table_on("ehrenamtspauschale", day).values["amount"]
        except OutsideValidity:
            return None

    @api.model
    def _allowance_words(self, paid, limit, year):
        if limit is None and paid:
            return self.env._("The limit of § 3 Nr. 26a EStG for %s is not known here. Have it checked before paying.", year)
        if limit is not None and paid > limit:
            return self.env._(
                "More was paid in %(year)s than is tax-free under § 3 Nr. 26a EStG (%(limit)s euros in all, other "
                "organisations included). Have it checked by accounting.", year=year, limit=limit,
            )  # fmt: skip
        return False

    @api.model
    def _search_allowance_over(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        limit = self._allowance_limit(today)
        first = today.replace(month=1, day=1)
        over = [] if limit is None else [
            volunteer.id
            for [volunteer] in self.env["sozial.volunteer.allowance"]._read_group(
                [("day", ">=", first), ("day", "<", first.replace(year=first.year + 1))],
                ["volunteer_id"], having=[("amount:sum", ">", limit)],
            )
        ]  # fmt: skip
        return [("id", "in" if True in value else "not in", over)]
