from odoo import api, fields, models


class SozialDuplicateCheck(models.TransientModel):
    """The duplicate check of the intake: who could this be, and what is the answer?"""

    _name = "sozial.duplicate.check"
    _description = "Duplicate check"
    _inherit = "sozial.access.dialog"
    _rec_name = "case_id"

    case_id = fields.Many2one("sozial.case", "Case", required=True, ondelete="cascade")
    client_id = fields.Many2one("res.partner", "Client", compute="_compute_alike")
    found_case_ids = fields.Many2many("sozial.case", string="Cases", compute="_compute_alike")
    found_partner_ids = fields.Many2many("res.partner", string="Contacts like this one", compute="_compute_alike")

    answer = fields.Selection(
        [("new", "New to us"), ("known", "Known, but a new concern")],
        help="Is it the same concern? Then open the other case and decline this one.",
    )

    @api.depends("case_id")
    def _compute_alike(self):
        """With the rights of whoever looks: cases one may not read do not show up."""
        for check in self.sudo(False):
            case = check.case_id
            check.client_id = case.client_id
            check.found_partner_ids = case._alike_partners() if case else False
            check.found_case_ids = case._alike_cases(check.found_partner_ids._origin) if case else False

    def action_confirm(self):
        """Write the answer on the case.

        :raise UserError: without an answer
        """
        self.ensure_one()
        self.check_access("read")
        self.case_id._answer_duplicates(self.answer)
        return {"type": "ir.actions.act_window_close"}
