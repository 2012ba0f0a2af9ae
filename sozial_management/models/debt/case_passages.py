from odoo import api, models


class SozialCase(models.Model):
    """Texts on money are tagged paragraph by paragraph like all others."""

    _inherit = "sozial.case"

    @api.model
    def _passage_fields(self):
        known = super()._passage_fields()
        return {
            **known,
            "sozial.case": (*known["sozial.case"], "arrears_cause"),
            "sozial.debt.claim": ("ground", "note"),
            "sozial.budget": ("note",),
            "sozial.budget.line": ("name",),
            "sozial.settlement": ("reason",),
            "sozial.instalment.plan": ("reason", "end_note"),
        }
