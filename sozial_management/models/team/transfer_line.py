from odoo import fields, models
from odoo.exceptions import UserError


class SozialCaseTransferLine(models.Model):
    """One case of a transfer, with what the colleague has to know; as secret as the case."""

    _name = "sozial.case.transfer.line"
    _description = "Case of a transfer"
    _inherit = ["sozial.confidential", "sozial.guarded"]
    _anonymise = "delete"
    _order = "transfer_id desc, id"
    _guarded = frozenset({"state", "transfer_id"})

    transfer_id = fields.Many2one(
        "sozial.case.transfer", "Transfer", required=True, readonly=True, index=True, ondelete="cascade", check_company=True
    )
    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    from_user_id = fields.Many2one(related="transfer_id.from_user_id")
    to_user_id = fields.Many2one(related="transfer_id.to_user_id")
    answered_on = fields.Datetime(related="transfer_id.answered_on")
    note = fields.Text(
        "Hand-over note",
        help="What is open, what has to be done first, what helps in talking. The colleague reads it once the case is taken over.",
    )
    state = fields.Selection(
        [("asked", "Asked"), ("moved", "Handed over"), ("left", "Stayed")], required=True, readonly=True, default="asked"
    )

    _one_request = models.UniqueIndex("(case_id) WHERE state = 'asked'", "This case is offered to a colleague already.")

    def write(self, vals):
        self._refuse_guarded(vals)
        if any(line.state != "asked" for line in self):
            raise UserError(self.env._("The hand-over note stays as it was when the case was taken over."))
        return super().write(vals)

    def _write_guarded(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    def _move(self):
        """Hand the cases over, as far as nothing came in between.

        :return: the lines of those that moved
        """
        moved = self.filtered(lambda line: line._may_move())
        for line in moved:
            line.case_id._hand_over_to(line.to_user_id, line.transfer_id.keep_until)
        moved._write_guarded({"state": "moved"})
        (self - moved)._write_guarded({"state": "left"})
        return moved

    def _may_move(self):
        """Not if the case ended, was given to somebody else, or if the colleague must not see it."""
        case = self.case_id
        return case.is_active and case.worker_id == self.from_user_id and self.to_user_id not in case._locked_out_users()
