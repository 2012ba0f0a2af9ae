from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SozialMeasure(models.Model):
    """A step towards a goal: who does it, until when, with which offer."""

    _name = "sozial.measure"
    _description = "Step"
    _inherit = "sozial.confidential"
    _anonymise = "delete"
    _order = "sequence, id"

    goal_id = fields.Many2one("sozial.goal", "Goal", required=True, index=True, ondelete="cascade")
    case_id = fields.Many2one(related="goal_id.case_id", store=True, precompute=True, readonly=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Step", required=True, help="What is done, small enough for one or two weeks.")
    who = fields.Selection(
        [("client", "The client"), ("worker", "We"), ("together", "Together"), ("other", "Somebody else")],
        "Who", required=True, default="client",
        help="As much as possible the client does; we do what cannot be done otherwise.",
    )  # fmt: skip
    offer_id = fields.Many2one(
        "sozial.offer", "Offer", index="btree_not_null", check_company=True, ondelete="restrict",
        help="From the catalogue: the person to call is printed on the plan.",
    )
    due = fields.Date("Until")
    done_on = fields.Date("Done on", copy=False)

    @api.constrains("done_on")
    def _check_done_on(self):
        if any(one.done_on and one.done_on > fields.Date.context_today(one) for one in self):
            raise ValidationError(self.env._("Done on: this day is still to come."))

    @api.model_create_multi
    def create(self, vals_list):
        goals = self.env["sozial.goal"].browse({vals.get("goal_id") for vals in vals_list} - {None, False})
        if not self.env.su:
            goals.check_access("write")
        goals.plan_id._require_draft()
        return super().create(vals_list)

    def write(self, vals):
        """A draft is changed freely; afterwards only what is done is entered."""
        if vals.keys() & {"goal_id", "case_id"}:
            raise UserError(self.env._("Step: it stays with its goal."))
        for measure in self:
            measure.case_id._require_not_ended()
            if measure.goal_id.plan_id.state != "agreed" or vals.keys() - {"done_on"}:
                measure.goal_id.plan_id._require_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        self.goal_id.plan_id._require_draft()
