from odoo import fields, models


class SozialCaseGrant(models.TransientModel):
    """Let a colleague work on a case too, or stand in until a day."""

    _name = "sozial.case.grant"
    _description = "Give access to a case"

    case_id = fields.Many2one("sozial.case", "Case", required=True, ondelete="cascade")
    user_id = fields.Many2one(
        "res.users",
        "Colleague",
        required=True,
        ondelete="cascade",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("sozial_management.group_sozial_worker").ids),
            ("id", "!=", self.env.uid),
        ],
    )
    kind = fields.Selection(
        [("co", "Works on the case too"), ("standin", "Stands in until")],
        "Access",
        required=True,
        default="co",
        help="Both read and write the whole case. A stand-in loses access by itself at the given time.",
    )
    valid_until = fields.Datetime("Until", help="A stand-in needs it. Empty: until the access is ended.")
    reason = fields.Char(required=True, help="The colleague and data protection read it.")

    def action_confirm(self):
        """Give the access."""
        self.ensure_one()
        self.case_id.action_grant_access(self.user_id.id, self.kind, self.reason, self.valid_until)
        return {"type": "ir.actions.act_window_close"}
