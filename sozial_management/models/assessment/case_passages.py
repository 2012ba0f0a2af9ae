from odoo import api, models


class SozialCase(models.Model):
    """Texts of assessments and plans are tagged paragraph by paragraph like all others."""

    _inherit = "sozial.case"

    @api.model
    def _passage_fields(self):
        return {
            **super()._passage_fields(),
            "sozial.assessment": ("summary",),
            "sozial.assessment.line": ("note",),
            "sozial.plan": ("situation",),
            "sozial.goal": ("name", "indicator", "outcome_note"),
            "sozial.measure": ("name",),
        }
