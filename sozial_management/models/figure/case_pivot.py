from odoo import api, fields, models

from .case import age_group
from .fact import AGE_GROUPS


class SozialCase(models.Model):
    """What the own cases add up to, for those who may read them: stored numbers, no free text.

    What leaves the department goes through `sozial.figure.release`, which hides small figures.
    """

    _inherit = "sozial.case"

    contact_minutes = fields.Integer(
        "Minutes of contact", compute="_compute_contact_minutes", store=True, help="Contacts and travel, from the contact notes."
    )
    client_age_group = fields.Selection(
        AGE_GROUPS, "Age at the opening", compute="_compute_client_age_group", store=True,
        help="By the date of birth of the client; looked at again with each phase.",
    )  # fmt: skip

    @api.depends("contact_ids.minutes", "contact_ids.travel_minutes")
    def _compute_contact_minutes(self):
        for case in self._readers():
            case.contact_minutes = sum(note.minutes + note.travel_minutes for note in case.contact_ids)

    # not by the date of birth itself: an import of contacts would look for their cases
    @api.depends("client_id", "opened_on", "state")
    def _compute_client_age_group(self):
        for case in self._readers():
            case.client_age_group = age_group(case.client_id.birth_date, case.opened_on) if case.opened_on else False
