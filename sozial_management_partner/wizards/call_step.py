from odoo import api, fields, models

STEPS = [
    ("cancel", "Cancel the call"),
    ("end", "End the lot without award"),
    ("withdrew", "The chosen organisation withdraws"),
    ("conflict", "Declare a conflict of interest"),
    ("leave", "Take this person off the panel"),
]


class SozialCallStep(models.TransientModel):
    """Asks for the reason of a step that needs one."""

    _name = "sozial.call.step"
    _description = "Step with a reason"

    call_id = fields.Many2one("sozial.call", "Call", required=True, readonly=True, ondelete="cascade")
    step = fields.Selection(STEPS, required=True, readonly=True)
    award_id = fields.Many2one("sozial.award", "Lot", readonly=True, ondelete="cascade")
    member_id = fields.Many2one("sozial.review.member", "Person", readonly=True, ondelete="cascade")
    reason = fields.Text(required=True)

    @api.model
    def _open(self, call, step, award=None, member=None):
        """The dialog for a step."""
        return {
            "type": "ir.actions.act_window",
            "name": dict(self._fields["step"]._description_selection(self.env))[step],
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_call_id": call.id,
                "default_step": step,
                "default_award_id": award.id if award else False,
                "default_member_id": member.id if member else False,
            },
        }

    def action_confirm(self):
        """Do the step; each checks for itself who may."""
        self.ensure_one()
        {
            "cancel": lambda: self.call_id._cancel(self.reason),
            "end": lambda: self.award_id._end(self.reason),
            "withdrew": lambda: self.award_id._winner_withdrew(self.reason),
            "conflict": lambda: self.member_id._declare_conflict(self.reason),
            "leave": lambda: self.member_id._leave(self.reason),
        }[self.step]()
        return {"type": "ir.actions.act_window_close"}
