from odoo import api, models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


class SozialConfidential(models.AbstractModel):
    """Nothing is written into an anonymised case, and nothing deleted under legal hold."""

    _inherit = "sozial.confidential"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.case_id._admit_writing()
        return rows

    def write(self, vals):
        self.case_id._admit_writing()
        return super().write(vals)

    def unlink(self):
        self.case_id._refuse_under_hold()
        self.case_id._admit_writing()
        if not self.env.su:
            # comes with any call from outside and would switch off every guard against deletion
            self = self.with_context(**{MODULE_UNINSTALL_FLAG: False})
        return super().unlink()
