from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .secrecy import is_confidential

# What others could read, or what would tell who the client is.
BLANKED = ("description", "notes", "location", "videocall_location")

# Fields that tell to which case an appointment belongs.
CASE_LINK = ("res_model", "res_model_id", "res_id")


class CalendarEvent(models.Model):
    """Appointments of a case: private, with a fixed title, colleagues as attendees only."""

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [
                self._neutral_values(vals) if self._is_about_case(self._with_default_link(vals)) else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        if self._is_about_case(vals):
            # what was written while it was no appointment of a case goes as well
            vals = self._neutral_values(vals)
        elif any(event.sudo().res_model == "sozial.case" for event in self):
            vals = self._neutral_values(vals, only_given=True)
        return super().write(vals)

    def action_write_note(self):
        """Open a contact note about this appointment: its case, beginning and length are filled in.

        :raise AccessError: without access to the case
        :raise UserError: if it is no appointment of a case
        """
        self.ensure_one()
        self.check_access("read")
        case = self.env["sozial.case"].browse(self.res_id if self.res_model == "sozial.case" else [])
        if not case:
            raise UserError(self.env._("This appointment belongs to no case."))
        case.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_contact_new")
        minutes = 0 if self.allday else min(round(self.duration * 60), 1440)
        context = {"default_case_id": case.id, "default_date": self.start, "default_medium": "office", "default_minutes": minutes}
        return {**action, "context": context}

    def message_post(self, **kwargs):
        """No free text on the appointment of a case: attendees would get it by mail."""
        if any(event.sudo().res_model == "sozial.case" for event in self):
            raise UserError(
                self.env._("Nothing is written on an appointment of a case. Write a contact note: it is protected.")
            )
        return super().message_post(**kwargs)

    def _field_to_sql(self, alias, field_expr, query=None):
        """Which case an appointment belongs to is known to its attendees only.

        Others see that somebody is busy. Without this they could search, count and group
        private events by case, here and through every model that points at events.
        """
        sql = super()._field_to_sql(alias, field_expr, query)
        if self.env.su or field_expr not in CASE_LINK:
            return sql
        return SQL(
            """CASE WHEN %(model)s IS DISTINCT FROM 'sozial.case' OR %(user)s = %(uid)s OR EXISTS (
                SELECT FROM calendar_event_res_partner_rel
                WHERE calendar_event_id = %(id)s AND res_partner_id = %(partner)s) THEN %(value)s END""",
            model=SQL.identifier(alias, "res_model"),
            user=SQL.identifier(alias, "user_id"),
            uid=self.env.uid,
            id=SQL.identifier(alias, "id"),
            partner=self.env.user.partner_id.id,
            value=sql,
        )

    @api.model
    def _with_default_link(self, vals):
        """Values of a new event, with the record the calendar was opened from."""
        defaults = {name: self.env.context.get(f"default_{name}") for name in ("res_model", "res_model_id")}
        return {**vals, **{name: vals.get(name) or value for name, value in defaults.items()}}

    @api.model
    def _is_about_case(self, vals):
        """Whether the values place the event on a case, by model name or model id."""
        model_id = vals.get("res_model_id")
        model = self.env["ir.model"].sudo().browse(model_id).model if model_id else vals.get("res_model")
        if is_confidential(self.env, model) and model != "sozial.case":
            raise UserError(self.env._("An appointment is planned on the case itself."))
        return model == "sozial.case"

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
        for event in self.sudo().filtered(lambda one: one.res_model == "sozial.case"):
            outsiders = event.partner_ids.filtered(
                lambda partner: not partner.user_ids.filtered(lambda user: user.active and not user.share)
            )
            if outsiders:
                raise ValidationError(
                    self.env._(
                        "Attendees: only colleagues may be invited to an appointment of a case. "
                        "Tell the client in person or by letter."
                    )
                )
