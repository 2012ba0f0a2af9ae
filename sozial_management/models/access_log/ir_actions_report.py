from odoo import api, models


class IrActionsReport(models.Model):
    """Printing a case or a part of it is one row a case."""

    _inherit = "ir.actions.report"

    def _log_print(self, report_ref, ids):
        log = self.env["sozial.access.log"]
        model = self._get_report(report_ref).model
        if ids and log._is_logged_model(model) and log._is_client():
            ids = [ids] if isinstance(ids, int) else ids
            self.env[model].sudo().browse(ids).exists()._log_reading("print", len(ids))

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        result = super()._render_qweb_pdf(report_ref, res_ids, data)
        self._log_print(report_ref, res_ids)
        return result

    @api.model
    def _render_qweb_html(self, report_ref, docids, data=None):
        result = super()._render_qweb_html(report_ref, docids, data)
        self._log_print(report_ref, docids)
        return result

    @api.model
    def _render_qweb_text(self, report_ref, docids, data=None):
        result = super()._render_qweb_text(report_ref, docids, data)
        self._log_print(report_ref, docids)
        return result
