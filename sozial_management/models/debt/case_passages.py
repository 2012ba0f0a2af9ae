from odoo import api, models


class SozialCase(models.Model):
    """Texts on money are tagged paragraph by paragraph like all others."""

    _inherit = "sozial.case"

    @api.model
    def _passage_fields(self):
        return {
            **super()._passage_fields(),
            "sozial.debt.claim": ("ground", "note"),
            "sozial.budget": ("note",),
            "sozial.budget.line": ("name",),
        }
