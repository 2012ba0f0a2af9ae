from odoo import api, fields, models
from odoo.fields import Command

from .mediation import OPEN


class SozialCase(models.Model):
    """A conflict may be mediated: in its own case, led by who mediates."""

    _inherit = "sozial.case"

    in_conflict = fields.Boolean(related="type_id.mediates", related_sudo=False)
    mediation_ids = fields.One2many("sozial.mediation", "case_id", "Mediations")

    def action_mediation(self):
        """Open the mediation of this case, or begin one with the people of the conflict."""
        self.ensure_one()
        self.check_access("read")
        self._log_opening()
        open_one = self.mediation_ids.filtered(lambda one: one.state in OPEN)
        latest = (open_one or self.mediation_ids)[:1]
        if latest and (open_one or not self.is_active):
            return latest._action_open()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_mediation")
        return {**action, "domain": [("case_id", "=", self.id)], "context": {"default_case_id": self.id}}

    def _mediation_parties(self):
        """Whom a conflict is between: proposed as the parties of a new mediation."""
        people = self.participant_ids.filtered(lambda one: one.role in ("client", "conflict_party") and not one.date_end).partner_id
        return [Command.create({"partner_id": person.id}) for person in people]

    @api.model
    def _passage_fields(self):
        return {
            **super()._passage_fields(),
            "sozial.mediation": ("subject",),
            "sozial.mediation.session": ("place",),
            "sozial.mediation.agreement": ("text",),
        }
