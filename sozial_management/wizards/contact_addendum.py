from odoo import fields, models


class SozialContactAddendum(models.TransientModel):
    """Add something to a contact note that can no longer be changed."""

    _name = "sozial.contact.addendum"
    _description = "Addendum to a contact note"

    contact_id = fields.Many2one("sozial.contact", "Contact note", required=True, ondelete="cascade")
    text = fields.Text("Addendum", required=True)

    def action_confirm(self):
        """Write the addendum."""
        self.ensure_one()
        self.contact_id._add_addendum(self.text)
        return {"type": "ir.actions.act_window_close"}
