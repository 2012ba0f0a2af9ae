from odoo import models


class SozialContact(models.Model):
    """Tagging at the note: whom is each paragraph about? The note itself stays as it is."""

    _inherit = "sozial.contact"

    def action_passages(self):
        """Show the paragraphs of this note and its addenda, to say whom they are about."""
        self.ensure_one()
        self.check_access("read")
        self.case_id._sync_passages()
        notes = self | self.addendum_ids
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_passage")
        return {**action, "domain": [("res_model", "=", "sozial.contact"), ("res_id", "in", notes.ids)]}
