from odoo import fields, models
from odoo.exceptions import UserError


class SozialActivityMessage(models.TransientModel):
    """Dialog: one message to everybody who is registered, each by a mail of their own."""

    _name = "sozial.activity.message"
    _description = "Message to those registered"

    activity_id = fields.Many2one("sozial.activity", required=True)
    session_id = fields.Many2one(
        "sozial.activity.session", "Session", domain="[('activity_id', '=', activity_id)]", help="Empty: everybody of the activity."
    )
    with_waiting = fields.Boolean("Also the waiting list")
    text = fields.Text(required=True, help="Sent as it stands here. Nobody sees who else gets it.")

    def action_send(self):
        """Queue the mails.

        :raise UserError: if nobody can be reached
        """
        self.ensure_one()
        states = ("confirmed", "offered", "waiting") if self.with_waiting else ("confirmed", "offered")
        domain = [("activity_id", "=", self.activity_id.id), ("state", "in", states), ("email", "!=", False)]
        if self.session_id:
            domain.append(("session_id", "=", self.session_id.id))
        registered = self.env["sozial.activity.registration"].search(domain, limit=2000)
        if not registered:
            raise UserError(self.env._("Nobody is registered here with a mail address."))
        if not self.text.strip():
            raise UserError(self.env._("Text: write what you would like to say."))
        for one in registered:
            one._queue_mail("message", text=self.text.strip())
        return {"type": "ir.actions.act_window_close"}
