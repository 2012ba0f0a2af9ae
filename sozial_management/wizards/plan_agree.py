from odoo import fields, models


class SozialPlanAgree(models.TransientModel):
    """Enter that the client agreed to the plan: when, and how."""

    _name = "sozial.plan.agree"
    _description = "Agree on a plan"

    plan_id = fields.Many2one("sozial.plan", "Plan", required=True, ondelete="cascade")
    case_id = fields.Many2one(related="plan_id.case_id", store=True, precompute=True)
    agreed_on = fields.Date("Agreed on", required=True, default=fields.Date.context_today)
    agreed_how = fields.Selection([("signed", "Signed"), ("oral", "Agreed in a talk")], "How agreed", required=True)

    def action_confirm(self):
        """Write it on the plan.

        :raise UserError: lists what the plan still lacks
        """
        self.ensure_one()
        self.check_access("read")
        self.plan_id._agree(self.agreed_on, self.agreed_how)
        return {"type": "ir.actions.act_window_close"}
