from odoo import fields, models

from ..models.retention.proposal import GROUNDS
from ..models.retention.rule import ACTIONS


class SozialCaseErasureAsk(models.TransientModel):
    """Pass on to data protection that the person wants the case erased."""

    _name = "sozial.case.erasure.ask"
    _description = "Pass on a wish for erasure"

    case_id = fields.Many2one("sozial.case", "Case", required=True, ondelete="cascade")
    ground = fields.Selection(
        GROUNDS, "On what ground", required=True, help="Art. 17(1) GDPR. Data protection reads it beside the neutral number."
    )
    action = fields.Selection(
        ACTIONS,
        "What happens",
        required=True,
        default="delete",
        help="Delete: nothing stays. Anonymise: kind, dates, quarter, outcome and minutes stay for the figures, the person goes.",
    )

    def action_confirm(self):
        """Pass it on."""
        self.ensure_one()
        self.case_id.action_request_erasure(self.ground, self.action)
        return {"type": "ir.actions.act_window_close"}
