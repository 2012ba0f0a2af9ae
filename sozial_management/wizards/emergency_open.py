from odoo import fields, models


class SozialEmergencyOpen(models.TransientModel):
    """Ask for emergency access: whom it is about, and why it cannot wait."""

    _name = "sozial.emergency.open"
    _description = "Ask for emergency access"

    partner_id = fields.Many2one("res.partner", "Tenant", ondelete="cascade")
    case_number = fields.Char(help="If you know it, for example SM-2026-00012.")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Open what was found for three hours, or say that there is nothing."""
        self.ensure_one()
        ids = self.env["sozial.emergency"].action_open(self.reason, self.case_number, self.partner_id.id)
        if not ids:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "warning",
                    "message": self.env._("There is no active case that could be opened. The request is on record."),
                    "next": {"type": "ir.actions.act_window_close"},
                },
            }
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_case")
        return {**action, "domain": [("id", "in", ids)], "context": {}}
