from odoo import models
from odoo.exceptions import UserError


class SozialAward(models.Model):
    """From an awarded lot to the agreement in one click."""

    _inherit = "sozial.award"

    def action_agreement(self):
        """The agreement of this award; made from the call and the submission if there is none.

        :raise UserError: before the award
        """
        self.ensure_one()
        self.check_access("read")
        if self.state != "awarded":
            raise UserError(self.env._("%s is not awarded yet.", self.lot_id.name))
        agreements = self.env["sozial.agreement"]
        found = agreements.search([("award_id", "=", self.id)], order="version desc", limit=1)
        if not found:
            agreements.check_access("create")
            call, lot = self.call_id, self.lot_id
            found = agreements.create(
                {
                    "award_id": self.id,
                    "partner_id": self.winner_id.partner_id.id,
                    "company_id": self.company_id.id,
                    "title": f"{call.name}: {lot.name}",
                    "subject": self.agreement_text,
                    "remuneration": call.remuneration,
                    **({"date_start": call.date_from} if call.date_from else {}),
                    **({"date_end": call.date_until} if call.date_until else {}),
                }
            )
        return found._get_records_action()
