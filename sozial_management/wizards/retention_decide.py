from odoo import api, fields, models


class SozialRetentionDecide(models.TransientModel):
    """Postpone proposals, set a legal hold on their cases, or refuse what a person asked for."""

    _name = "sozial.retention.decide"
    _description = "Decide on proposals to erase"

    decision = fields.Selection(
        [("postpone", "Postpone"), ("hold", "Legal hold"), ("refuse", "Refuse the wish")],
        required=True,
        default="postpone",
        help="Postpone: the proposal comes back on that day. Legal hold: the case is kept until the department lifts the hold. "
        "Refuse the wish: the case is kept until its retention rule makes it due; only for what a person asked for.",
    )
    proposal_ids = fields.Many2many("sozial.retention.proposal", string="Proposals", required=True)
    until = fields.Date(help="On this day it is looked at again.")
    reason = fields.Text(required=True, help="No names: a proposal is read by people who may not open the case.")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if "proposal_ids" in fields_list and self.env.context.get("active_model") == "sozial.retention.proposal":
            values["proposal_ids"] = [fields.Command.set(self.env.context.get("active_ids") or [])]
        return values

    def action_confirm(self):
        """Do what was chosen, for all proposals or none."""
        self.ensure_one()
        if self.decision == "hold":
            self.proposal_ids._hold(self.reason, self.until)
        elif self.decision == "refuse":
            self.proposal_ids._refuse_asked(self.reason)
        else:
            self.proposal_ids._postpone(self.until, self.reason)
        return {"type": "ir.actions.act_window_close"}
