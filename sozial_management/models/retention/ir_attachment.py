from odoo import api, models


class IrAttachment(models.Model):
    """Files of a case: none is added to an anonymised one, none deleted under legal hold."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._cases_of_files()._admit_writing()
        return attachments

    def unlink(self):
        self.check_access("unlink")  # first: the refusal names the case and its hold
        self._cases_of_files()._refuse_under_hold()
        return super().unlink()

    def _cases_of_files(self):
        """The cases that these files belong to, directly or through something below a case."""
        cases = self.env["sozial.case"].sudo()
        by_model = self.sudo().filtered(lambda one: one.res_id and (one.res_model or "").startswith("sozial.")).grouped("res_model")
        for model, files in by_model.items():
            rows = self.env[model].sudo().browse(files.mapped("res_id")).exists() if model in self.env else ()
            if model == "sozial.case":
                cases |= rows
            elif rows and self.env["sozial.erasure"]._stored_link(rows, "case_id") == "sozial.case":
                cases |= rows.case_id
        return cases
