from odoo import api, models


class SubjectRequestLetter(models.AbstractModel):
    """Values of the company's letter about somebody's data."""

    _name = "report.sozial_management.subject_request_letter"
    _description = "Letter of the company about one's own data"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: for others than data protection"""
        requests = self.env["sozial.subject.request"].browse(docids)
        requests.check_access("read")
        return {"docs": [request._answer() for request in requests], "companies": [request.company_id for request in requests]}


class SubjectPartLetter(models.AbstractModel):
    """Values of the social department's letter from one case."""

    _name = "report.sozial_management.subject_part_letter"
    _description = "Letter of the social department about one's own data"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without a grant
        :raise UserError: before the release
        """
        parts = self.env["sozial.subject.part"].browse(docids)
        parts.check_access("read")
        parts._log_handing_out("print")
        return {"docs": [part._answer() for part in parts], "companies": [part.company_id for part in parts]}
