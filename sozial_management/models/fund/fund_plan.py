from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..money import exact
from . import pots
from .fund import CALENDAR_QUARTERS, HEAD, PURPOSES


class SozialFundPlan(models.Model):
    """What a fund plans for a calendar quarter, a quarter of the town and a purpose; approved and spent beside it.

    Place and purpose together may point at one client: sums of few requests are hidden, and so many others that the total of
    the fund does not give them away.
    """

    _name = "sozial.fund.plan"
    _description = "Planned amount of a fund"
    _inherit = "sozial.guarded"
    _order = "calendar_quarter, quarter_id, purpose, id"
    _check_company_auto = True
    _guarded = frozenset({"carried"})

    fund_id = fields.Many2one("sozial.fund", "Fund", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="fund_id.company_id", string="Company", store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    calendar_quarter = fields.Selection(CALENDAR_QUARTERS, "Calendar quarter", required=True, default="1")
    quarter_id = fields.Many2one(
        "sozial.quarter", "Quarter", check_company=True, ondelete="restrict", index="btree_not_null",
        help="Empty: for all that are not named.",
    )  # fmt: skip
    purpose = fields.Selection(PURPOSES, help="Empty: for all that are not named.")
    planned = fields.Monetary(required=True)
    carried = fields.Monetary("Carried over", readonly=True, required=True, default=0, copy=False, help="Left over from the year before.")
    approved = fields.Monetary(compute="_compute_used", groups=HEAD)
    spent = fields.Monetary(compute="_compute_used", groups=HEAD)
    left = fields.Monetary("Left over", compute="_compute_used", groups=HEAD)
    hidden = fields.Boolean(
        compute="_compute_used", groups=HEAD, help="Fewer than five requests stand behind this sum, or it would tell such a one."
    )

    # two that are empty count as equal, in PostgreSQL before 15 too
    _planned_once = models.UniqueIndex(
        "(fund_id, calendar_quarter, COALESCE(quarter_id, 0), COALESCE(purpose, ''))", "This is planned in this fund already."
    )
    _not_negative = models.Constraint("CHECK (planned >= 0 AND carried >= 0)", "Planned: this cannot be negative.")

    @api.depends("calendar_quarter", "quarter_id", "purpose", "planned", "carried")
    def _compute_display_name(self):
        quarters = dict(self._fields["calendar_quarter"]._description_selection(self.env))
        for line in self:
            line.display_name = ", ".join(filter(None, (quarters.get(line.calendar_quarter), line.quarter_id.name)))

    @api.depends("calendar_quarter", "quarter_id", "purpose", "planned", "carried")
    def _compute_used(self):
        saved = self.filtered("id")
        for line in self - saved:
            line.approved = line.spent = line.left = 0
            line.hidden = False
        if saved:
            saved._fill()

    def _fill(self):
        """The sums: rows are read past the rights of who asks, few of them are not told."""
        self.env["sozial.fund.entry"].flush_model()
        self.env.cr.execute(
            "SELECT p.fund_id, p.id, COUNT(e.id), COALESCE(SUM(e.amount) FILTER (WHERE e.state = 'approved'), 0), "
            "COALESCE(SUM(e.amount - e.returned) FILTER (WHERE e.state = 'paid'), 0) FROM sozial_fund_plan p "
            "LEFT JOIN sozial_fund_entry e ON e.plan_id = p.id AND e.state <> 'cancelled' WHERE p.fund_id = ANY(%s) GROUP BY p.id",
            [self.fund_id.ids],
        )
        counts, sums = defaultdict(dict), {}
        for fund, line, count, approved, paid in self.env.cr.fetchall():
            counts[fund][line] = count
            sums[line] = exact(approved), exact(paid)
        hidden = {line for lines in counts.values() for line in pots.hidden(lines)}
        closed = {(line.fund_id.id, *line._pot()) for line in self.fund_id.plan_ids if line.id in hidden}
        left = self.fund_id._left()
        for line in self:
            line.hidden = (line.fund_id.id, *line._pot()) in closed
            line.approved, line.spent = (0, 0) if line.hidden else sums.get(line.id, (0, 0))
            rest = left[line.fund_id.id].get((line._pot(), int(line.calendar_quarter)), exact(line.planned))
            line.left = 0 if line.hidden else rest

    def _pot(self):
        """The quarter of the town and the purpose it is for; None: all others."""
        return self.quarter_id.id or None, self.purpose or None

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        return super(SozialFundPlan, self._without_guarded_defaults()).create(vals_list).with_env(self.env)

    def write(self, vals):
        """Less is planned only as long as it is not approved yet; a line that pays for something stays where it is."""
        self._refuse_guarded(vals)
        moved = vals.keys() & {"fund_id", "calendar_quarter", "quarter_id", "purpose"}
        if moved:
            self._require_unused()
        before = self.fund_id
        result = super().write(vals)
        if moved or "planned" in vals:
            (before | self.fund_id)._refuse_overdrawn()
        return result

    def unlink(self):
        """What another line has used of this one stays planned."""
        funds = self.fund_id
        result = super().unlink()
        funds._refuse_overdrawn()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        self._require_unused()

    def _require_unused(self):
        """Stop changes of lines from which something was approved.

        :raise UserError: says what to do instead
        """
        self.fund_id._lock()
        if self.env["sozial.fund.entry"].sudo().search_count([("plan_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("Something was approved from this line already. Change its amount, or plan another line."))
        if any(exact(line.carried) for line in self):
            raise UserError(self.env._("This line holds what was carried over from the year before. Change its amount only."))

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)
