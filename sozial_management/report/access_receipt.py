from odoo import api, models


class AccessReceipt(models.AbstractModel):
    """Values of the receipt for a client: who could read the case, and who did."""

    _name = "report.sozial_management.access_receipt"
    _description = "Access receipt on paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without a grant on the case"""
        receipts = self.env["sozial.access.receipt"].browse(docids)
        receipts.check_access("read")
        docs = [receipt._receipt() for receipt in receipts]
        self.env["sozial.access.log"]._log_cases("print", receipts.case_id.ids)
        return {"docs": docs}
