from odoo import api, models


class SozialCase(models.Model):
    """Reading a case leaves a row in the access log."""

    _name = "sozial.case"
    _inherit = ["sozial.case", "sozial.access.logged"]

    def _logged_case_ids(self):
        return self._origin.ids

    def _case_field(self):
        return []

    @api.model
    def _log_filled_in(self, values, result):
        """Note the case for which a form that is not saved was filled in, if the user may open it."""
        case_id = result.get("value", {}).get("case_id") or values.get("case_id")
        case_id = case_id.get("id") if isinstance(case_id, dict) else case_id
        case = self.browse(case_id or [])
        if case and case.has_access("read"):
            case._log_opening()
