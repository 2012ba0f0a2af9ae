from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialHandoverJoin(models.TransientModel):
    """Add a hand-over to a case that is there already, for example the second complaint of one conflict."""

    _name = "sozial.handover.join"
    _description = "Add a hand-over to a case"

    handover_id = fields.Many2one("sozial.handover", "Hand-over", required=True, ondelete="cascade")
    to_case_id = fields.Many2one(
        "sozial.case", "My case", ondelete="cascade", domain=[("is_active", "=", True)], help="One of your running cases it belongs to."
    )
    role = fields.Selection(
        selection=lambda self: self.env["sozial.case.participant"]._fields["role"]._description_selection(self.env),
        string="Takes part as", compute="_compute_role", store=True, readonly=False, compute_sudo=False,
        help="As what the person of the hand-over takes part, if not in the case yet.",
    )  # fmt: skip

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._require_case(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._require_case(vals)
        return super().write(vals)

    def _require_case(self, vals):
        """A dialog names no case that one may not work on: its number would be told by groups and links.

        :raise AccessError: for a foreign case and for a missing one alike
        """
        self.env["sozial.case"].browse(vals.get("to_case_id") or ()).check_access("write")

    @api.depends("to_case_id")
    def _compute_role(self):
        for dialog in self:
            dialog.role = "conflict_party" if dialog.to_case_id.type_id.mediates else "household"

    def action_confirm(self):
        """Add it, and show the case.

        :raise UserError: without a case
        """
        self.ensure_one()
        if not self.to_case_id:
            raise UserError(self.env._("My case: choose the case it belongs to."))
        return self.handover_id._join(self.to_case_id, self.role)
