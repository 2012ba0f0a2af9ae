from odoo import models
from odoo.exceptions import AccessError


class SozialCaseAccess(models.Model):
    """A grant on the case is what somebody needs to be admitted to the notes of a party."""

    _inherit = "sozial.case.access"

    def action_admit_to_notes(self):
        """Admit the holder of this grant to the notes of the party in the context (`mediation_party_id`).

        :raise AccessError: for who does not read these notes
        """
        self.ensure_one()
        self.check_access("read")
        party = self.env["sozial.mediation.party"].browse(self.env.context.get("mediation_party_id"))
        party.ensure_one()
        party._require_reader()
        if self not in party.colleague_ids:
            raise AccessError(self.env._("Only somebody with access to the case can be admitted to the notes."))
        self.env["sozial.mediation.reader"].sudo().create({"party_id": party.id, "user_id": self.user_id.id})
        return party.action_open()
