from odoo import fields, models


class SozialCaseLockoutSet(models.TransientModel):
    """Shut a colleague out of a case: relative, neighbour, own matter."""

    _name = "sozial.case.lockout.set"
    _description = "Set a conflict of interest"

    case_id = fields.Many2one("sozial.case", "Case", required=True, ondelete="cascade")
    user_id = fields.Many2one(
        "res.users", "Colleague", required=True, ondelete="cascade", domain="[('share', '=', False)]"
    )
    reason = fields.Char(required=True, help="For example »lives in the same house«.")

    def action_confirm(self):
        """Set the lockout."""
        self.ensure_one()
        self.case_id.action_lock_out(self.user_id.id, self.reason)
        return {"type": "ir.actions.act_window_close"}
