from odoo import fields, models


class SozialRoomClosureEnd(models.TransientModel):
    """Let a closure in force end earlier or later."""

    _name = "sozial.room.closure.end"
    _description = "Change the end of a closure"

    closure_id = fields.Many2one("sozial.room.closure", "Closure", required=True, ondelete="cascade", readonly=True)
    stop = fields.Datetime("Until", help="Empty: until further notice.")

    def action_apply(self):
        """Set the new end: bookings are suspended or restored accordingly."""
        self.ensure_one()
        return self.closure_id._change_end(self.stop)


class SozialRoomClosure(models.Model):
    _inherit = "sozial.room.closure"

    def action_change_end(self):
        """Ask for the new end."""
        self.ensure_one()
        self.check_access("write")
        self._require_state("active")
        wizard = self.env["sozial.room.closure.end"].create({"closure_id": self.id, "stop": self.stop})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the end"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }
