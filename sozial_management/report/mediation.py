from odoo import api, models


class MediationAgreementPrint(models.AbstractModel):
    """Values of the printed agreement, read with the rights of whoever prints."""

    _name = "report.sozial_management.mediation_agreement_form"
    _description = "Printed agreement of a mediation"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without a grant"""
        agreements = self.env["sozial.mediation.agreement"].browse(docids)
        agreements.check_access("read")
        return {"docs": agreements}


class NoiseDiaryPrint(models.AbstractModel):
    """Values of the blank noise diary: whose it is, and room for two weeks of entries."""

    _name = "report.sozial_management.noise_diary_form"
    _description = "Printed noise diary"
    _rows = 22

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without a grant"""
        cases = self.env["sozial.case"].browse(docids)
        cases.check_access("read")
        return {"docs": cases, "rows": range(self._rows)}
