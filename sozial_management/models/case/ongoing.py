from odoo import api, models


class SozialOngoing(models.AbstractModel):
    """What is entered, changed and removed only while the case runs: afterwards it stays as it was.

    What has states of its own (a letter, a plan, a deadline) asks for itself where it matters.
    """

    _name = "sozial.ongoing"
    _description = "Part of a case as long as it runs"
    _inherit = "sozial.confidential"

    @api.model_create_multi
    def create(self, vals_list):
        """Rights are asked before the state, so that a refusal does not tell whether a foreign case has ended."""
        rows = super().create(vals_list)
        rows.case_id._require_not_ended()
        return rows

    def write(self, vals):
        self.case_id._require_not_ended()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_not_ended(self):
        self.case_id._require_not_ended()
