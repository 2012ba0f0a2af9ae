from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SozialPlan(models.Model):
    """What a client and the social department agreed on: goals, and who does what until when.

    Agreed it stays as it is; only what came of goals and measures is entered. Whatever changes is
    agreed anew, as the next version.
    """

    _name = "sozial.plan"
    _description = "Plan"
    _inherit = ["sozial.guarded", "sozial.confidential"]
    _anonymise = "delete"
    _order = "version desc, id desc"
    _guarded = frozenset({"version", "state", "agreed_on", "agreed_how"})

    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    version = fields.Integer(readonly=True, copy=False, aggregator=None)
    state = fields.Selection(
        [("draft", "Draft"), ("agreed", "Agreed"), ("replaced", "Replaced")],
        "Status", required=True, readonly=True, copy=False, default="draft", index=True,
    )  # fmt: skip
    agreed_on = fields.Date("Agreed on", readonly=True, copy=False)
    agreed_how = fields.Selection(
        [("signed", "Signed"), ("oral", "Agreed in a talk")], "How agreed", readonly=True, copy=False
    )
    situation = fields.Text("What it is about", help="In words that the client would use. Stands on top of the printed plan.")
    review_on = fields.Date("We look at it again on")
    goal_ids = fields.One2many("sozial.goal", "plan_id", "Goals", copy=True)

    _version_once = models.Constraint("UNIQUE (case_id, version)", "This case has a plan of this version already.")
    _one_agreed = models.UniqueIndex("(case_id) WHERE state = 'agreed'", "A case has one agreed plan. A new version replaces it.")
    _agreed_dated = models.Constraint(
        "CHECK (state = 'draft' OR (agreed_on IS NOT NULL AND agreed_how IS NOT NULL))", "An agreed plan needs day and manner."
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        plans = super(SozialPlan, self._without_guarded_defaults()).create(vals_list).with_env(self.env)
        for plan in plans:
            plan.case_id._require_not_ended()
            plan._write_guarded({"version": max((plan.case_id.sudo().plan_ids - plan.sudo()).mapped("version"), default=0) + 1})
        return plans

    def write(self, vals):
        """A draft is changed freely. What came of goals passes through here; the goals themselves say what may be entered."""
        self._refuse_guarded(vals)
        updates = vals.keys() == {"goal_ids"} and all(command[0] == fields.Command.UPDATE for command in vals["goal_ids"])
        if not updates:
            self._require_draft()
        return super().write(vals)

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    def copy(self, default=None):
        """Refused but for the next version, which is a draft."""
        raise UserError(self.env._("A plan is not duplicated. Use »New version«."))

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        self._require_draft()

    def _require_draft(self):
        """Stop changes of what was agreed.

        :raise UserError: says what to do instead
        """
        for plan in self:
            if plan.state != "draft":
                raise UserError(self.env._("An agreed plan stays as it is. Make a new version and agree on it."))
            plan.case_id._require_not_ended()

    def action_new_version(self):
        """Begin the next version: open goals and measures go along as a draft.

        :return: action that shows it
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "agreed":
            raise UserError(self.env._("A new version follows the agreed plan."))
        self.case_id._require_not_ended()
        new = self.create(
            {
                "case_id": self.case_id.id,
                "situation": self.situation,
                "goal_ids": [
                    fields.Command.create(goal._values_for_new_version()) for goal in self.goal_ids if not goal.outcome
                ],
            }
        )
        return new.action_show()

    def action_show(self):
        """Show the whole plan."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_plan")
        return {**action, "views": [(False, "form")], "path": False, "res_id": self.id, "context": {}}

    def _agree(self, agreed_on, agreed_how):
        """Write down that the client agreed; an earlier agreed plan is replaced.

        :raise UserError: lists what is missing
        """
        self.ensure_one()
        self.check_access("write")
        self._require_draft()
        problems = self._agreeing_problems()
        if agreed_how not in dict(self._fields["agreed_how"].selection):
            problems.append(self.env._("How agreed: choose signed or agreed in a talk."))
        agreed_on = fields.Date.to_date(agreed_on)
        if not agreed_on or agreed_on > fields.Date.context_today(self):
            problems.append(self.env._("Agreed on: enter the day on which it was agreed."))
        if problems:
            raise UserError("\n".join(problems))
        before = self.search([("case_id", "=", self.case_id.id), ("state", "=", "agreed")])
        before._write_guarded({"state": "replaced"})
        before.flush_recordset()
        self._write_guarded({"state": "agreed", "agreed_on": agreed_on, "agreed_how": agreed_how})

    def _agreeing_problems(self):
        """What the plan still lacks, as sentences."""
        if not self.goal_ids:
            return [self.env._("Goals: enter at least one.")]
        return [
            self.env._("%s: say by what the client will notice that it is reached.", goal.name)
            for goal in self.goal_ids
            if not (goal.indicator or "").strip()
        ]

    @api.constrains("review_on")
    def _check_review_on(self):
        for plan in self:
            if plan.review_on and plan.review_on < plan.case_id.opened_on:
                raise ValidationError(self.env._("We look at it again on: this day lies before the case was opened."))
