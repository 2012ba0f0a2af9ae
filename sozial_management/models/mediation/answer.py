from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

CHANNELS = [("talk", "In a talk"), ("phone", "By phone"), ("letter", "By letter"), ("mail", "By mail"), ("message", "By text message")]


class SozialMediationAnswer(models.Model):
    """What a party said to the question whether it is willing, and through which channel. Entered once, never changed."""

    _name = "sozial.mediation.answer"
    _description = "Answer of a party"
    _inherit = "sozial.mediation.of.party"
    _anonymise = "delete"
    _order = "at desc, id desc"
    _guarded = frozenset({"user_id"})

    willingness = fields.Selection([("willing", "Willing"), ("declined", "Declines"), ("withdrawn", "Withdrew")], "Says", required=True)
    channel = fields.Selection(CHANNELS, "How", required=True, default="talk")
    at = fields.Datetime("When", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "Entered by", required=True, readonly=True, index=True, default=lambda self: self.env.user)

    @api.constrains("at")
    def _check_at(self):
        if any(answer.at > fields.Datetime.now() for answer in self):
            raise ValidationError(self.env._("When: this moment is still to come."))

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        answers.mediation_id._require_mediator()
        for answer in answers:
            answer.party_id._answered(answer.willingness)
        return answers

    def write(self, vals):
        raise UserError(self.env._("What a party said stays as it was entered. Enter a new answer."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What a party said stays as it was entered. Enter a new answer."))

    def action_enter(self):
        """Close the dialog: the answer is saved by now."""
        self.check_access("read")
        return {"type": "ir.actions.act_window_close"}
