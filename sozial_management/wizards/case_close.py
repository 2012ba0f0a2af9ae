from odoo import fields, models

from ..models.case.case import CLOSE_REASONS


class SozialCaseClose(models.TransientModel):
    """Close or decline a case: asks for what must stand on it then."""

    _name = "sozial.case.close"
    _description = "Close a case"

    case_id = fields.Many2one("sozial.case", "Case", required=True, ondelete="cascade")
    decline = fields.Boolean()
    close_reason = fields.Selection(CLOSE_REASONS, "Reason", required=True)
    outcome = fields.Selection(
        [("reached", "Goal reached"), ("partly", "Partly reached"), ("not_reached", "Not reached")],
        help="Measured by what the client wanted.",
    )
    closing_note = fields.Text("Note", help="What colleagues should know if the client comes back.")

    def action_confirm(self):
        """Write reason, outcome and note on the case, and close or decline it."""
        self.ensure_one()
        case = self.case_id
        case.write(
            {"close_reason": self.close_reason, "outcome": self.outcome, "closing_note": self.closing_note}
        )
        if self.decline:
            case.action_decline()
        else:
            case.action_close()
        return {"type": "ir.actions.act_window_close"}
