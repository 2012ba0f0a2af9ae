from odoo import models


class SozialAccessLoggedRow(models.AbstractModel):
    """Rows as secret as a case that belong to none: the log names their kind and internal number, and nobody."""

    _name = "sozial.access.logged.row"
    _inherit = "sozial.access.logged"
    _description = "Reads are logged, without a case"

    def _logged_case_ids(self):
        return []

    def _case_field(self):
        return ["company_id"]

    def _logged_keys(self):
        """What the log names: {(internal number, company), …}. Parts name what they belong to."""
        return {(row.id, row.company_id.id) for row in self._origin}

    def _add_to_list(self, entry):
        entry.rows_read.update(self._logged_keys())

    def _log_reading(self, kind, count=None):
        self.env["sozial.access.log"]._log_rows(kind, self._logged_keys(), self._logged_as(), count)
