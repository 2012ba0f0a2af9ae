from functools import partial

from odoo import api, models

from ..consent_wording import RIGHT_TO_LEFT
from .consent_form import set_for_print


class LetterPrint(models.AbstractModel):
    """Values of a printed letter, read with the rights of whoever prints."""

    _name = "report.sozial_management.letter_form"
    _description = "Printed letter"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without a grant"""
        letters = self.env["sozial.letter"].browse(docids)
        letters.check_access("read")
        return {"docs": [self._of(letter) for letter in letters]}

    def _of(self, letter):
        columns = letter._columns()
        for column in columns:
            column["dir"] = "rtl" if column["lang"] in RIGHT_TO_LEFT else "ltr"
            column["set"] = partial(set_for_print, language=column["lang"])
        return {
            "letter": letter, "company": letter.company_id, "case": letter.case_id, "columns": columns, "address": letter._address(),
            "worker": letter.case_id.worker_id or letter.user_id, "draft": letter.state == "draft",
        }  # fmt: skip
