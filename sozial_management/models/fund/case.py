from odoo import api, fields, models


class SozialCase(models.Model):
    """Money from a fund, asked for in a case."""

    _inherit = "sozial.case"

    fund_request_ids = fields.One2many("sozial.fund.request", "case_id", "Requests to a fund")

    def action_fund_requests(self):
        """Open the requests of this case, to ask for money or to enter a receipt."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_fund_request")
        return {**action, "domain": [("case_id", "=", self.id)], "context": {"default_case_id": self.id}, "path": False}

    @api.model
    def _passage_fields(self):
        """Why money was asked for, and what was decided, belongs to the copy of the case, too."""
        return {**super()._passage_fields(), "sozial.fund.request": ("reason", "other_help", "decision_note")}
