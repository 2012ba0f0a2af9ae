from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..money import exact
from . import pots

CALENDAR_QUARTERS = [("1", "January to March"), ("2", "April to June"), ("3", "July to September"), ("4", "October to December")]
PURPOSES = [
    ("energy", "Energy"),
    ("rent", "Rent and deposit"),
    ("household", "Furniture and household"),
    ("travel", "Ways and papers"),
    ("event", "Meetings and material"),
    ("other", "Other"),
]
HEAD = "sozial_management.group_sozial_lead"
LEVELS = [("enough", "Enough"), ("little", "Little left"), ("none", "Used up")]
# Less than a fifth left is little.
LITTLE = 5


class SozialFund(models.Model):
    """A hardship fund or a part of the department's budget in one year: planned, approved and spent.

    Knows sums alone. The head, who answers for the money, reads its totals; others only whether there is enough.
    """

    _name = "sozial.fund"
    _description = "Fund"
    _order = "year desc, name"
    _inherit = "sozial.guarded"
    _check_company_auto = True
    _guarded = frozenset({"turn", "carried_to_id"})

    name = fields.Char("Fund", required=True, help="For example: Hardship fund, Interpreters, Neighbourhood meetings.")
    kind = fields.Selection([("hardship", "Hardship fund"), ("budget", "Department budget")], required=True, default="hardship")
    year = fields.Integer(required=True, default=lambda self: fields.Date.context_today(self).year, aggregator=None)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", "Company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    plan_ids = fields.One2many("sozial.fund.plan", "fund_id", "Planned by quarter", copy=True)
    carry = fields.Boolean(
        "Carry over within the year", default=True,
        help="What is not used in a calendar quarter may be used in the next ones. Off: it lapses.",
    )  # fmt: skip
    carried_to_id = fields.Many2one(
        "sozial.fund", "Carried over to", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="What was left went there; from this fund nothing more is approved.",
    )  # fmt: skip
    turn = fields.Integer(default=0, copy=False, groups=fields.NO_ACCESS)
    planned = fields.Monetary(compute="_compute_planned")
    approved = fields.Monetary(compute="_compute_used", groups=HEAD, help="Approved and not paid yet.")
    spent = fields.Monetary(compute="_compute_used", groups=HEAD, help="Paid, less what was given back.")
    left = fields.Monetary(
        "Left over", compute="_compute_used", groups=HEAD,
        help="Planned, less what is spent and approved. Below zero: more was approved than planned.",
    )  # fmt: skip
    level = fields.Selection(
        LEVELS, "How much is left", compute="_compute_level", help="Of the whole year. Little: less than a fifth.",
    )  # fmt: skip

    _name_once = models.Constraint("UNIQUE (company_id, year, name)", "A fund of this name exists in this year already.")
    _year_plausible = models.Constraint("CHECK (year BETWEEN 2000 AND 2100)", "Year: enter it with four digits.")

    @api.depends("plan_ids.planned", "plan_ids.carried")
    def _compute_planned(self):
        for fund in self:
            fund.planned = sum((exact(line.planned) + exact(line.carried) for line in fund.plan_ids), pots.NOTHING)

    def _used(self):
        """What was approved and what was paid, by fund id: sums over rows that nobody who asks may see one by one."""
        self.env["sozial.fund.entry"].flush_model()
        self.env.cr.execute(
            "SELECT fund_id, COALESCE(SUM(amount) FILTER (WHERE state = 'approved'), 0), "
            "COALESCE(SUM(amount - returned) FILTER (WHERE state = 'paid'), 0) "
            "FROM sozial_fund_entry WHERE fund_id = ANY(%s) GROUP BY fund_id",
            [self.ids],
        )
        return {fund: (exact(approved), exact(paid)) for fund, approved, paid in self.env.cr.fetchall()}

    @api.depends("planned")
    def _compute_used(self):
        used = self._used()
        for fund in self:
            fund.approved, fund.spent = used.get(fund.id, (pots.NOTHING, pots.NOTHING))
            fund.left = exact(fund.planned) - exact(fund.approved) - exact(fund.spent)

    @api.depends("planned")
    def _compute_level(self):
        used = self._used()
        for fund in self:
            planned = exact(fund.planned)
            rest = planned - sum(used.get(fund.id, ()), pots.NOTHING)
            fund.level = "none" if rest <= 0 else "little" if rest * LITTLE < planned else "enough"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        return super(SozialFund, self._without_guarded_defaults()).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._refuse_guarded(vals)
        frozen = vals.keys() & {"company_id", "year"}
        if frozen and self.env["sozial.fund.entry"].sudo().search_count([("fund_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("Year, company: something was approved from this fund already. Enter another fund."))
        self._refuse_other_company(vals)
        result = super().write(vals)
        if "carry" in vals:
            self._refuse_overdrawn()
        return result

    def _refuse_other_company(self, vals):
        """Stop a move to another company of what requests and planned lines point at.

        :raise UserError: says what to do instead
        """
        moved = self.filtered(lambda fund: "company_id" in vals and fund.company_id.id != vals["company_id"])
        for model in ("sozial.fund.plan", "sozial.fund.request"):
            if moved and self.env[model].sudo().search_count([("fund_id", "in", moved.ids)], limit=1):
                raise UserError(self.env._("Company: lines are planned or requests made in this fund. Enter another fund."))

    def _lock(self):
        """Whoever changes what a fund holds, or takes from it, goes one after the other.

        A row that is written, not merely locked: the later one starts again and then sees what the earlier one took.
        """
        self.env.flush_all()
        self.env.cr.execute("UPDATE sozial_fund SET turn = COALESCE(turn, 0) + 1 WHERE id = ANY(%s)", [sorted(self.ids)])

    def _pots(self):
        """Planned and used, each by (pot, calendar quarter), by fund id."""
        self.env.flush_all()
        planned, used = defaultdict(list), defaultdict(list)
        for query, rows in (
            (
                "SELECT fund_id, quarter_id, purpose, calendar_quarter, planned + carried FROM sozial_fund_plan WHERE fund_id = ANY(%s)",
                planned,
            ),
            (
                (
                    "SELECT e.fund_id, p.quarter_id, p.purpose, p.calendar_quarter, e.amount - e.returned FROM sozial_fund_entry e "
                    "JOIN sozial_fund_plan p ON p.id = e.plan_id WHERE e.fund_id = ANY(%s) AND e.state <> 'cancelled'"
                ),
                used,
            ),
        ):
            self.env.cr.execute(query, [self.ids])
            for fund, place, purpose, quarter, amount in self.env.cr.fetchall():
                rows[fund].append((((place, purpose), int(quarter)), exact(amount)))
        return {fund: (pots.sums(planned[fund]), pots.sums(used[fund])) for fund in self.ids}

    def _left(self):
        """What is left by (pot, calendar quarter), as `Decimal`, by fund id."""
        carried = {fund.id: fund.carry for fund in self}
        return {fund: pots.left(planned, used, carried[fund]) for fund, (planned, used) in self._pots().items()}

    def _refuse_overdrawn(self):
        """Stop plans that hold less than what was approved already.

        :raise UserError: names the fund
        """
        for fund in self:
            fund._lock()
            if fund.sudo().company_id.sozial_fund_over == "refuse" and any(rest < 0 for rest in fund._left()[fund.id].values()):
                raise UserError(self.env._("%s: more was approved already than would be planned.", fund.name))

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)
