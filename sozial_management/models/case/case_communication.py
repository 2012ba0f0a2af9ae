from odoo import api, models
from odoo.exceptions import UserError


class SozialCase(models.Model):
    """Neutral by construction: recipients and authors of a message read it without access
    to the case, and mail queues belong to administrators. So nothing but fixed sentences
    ever enters the chatter, nobody follows a case, and no mail leaves from it."""

    _inherit = "sozial.case"

    def action_schedule_appointment(self):
        """Open the calendar to plan an appointment; it will be private and tell nothing."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("calendar.action_calendar_event")
        action["context"] = {
            "default_res_model": self._name,
            "default_res_id": self.id,
            "default_name": self.env._("Appointment"),
            "default_privacy": "private",
            "default_partner_ids": self.env.user.partner_id.ids,
        }
        return action

    def action_fitting_offers(self):
        """Open the offers that fit the situation of this case."""
        self.ensure_one()
        self.check_access("read")
        self._log_opening()
        return self.env["sozial.offer"].action_fitting_offers(
            topics=self.topic_ids,
            target_groups=self.target_group_ids,
            quarter=self.quarter_id,
            languages=self.client_id.language_ids,
        )

    @api.model
    def _sentences(self):
        """Everything that may stand in a message of a case, in the current language."""
        return {
            "activity_done": self.env._("An activity was completed."),
            "activity_assigned": self.env._("You find it under »My day« and in the case."),
            "emergency": self.env._("A colleague opened this case for three hours. Data protection reviews it."),
        }

    def _subjects(self):
        """The subjects that go with these sentences: the neutral number and what happened."""
        return {
            "activity_assigned": self.env._("%s: an activity was assigned to you", self.name),
            "emergency": self.env._("%s: emergency access", self.name),
        }

    def _refuse_text(self):
        """Stop free text in the history of a case."""
        raise UserError(
            self.env._("Nothing is written into the history of a case. Write a contact note: it is protected.")
        )

    def _post_neutral(self, key):
        """Post one of the fixed sentences, seen by those who may open the case."""
        messages = self.env["mail.message"]
        for case in self:
            messages += super(SozialCase, case).message_post(
                body=self._sentences()[key], subtype_xmlid="mail.mt_note", message_type="notification"
            )
        return messages

    def _notify_neutral(self, key, users):
        """Send one of the fixed sentences to colleagues."""
        for case in self:
            super(SozialCase, case).message_notify(
                partner_ids=users.partner_id.ids,
                subject=case._subjects()[key],
                body=self._sentences()[key],
                email_layout_xmlid="mail.mail_notification_layout",
            )

    def _notify_emergency(self, user):
        """Tell the worker in charge and the heads at once that somebody opened the case in an emergency."""
        self.ensure_one()
        told = (self.sudo().worker_id | self._heads()) - user - self._locked_out_users()
        self.sudo()._notify_neutral("emergency", told)

    def _reassign_open_activities(self, user):
        """Open activities of somebody who lost access go to the worker in charge:
        an assignee reads an activity without access to its record."""
        self.ensure_one()
        self.env["mail.activity"].sudo().search(
            [("res_model", "=", "sozial.case"), ("res_id", "=", self.id), ("user_id", "=", user.id)],
            limit=1000,
        ).write({"user_id": self.sudo().worker_id.id})

    def message_post(self, **kwargs):
        """Refused: write a contact note instead."""
        self._refuse_text()

    def message_post_with_source(self, source_ref, **kwargs):
        """A completed activity leaves a fixed sentence; feedback and texts are dropped."""
        done = "mail.message_activity_done"  # comes by its name or as the view itself
        self.check_access("read")
        if source_ref == (done if isinstance(source_ref, str) else self.env.ref(done)):
            return self._post_neutral("activity_done")
        return self.message_post()

    def message_notify(self, **kwargs):
        """Refused: a notification would carry text to people without access."""
        return self.message_post()

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nobody follows a case: followers would be told about it."""
        return True

    def _message_log_batch(self, bodies, **kwargs):
        """No automatic entries: creation and changes are not narrated, and values of a field
        that somebody tracks, which administrators could read, are not kept."""
        return self.env["mail.message"]
