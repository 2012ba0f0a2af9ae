from odoo import api, models

from .logged import on_writable_cursor

CONTENT = {"raw", "datas", "db_datas", "index_content"}


class IrAttachment(models.Model):
    """Opening a file of a case is opening the case, by whatever route."""

    _inherit = "ir.attachment"

    def _log_files(self):
        """Note the cases whose files these are."""
        log = self.env["sozial.access.log"]
        for row in self.sudo():
            if log._is_logged_model(row.res_model) and row.res_id:
                self.env[row.res_model].sudo().browse(row.res_id).exists()._log_reading("attachment")

    def _to_http_stream(self):
        """Every download goes through here, as superuser too: it is for a client in any case."""
        self._log_files()
        return super()._to_http_stream()

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load)
        if not CONTENT.isdisjoint(fnames) and self.env["sozial.access.log"]._is_client():
            self._log_files()
        return result

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        if not CONTENT.isdisjoint(path[0] for path in fields) and self.env["sozial.access.log"]._is_client():
            self._log_files()
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    # On a read-only cursor the log could not be written, and Odoo would run the read again.

    @on_writable_cursor
    def read(self, fields=None, load="_classic_read"):
        return super().read(fields, load)

    @on_writable_cursor
    def web_read(self, specification):
        return super().web_read(specification)

    @api.model
    @on_writable_cursor
    def search_read(self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs):
        return super().search_read(domain, fields, offset, limit, order, **read_kwargs)

    @api.model
    @on_writable_cursor
    def web_search_read(self, domain, specification, offset=0, limit=None, order=None, count_limit=None):
        return super().web_search_read(domain, specification, offset, limit, order, count_limit)
