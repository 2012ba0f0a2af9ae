from odoo import models

from .sealed import is_sealed


class IrBinary(models.AbstractModel):
    """Files by address: those of a submission need access to it, whatever token the address carries."""

    _inherit = "ir.binary"

    def _find_record(self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None):
        record = super()._find_record(xmlid, res_model, res_id, access_token, field)
        model, row = (record.sudo().res_model, record.sudo().res_id) if record._name == "ir.attachment" else (record._name, record.id)
        if is_sealed(self.env, model):
            self.env[model].browse(row).check_access("read")
        return record
