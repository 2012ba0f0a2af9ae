from odoo import fields, models
from odoo.exceptions import UserError


class SozialCaseHoldSet(models.TransientModel):
    """Set a legal hold, or give the one that stands another day of review."""

    _name = "sozial.case.hold.set"
    _description = "Set a legal hold"

    case_id = fields.Many2one("sozial.case", "Case", required=True, ondelete="cascade")
    hold_id = fields.Many2one("sozial.case.hold", "Legal hold", ondelete="cascade")
    reason = fields.Text(help="Which lawsuit, audit or complaint needs the case. Those who may open the case read it.")
    review_on = fields.Date(
        "Review on", required=True, help="On this day the hold shows up for review. It does not end by itself."
    )

    def action_confirm(self):
        """Set the hold, or move its review."""
        self.ensure_one()
        if not self.hold_id:
            self.case_id.action_set_hold(self.reason, self.review_on)
        elif self.hold_id.case_id != self.case_id:
            raise UserError(self.env._("Legal hold: choose the one of this case."))
        else:
            self.hold_id.action_review(self.review_on)
        return {"type": "ir.actions.act_window_close"}
