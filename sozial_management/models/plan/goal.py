from odoo import api, fields, models
from odoo.exceptions import UserError

# What is entered after the agreement.
RESULTS = frozenset({"outcome", "outcome_note", "outcome_on"})


class SozialGoal(models.Model):
    """Something the client wants to reach, by what they will notice it, and what came of it."""

    _name = "sozial.goal"
    _description = "Goal"
    _inherit = "sozial.confidential"
    _anonymise = "delete"
    _order = "sequence, id"

    plan_id = fields.Many2one("sozial.plan", "Plan", required=True, index=True, ondelete="cascade")
    case_id = fields.Many2one(related="plan_id.case_id", store=True, precompute=True, readonly=True)
    plan_state = fields.Selection(related="plan_id.state", related_sudo=False)
    sequence = fields.Integer(default=10)
    name = fields.Char("Goal", required=True, help="What shall be different? In the client's words, short and checkable.")
    area_id = fields.Many2one("sozial.life.area", "Life area", index="btree_not_null", ondelete="restrict")
    indicator = fields.Char("We notice it by", help="For example: the rent is paid on the third working day for three months.")
    due = fields.Date("Until")
    measure_ids = fields.One2many("sozial.measure", "goal_id", "Steps", copy=True)
    outcome = fields.Selection(
        [("reached", "Reached"), ("partly", "Partly reached"), ("not_reached", "Not reached"), ("dropped", "No longer wanted")],
        copy=False,
        help="Measured by what was agreed, together with the client.",
    )
    outcome_on = fields.Date("Looked at on", copy=False, readonly=True)
    outcome_note = fields.Char("What helped, what hindered", copy=False)

    @api.depends("case_id.name")
    def _compute_display_name(self):
        return super()._compute_display_name()

    @api.model_create_multi
    def create(self, vals_list):
        plans = self.env["sozial.plan"].browse({vals.get("plan_id") for vals in vals_list} - {None, False})
        if not self.env.su:
            plans.check_access("write")
        plans._require_draft()
        return super().create([{name: value for name, value in vals.items() if name not in RESULTS} for vals in vals_list])

    def write(self, vals):
        """A draft is changed freely; afterwards only what came of it is entered."""
        if vals.keys() & {"plan_id", "case_id"}:
            raise UserError(self.env._("Goal: it stays with its plan."))
        if "outcome_on" in vals:
            raise UserError(self.env._("Looked at on: this is set with the outcome."))
        for goal in self:
            goal._require_writable(vals)
        if "outcome" in vals:
            vals = {**vals, "outcome_on": fields.Date.context_today(self) if vals["outcome"] else False}
        return super().write(vals)

    def _require_writable(self, vals):
        """Stop an outcome before the agreement, and other changes after it."""
        self.case_id._require_not_ended()
        results = vals.keys() & RESULTS
        if self.plan_id.state == "agreed" and vals.keys() <= RESULTS | {"measure_ids"}:
            return
        if self.plan_id.state == "draft" and results:
            raise UserError(self.env._("%s: an outcome is entered when the plan is agreed.", self.name))
        self.plan_id._require_draft()

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        self.plan_id._require_draft()

    def _values_for_new_version(self):
        """Values of the same goal in the next version, with its steps that are not done."""
        return {
            "name": self.name,
            "sequence": self.sequence,
            "area_id": self.area_id.id,
            "indicator": self.indicator,
            "due": self.due,
            "measure_ids": [
                fields.Command.create(
                    {"name": one.name, "who": one.who, "offer_id": one.offer_id.id, "due": one.due, "sequence": one.sequence}
                )
                for one in self.measure_ids
                if not one.done_on
            ],
        }
