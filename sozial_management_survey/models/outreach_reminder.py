from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.sozial_management.models.outreach.outreach import SozialOutreach as Outreach
from odoo.addons.sozial_management.models.outreach.outreach_letters import BATCH


class SozialOutreach(models.Model):
    """One more letter to the dwellings whose code nobody has used.

    Who that is stands in the letters alone: no row of a dwelling changes, so that no list tells who answered.
    """

    _inherit = "sozial.outreach"
    _guarded = Outreach._guarded | {"survey_secret", "survey_letters_id", "reminding", "reminded_on"}

    reminding = fields.Json("Reminders still to be printed", readonly=True, copy=False, groups=fields.NO_ACCESS)
    reminded_on = fields.Date("Reminded on", readonly=True, copy=False)

    def action_remind(self):
        """Remind all dwellings that got an invitation and have not answered, the way they got it.

        :raise UserError: when there is nobody to remind
        """
        self._require_state("running")
        if self.kind != "survey":
            raise UserError(self.env._("Remind: only a survey knows that an answer is missing."))
        if self.letters_state == "running":
            raise UserError(self.env._("Remind: invitations are being printed. Wait until they are ready."))
        invited = self.env["sozial.outreach.visit"].search(
            [("outreach_id", "=", self.id), ("letter", "in", ("printed", "mailed"))], limit=None
        )
        waiting = self.env["sozial.survey.ticket"]._unused(invited)
        if not waiting:
            raise UserError(self.env._("Remind: no invitation that was sent is without an answer."))
        self = self.with_context(sozial_reminder=True)  # noqa: PLW0642 - which letter goes out
        self._refuse_unfilled()
        mailed = waiting.filtered(lambda visit: visit.letter == "mailed" and visit.tenant_id.email_normalized)
        self._send_survey_mails(mailed)
        self._print_reminders(waiting - mailed)
        return self._write_guarded({"reminded_on": fields.Date.context_today(self)})

    def _print_reminders(self, visits):
        """Have them printed in the background, as a file of their own: the invitations are in their envelopes."""
        if not visits:
            return
        (self.letters_id | self.letters_part_ids).unlink()
        self.sudo()._write_guarded({"reminding": visits.ids, "letters_state": "running", "letters_trouble": False})
        self.env.ref("sozial_management.ir_cron_outreach_letters").sudo()._trigger()

    def _letter_template(self):
        if self.env.context.get("sozial_reminder"):
            return self.env.ref("sozial_management_survey.letter_survey_reminder")
        return super()._letter_template()

    def _print_batch(self):
        """Reminders as long as there are some; what became of the invitation stays as it is."""
        waiting = self.sudo().reminding
        if not waiting:
            return super()._print_batch()
        self = self.with_context(sozial_reminder=True)  # noqa: PLW0642 - which letter goes out
        visits = self.env["sozial.outreach.visit"].search([("id", "in", waiting[:BATCH])], limit=BATCH)
        self._print_part([self._letter(visit, visit.tenant_id) for visit in visits if visit.tenant_id])
        self.sudo()._write_guarded({"reminding": waiting[BATCH:] or False})
        return len(waiting[:BATCH]), len(waiting[BATCH:])
