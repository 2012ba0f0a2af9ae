from odoo import models


class SozialRoomWaiting(models.Model):
    """The own place on the waiting list, as its customer sees it in the portal."""

    _name = "sozial.room.waiting"
    _inherit = ["sozial.room.waiting", "sozial.portal.readable"]

    _portal_fields = frozenset(
        {"id", "display_name", "kind", "name", "room_id", "centre_id", "company_id", "partner_id", "start", "stop", "persons",
         "state", "slot_text", "answer_until", "create_date"}
    )  # fmt: skip

    def _portal_withdraw(self):
        """Leave the waiting list, for the current portal user, who must be able to read the entry."""
        self.check_access("read")
        return self.sudo()._withdraw("withdrawn")

    def _portal_answer(self, takes_it):
        """Take an offered slot or leave it, for the current portal user, who must be able to read the entry.

        :raise UserError: if it is answered already, or too late
        """
        self.check_access("read")
        return self._answer(takes_it)
