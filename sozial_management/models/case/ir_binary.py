from odoo import models

from .secrecy import is_confidential


class IrBinary(models.AbstractModel):
    """Files and pictures by address: those of a case need access to it, whatever token the address carries."""

    _inherit = "ir.binary"

    def _find_record(self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None):
        record = super()._find_record(xmlid, res_model, res_id, access_token, field)
        model = record.sudo().res_model if record._name == "ir.attachment" else record._name
        if is_confidential(self.env, model):
            record.sudo(False).check_access("read")
        return record
