from odoo import models


class SozialActivityRegistration(models.Model):
    """The own registrations, as a portal user sees them."""

    _name = "sozial.activity.registration"
    _inherit = ["sozial.activity.registration", "sozial.portal.readable"]

    _portal_fields = frozenset(
        {"id", "display_name", "name", "activity_id", "session_id", "partner_id", "company_id", "state", "slot_text", "answer_until",
         "create_date"}
    )  # fmt: skip

    def _portal_answer(self, answer):
        """Answer for the current portal user, who must be able to read the registration.

        :raise UserError: if it is answered already, or too late
        """
        self.check_access("read")
        return self._answer(answer)
