from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SozialStandinAsk(models.TransientModel):
    """Arrange who stands in for all or for chosen cases, from then until then."""

    _name = "sozial.standin.ask"
    _description = "Arrange a stand-in"

    case_ids = fields.Many2many(
        "sozial.case", string="Cases", default=lambda self: self._default_case_ids(),
        domain=[("is_active", "=", True)], help="All of one worker in charge.",
    )  # fmt: skip
    standin_id = fields.Many2one(
        "res.users", "Stand-in", ondelete="cascade",
        domain=lambda self: [("all_group_ids", "in", self.env.ref("sozial_management.group_sozial_worker").ids)],
    )  # fmt: skip
    date_from = fields.Date("First day", default=fields.Date.context_today)
    date_until = fields.Date("Last day")

    @api.model
    def _default_case_ids(self):
        """The whole caseload, where the dialog is opened without cases; of whom the context names."""
        worker = self.env.context.get("sozial_worker_id") or self.env.uid
        return self.env["sozial.case"].search(Domain("worker_id", "=", worker) & Domain("is_active", "=", True), limit=1000)

    def action_confirm(self):
        """Arrange it, and show it.

        :raise UserError: names what is missing
        """
        self.ensure_one()
        if not self.date_from or not self.date_until:
            raise UserError(self.env._("First day, last day: enter both."))
        absence = self.env["sozial.standin"]._arrange(self.case_ids, self.standin_id, self.date_from, self.date_until)
        return {
            "type": "ir.actions.act_window",
            "name": absence.display_name,
            "res_model": absence._name,
            "res_id": absence.id,
            "views": [(False, "form")],
        }
