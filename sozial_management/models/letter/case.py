from odoo import api, fields, models


class SozialCase(models.Model):
    """Letters of a case."""

    _inherit = "sozial.case"

    letter_ids = fields.One2many("sozial.letter", "case_id", "Letters")

    def action_letters(self):
        """Open the letters of this case, to write another one."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_letter")
        return {**action, "domain": [("case_id", "=", self.id)], "context": {"default_case_id": self.id}}

    @api.model
    def _passage_fields(self):
        """Letters belong to what a client may get a copy of."""
        return {**super()._passage_fields(), "sozial.letter": ("body", "german_body")}
