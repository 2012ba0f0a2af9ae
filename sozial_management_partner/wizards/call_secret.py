from odoo import api, fields, models
from odoo.exceptions import UserError

STEPS = [
    ("passphrase", "Set my passphrase"),
    ("recovery", "Recovery code"),
    ("begin", "Begin the opening"),
    ("confirm", "Open as the second person"),
]


class SozialCallSecret(models.TransientModel):
    """Asks for a passphrase or a recovery code, or shows a new code once.

    None of them is stored: the fields have no column, the buttons hand the value over.
    """

    _name = "sozial.call.secret"
    _description = "Passphrase or recovery code of a call"

    call_id = fields.Many2one("sozial.call", "Call", required=True, readonly=True, ondelete="cascade")
    step = fields.Selection(STEPS, required=True, readonly=True)
    secret = fields.Char("Passphrase or recovery code", store=False)
    again = fields.Char("Once more", store=False)
    code = fields.Char("Recovery code", store=False, readonly=True)

    @api.model
    def _open(self, call, step, code=None):
        """The dialog of a step.

        Its row is there before anything is typed: what the browser then writes to a field without a
        column comes back to it, and goes along with the button. A new code is shown in a row that is never saved.
        """
        action = {
            "type": "ir.actions.act_window",
            "name": dict(self._fields["step"]._description_selection(self.env))[step],
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
        }
        if code:
            return {**action, "context": {"default_call_id": call.id, "default_step": step, "default_code": code}}
        return {**action, "res_id": self.create({"call_id": call.id, "step": step}).id}

    def action_confirm(self):
        """Do the step with what was typed; each checks for itself who may."""
        self.ensure_one()
        typed, again = self.env.context.get("secret") or "", self.env.context.get("again") or ""
        call = self.call_id.with_context({key: value for key, value in self.env.context.items() if key not in ("secret", "again")})
        if self.step == "passphrase":
            if typed.strip() != again.strip():
                raise UserError(self.env._("Once more: this is not the same as above."))
            call.key_ids.filtered("is_mine")._set_passphrase(typed)
        elif self.step == "begin":
            return call.action_begin_opening(typed)
        elif self.step == "confirm":
            return call.action_confirm_opening(typed)
        return {"type": "ir.actions.act_window_close"}
