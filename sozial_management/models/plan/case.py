from odoo import fields, models
from odoo.exceptions import UserError

from ..case.case_transitions import Problem


class SozialCase(models.Model):
    """Plans of a case, and what the phases ask of them."""

    _inherit = "sozial.case"

    plan_ids = fields.One2many("sozial.plan", "case_id", "Plans", readonly=True)

    def write(self, vals):
        self._require_plan_for_kind(vals)
        return super().write(vals)

    def _require_plan_for_kind(self, vals):
        """Stop turning a short kind, which came into support without a plan, into one that needs a plan."""
        kind = self.env["sozial.case.type"].browse(vals.get("type_id"))
        if not kind or kind.skips_planning:
            return
        for case in self:
            if case.state in ("support", "review") and case.type_id != kind and not case._agreed_plans():
                raise UserError(self.env._("Kind of case: »%s« needs an agreed plan. Agree on one first.", kind.name))

    def _agreed_plans(self):
        """The agreed plans of these cases."""
        plans = self.env["sozial.plan"].sudo().search([("case_id", "in", self.ids), ("state", "=", "agreed")])
        return plans.sudo(self.env.su)

    def _problems_before(self, target):
        problems = super()._problems_before(target)
        _ = self.env._
        plan = self._agreed_plans() if target in ("support", "closed") else None
        if target == "support" and not plan and not self.type_id.skips_planning:
            problems.append(Problem(_("Plan: agree on it with the client, in a talk or signed."), ((_("Plan"), "action_plan_form"),)))
        if target == "closed" and plan:
            problems += [
                Problem(_("%s: say what came of this goal.", goal.name), ((_("Plan"), "action_plan_form"),))
                for goal in plan.goal_ids
                if not goal.outcome
            ]
        return problems

    def action_plan_form(self):
        """Go on with the draft of the plan, show the agreed one, or begin the first."""
        self.ensure_one()
        self.check_access("read")
        plans = self.env["sozial.plan"].search([("case_id", "=", self.id), ("state", "in", ("draft", "agreed"))])
        shown = plans.filtered(lambda one: one.state == "draft")[:1] or plans[:1]
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_plan")
        return {**action, "views": [(False, "form")], "path": False, "res_id": shown.id, "context": {"default_case_id": self.id}}
