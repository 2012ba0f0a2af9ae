from odoo import api, models


class SozialConfidential(models.AbstractModel):
    """Nothing is written into an anonymised case, and nothing deleted under legal hold."""

    _inherit = "sozial.confidential"

    # False: computed anew or not finished, and so no part of the file that a hold keeps
    _kept_under_hold = True

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.case_id._admit_writing()
        return rows

    def write(self, vals):
        self.case_id._admit_writing()
        return super().write(vals)

    def unlink(self):
        if self._kept_under_hold:
            self.case_id._refuse_under_hold()
        self.case_id._admit_writing()
        return super().unlink()
