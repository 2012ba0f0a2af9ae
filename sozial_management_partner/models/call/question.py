from odoo import fields, models


class SozialCallQuestion(models.Model):
    """A question to a call (Bieterfrage): reworded, answered to all at once.

    Who asked is stored where only code reads it, to show organisations their own questions.
    """

    _name = "sozial.call.question"
    _description = "Question to a call"
    _inherit = ["sozial.portal.readable"]
    _order = "call_id, number, id"
    _check_company_auto = True

    _portal_fields = frozenset({"id", "display_name", "number", "call_id", "company_id", "text", "answer", "state", "answered_at"})

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="call_id.company_id", store=True, precompute=True, index=True)
    number = fields.Integer("No.", readonly=True, copy=False, help="In the order of the answers.")
    original = fields.Text(
        "As it was asked", readonly=True, copy=False, help="Stays with the staff; organisations read the reworded question."
    )
    text = fields.Text("Reworded question", help="So that nobody can tell who asked.")
    answer = fields.Text()
    state = fields.Selection(
        [("asked", "Asked"), ("answered", "Answered")], required=True, default="asked", readonly=True, copy=False, index=True
    )
    answered_at = fields.Datetime("Answered on", readonly=True, copy=False)
    asker_id = fields.Many2one("res.partner", readonly=True, copy=False, groups=fields.NO_ACCESS, index="btree_not_null")

    _answered_is_complete = models.Constraint(
        "CHECK (state <> 'answered' OR (text IS NOT NULL AND answer IS NOT NULL AND answered_at IS NOT NULL))",
        "An answered question has a reworded question and an answer.",
    )
