from odoo import api, models
from odoo.exceptions import ValidationError

# What others could read, or what would tell who the client is.
BLANKED = ("description", "notes", "location", "videocall_location")


class CalendarEvent(models.Model):
    """Appointments of a case: private, with a fixed title, colleagues as attendees only."""

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [self._neutral_values(vals) if self._is_about_case(vals) else vals for vals in vals_list]
        )

    def write(self, vals):
        if self._is_about_case(vals) or any(event.sudo().res_model == "sozial.case" for event in self):
            vals = self._neutral_values(vals, only_given=True)
        return super().write(vals)

    @api.model
    def _is_about_case(self, vals):
        """Whether the values place the event on a case, by model name or model id."""
        model = vals.get("res_model") or self.env.context.get("default_res_model")
        model_id = vals.get("res_model_id") or self.env.context.get("default_res_model_id")
        return model == "sozial.case" or model_id == self.env["ir.model"]._get_id("sozial.case")

    @api.model
    def _neutral_values(self, vals, only_given=False):
        """Values that tell nothing: private, fixed title, no place, no client.

        :param only_given: replace what is given only (a change), instead of everything
        """
        neutral = {"name": self.env._("Appointment"), "privacy": "private", "show_as": "busy"}
        neutral |= dict.fromkeys(BLANKED, False)
        if only_given:
            neutral = {name: value for name, value in neutral.items() if name in vals}
        return {**vals, **neutral}

    @api.constrains("partner_ids", "res_model", "res_id")
    def _check_case_attendees(self):
        """No client as attendee: an invitation would mail and reveal the appointment."""
        for event in self.filtered(lambda one: one.res_model == "sozial.case"):
            outsiders = event.partner_ids.filtered(lambda partner: not partner.user_ids.filtered("active"))
            if outsiders:
                raise ValidationError(
                    self.env._(
                        "Attendees: only colleagues may be invited to an appointment of a case. "
                        "Tell the client in person or by letter."
                    )
                )
