from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialSubmissionLate(models.Model):
    """An attempt to hand in after the deadline: refused, kept as a fact, sealed like what came in time."""

    _name = "sozial.submission.late"
    _description = "Late attempt"
    _inherit = ["sozial.sealed"]
    _order = "call_id, at_us"
    _rec_name = "at_us"
    _check_company_auto = True

    _portal_fields = frozenset({"id", "display_name", "call_id", "lot_id", "company_id", "partner_id", "at_us", "deadline_us", "cause"})

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    lot_id = fields.Many2one("sozial.call.lot", "Lot", required=True, index=True, ondelete="restrict", check_company=True)
    partner_id = fields.Many2one("res.partner", "Organisation", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "By", index=True, ondelete="restrict", help="Empty once the call is anonymised.")
    at_us = fields.Char("Arrived, to the microsecond", required=True, help="Time of the server after the complete upload, UTC.")
    at_text = fields.Char("Arrived", compute="_compute_at_text", help="In the time zone of the call.")
    deadline_us = fields.Char("Deadline", required=True, help="In coordinated universal time (UTC).")
    cause = fields.Selection(
        [("late", "After the deadline"), ("opening", "Opening had begun"), ("closed", "The call takes no submissions")], required=True
    )

    @api.depends("at_us", "call_id")
    def _compute_at_text(self):
        for late in self:
            late.at_text = late.sudo().call_id._local_microseconds(late.at_us)

    def write(self, vals):
        """Refused: it says what happened."""
        raise UserError(self.env._("A late attempt is a fact and does not change."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A late attempt belongs to the file of the call."))
