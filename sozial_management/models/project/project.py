from collections import defaultdict

from odoo import api, fields, models

from ..money import euro, exact

STATES = [("planned", "Planned"), ("running", "Running"), ("finished", "Finished"), ("cancelled", "Cancelled")]
KINDS = [("community", "Community work"), ("group", "Group work")]


class SozialProject(models.Model):
    """A project of group or community work (Gruppenarbeit, Gemeinwesenarbeit) with partners, schools, youth.

    About the work in a Quartier, never about a person: everybody in the department reads it. A group whose members
    are confidential is a case (group work), no project.
    """

    _name = "sozial.project"
    _description = "Project"
    _inherit = ["sozial.guarded", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _guarded = frozenset({"state", "started_on", "ended_on"})

    name = fields.Char("Project", required=True, tracking=True, index="trigram")
    kind = fields.Selection(
        KINDS, required=True, default="community",
        help="Group work: a fixed circle of people. Community work: for whoever lives in the Quartier.",
    )  # fmt: skip
    state = fields.Selection(STATES, "Status", required=True, default="planned", readonly=True, copy=False, tracking=True, index=True)
    company_id = fields.Many2one("res.company", "Company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    quarter_ids = fields.Many2many("sozial.quarter", string="Quarters", check_company=True)
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user, index="btree_not_null", ondelete="restrict",
        check_company=True, domain="[('share', '=', False)]", tracking=True,
    )  # fmt: skip
    team_ids = fields.Many2many(
        "res.users", "sozial_project_team_rel", "project_id", "user_id", "Team", check_company=True, domain="[('share', '=', False)]"
    )
    date_start = fields.Date("From", required=True, default=fields.Date.context_today, tracking=True)
    date_end = fields.Date("Until", tracking=True, help="Empty: not known yet.")
    target_group_ids = fields.Many2many("sozial.target.group", string="For whom")
    for_children = fields.Boolean("Children", help="Up to 13 years.")
    for_young = fields.Boolean("Young people", help="14 to 26 years.")
    for_adults = fields.Boolean("Adults", help="27 to 64 years.")
    for_older = fields.Boolean("Older people", help="65 years and over.")

    occasion = fields.Text("Why", help="What was seen in the Quartier. No names of tenants.")
    aim_ids = fields.One2many("sozial.project.aim", "project_id", "Aims", copy=True)
    partner_ids = fields.One2many("sozial.project.partner", "project_id", "Partners", copy=True)
    activity_line_ids = fields.One2many("sozial.project.activity", "project_id", "Project activities")
    budget_ids = fields.One2many("sozial.project.budget", "project_id", "Planned costs", copy=True)
    expense_ids = fields.One2many("sozial.project.expense", "project_id", "Expenses")
    funding_ids = fields.One2many("sozial.project.funding", "project_id", "Funding")
    picture_ids = fields.One2many("sozial.project.picture", "project_id", "Pictures")
    result = fields.Text(
        "What came of it", copy=False, help="For the report: what changed, what stays, what others can learn. No names of tenants."
    )
    end_reason = fields.Char("Reason for cancelling", copy=False, help="Fill this in, then press “Cancel project”.")
    started_on = fields.Date("Started on", readonly=True, copy=False)
    ended_on = fields.Date("Ended on", readonly=True, copy=False)

    planned = fields.Monetary(compute="_compute_money", help="Sum of the planned costs.")
    spent = fields.Monetary(compute="_compute_money", help="Sum of the expenses.")
    left = fields.Monetary("Left over", compute="_compute_money", help="Planned less spent. Below zero: more was spent than planned.")
    promised = fields.Monetary("Funds promised", compute="_compute_money")
    received = fields.Monetary("Funds received", compute="_compute_money")
    uncovered = fields.Monetary("Not covered", compute="_compute_money", help="Planned less the funds promised.")
    held_count = fields.Integer("Activities held", compute="_compute_reach")
    reached = fields.Integer("Visits", compute="_compute_reach", help="Of all activities that were held; who came twice counts twice.")
    volunteer_hours = fields.Float("Volunteer hours", compute="_compute_reach")

    _dates_in_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)", "“Until” must not be before “From”. Correct one of the two dates."
    )
    _open_list = models.Index("(company_id, date_start DESC) WHERE state IN ('planned', 'running')")

    @api.depends("budget_ids.planned", "expense_ids.amount", "funding_ids.promised", "funding_ids.received")
    def _compute_money(self):
        for project in self:
            project.planned = sum(map(exact, project.budget_ids.mapped("planned")))
            project.spent = sum(map(exact, project.expense_ids.mapped("amount")))
            project.promised = sum(map(exact, project.funding_ids.mapped("promised")))
            project.received = sum(map(exact, project.funding_ids.mapped("received")))
            project.left = exact(project.planned) - exact(project.spent)
            project.uncovered = max(exact(project.planned) - exact(project.promised), 0)

    def _costs_by_kind(self):
        """Planned beside spent as texts, each kind that has one of both. For the report."""
        self.ensure_one()
        labels = dict(self.budget_ids._fields["kind"]._description_selection(self.env))
        planned = {row.kind: exact(row.planned) for row in self.budget_ids}
        spent = defaultdict(int)
        for expense in self.expense_ids:
            spent[expense.kind] += exact(expense.amount)

        def text(amount):
            return euro(self.env, amount, self.currency_id)

        return [
            {"label": label, "planned": text(planned.get(kind, 0)), "spent": text(spent[kind])}
            for kind, label in labels.items()
            if kind in planned or kind in spent
        ]

    @api.depends("activity_line_ids.state", "activity_line_ids.people", "activity_line_ids.volunteer_hours")
    def _compute_reach(self):
        for project in self:
            held = project.activity_line_ids.filtered(lambda one: one.state == "held")
            project.held_count = len(held)
            project.reached = sum(held.mapped("people"))
            project.volunteer_hours = sum(held.mapped("volunteer_hours"))
