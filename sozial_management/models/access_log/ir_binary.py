from odoo import models


class IrBinary(models.AbstractModel):
    """Files that lie in a column of a case or its parts, not in the attachment table."""

    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        stream = super()._record_to_stream(record, field_name)
        if self.env["sozial.access.log"]._is_logged_model(record._name):
            record.sudo().exists()._log_reading("attachment")
        return stream
