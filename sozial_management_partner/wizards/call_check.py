from odoo import fields, models


class SozialCallCheck(models.TransientModel):
    """The dialog in which a second person records the legal check."""

    _name = "sozial.call.check"
    _description = "Legal check of a call"

    call_id = fields.Many2one("sozial.call", "Call", required=True, readonly=True, ondelete="cascade")
    procedure = fields.Selection(related="call_id.procedure", related_sudo=False)
    note = fields.Text(
        "Result of the legal check", required=True,
        help="What was checked and with which result. It stays in the file of the call.",
    )

    def action_confirm(self):
        """Record the check."""
        self.ensure_one()
        self.call_id.action_check(self.note)
        return {"type": "ir.actions.act_window_close"}
