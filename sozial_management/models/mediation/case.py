from odoo import api, fields, models
from odoo.fields import Command

from ..case.case_transitions import Problem
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

    def _problems_before(self, target):
        """A case does not end over the heads of the parties: they would wait for a session that nobody cancels."""
        return super()._problems_before(target) + (self._open_mediation_problems() if target == "closed" else [])

    def action_decline(self):
        """Asks, as closing does, how an open mediation ends."""
        for case in self:
            case._require(case._open_mediation_problems())
        return super().action_decline()

    def _open_mediation_problems(self):
        """What to do about a mediation whose parties are still asked or meet."""
        if not any(one.state in OPEN for one in self.mediation_ids):
            return []
        text = self.env._("Mediation: it is still open. End it or call it off, and tell the parties.")
        return [Problem(text, ((self.env._("Mediation"), "action_mediation"),))]

    @api.model
    def _passage_fields(self):
        return {
            **super()._passage_fields(),
            "sozial.mediation": ("subject",),
            "sozial.mediation.session": ("place",),
            "sozial.mediation.agreement": ("text",),
        }
