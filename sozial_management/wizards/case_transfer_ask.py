from odoo import api, fields, models
from odoo.fields import Domain


class SozialCaseTransferAsk(models.TransientModel):
    """Ask a colleague to take over one case, several, or one's whole caseload."""

    _name = "sozial.case.transfer.ask"
    _description = "Hand cases over"

    case_ids = fields.Many2many(
        "sozial.case", string="Cases", default=lambda self: self._default_case_ids(),
        domain=[("is_active", "=", True)], help="All of one worker in charge.",
    )  # fmt: skip
    to_user_id = fields.Many2one(
        "res.users", "Given to", ondelete="cascade",
        domain=lambda self: [("all_group_ids", "in", self.env.ref("sozial_management.group_sozial_worker").ids)],
    )  # fmt: skip
    reason = fields.Selection(
        lambda self: self.env["sozial.case.transfer"]._fields["reason"]._description_selection(self.env), default="workload"
    )
    note = fields.Text(
        "Hand-over note",
        help="What is open, what has to be done first. Stands in each of the cases; there it can be written in more detail "
        "until it is accepted.",
    )
    keep_until = fields.Date("I work along until", help="Empty: access ends with the transfer.")

    @api.model
    def _default_case_ids(self):
        """The whole caseload, where the dialog is opened without cases; of whom the context names."""
        worker = self.env.context.get("sozial_worker_id") or self.env.uid
        return self.env["sozial.case"].search(Domain("worker_id", "=", worker) & Domain("is_active", "=", True), limit=1000)

    def action_confirm(self):
        """Ask, and show the request."""
        self.ensure_one()
        transfer = self.env["sozial.case.transfer"]._ask(self.case_ids, self.to_user_id, self.reason, self.note, self.keep_until)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Transfer"),
            "res_model": transfer._name,
            "res_id": transfer.id,
            "views": [(False, "form")],
        }
