from odoo import models


class SozialOutreachVisit(models.Model):
    """From the row of a dwelling to what is noted there, for those who work on the outreach."""

    _inherit = "sozial.outreach.visit"

    def action_open_sheet(self):
        """Open the sheet of the dwelling.

        :raise AccessError: for whoever does not work on the outreach, whether or not anything is noted
        """
        self.ensure_one()
        self.check_access("read")
        sheet = self.env["sozial.works.sheet"].sudo().search([("visit_id", "=", self.id)], limit=1)
        sheet = sheet.sudo(False)
        sheet.check_access("read")
        return {
            "type": "ir.actions.act_window", "res_model": sheet._name, "res_id": sheet.id, "views": [(False, "form")], "target": "current",
        }  # fmt: skip
