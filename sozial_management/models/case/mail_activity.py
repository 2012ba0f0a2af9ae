from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from .secrecy import is_confidential

TEXT_FIELDS = ("summary", "note", "feedback")
LINK = {"res_model_id", "res_model", "res_id"}


class MailActivity(models.Model):
    """Activities on a case carry no text of their own.

    The assignee reads an activity without access to its record, and its text is mailed.
    So the summary is the name of the activity type, and the assignee needs a grant.
    """

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create([self._neutral_values(vals) for vals in vals_list])
        activities._check_assignee_has_grant()
        for activity in activities.filtered(lambda one: one.res_model == "sozial.case"):
            super(MailActivity, activity).write({"summary": activity.activity_type_id.name})
        return activities

    def write(self, vals):
        if any(activity.res_model == "sozial.case" for activity in self):
            vals = {name: value for name, value in vals.items() if name not in TEXT_FIELDS}
        result = super().write(vals)
        if LINK & vals.keys():
            self._blank_what_moved()
        if LINK & vals.keys() or "user_id" in vals:
            self._check_assignee_has_grant()
        return result

    def _blank_what_moved(self):
        """An activity that was planned elsewhere leaves its text behind when it moves to a case."""
        for activity in self:
            self._neutral_values({"res_model": activity.res_model})  # refuses what belongs to a case
            if activity.res_model == "sozial.case":
                blank = dict.fromkeys(TEXT_FIELDS, False)
                super(MailActivity, activity).write({**blank, "summary": activity.activity_type_id.name})

    def action_notify(self):
        """The assignee of an activity on a case gets a fixed sentence."""
        about_cases = self.filtered(lambda activity: activity.res_model == "sozial.case")
        for activity in about_cases:
            self.env["sozial.case"].browse(activity.res_id)._notify_neutral("activity_assigned", activity.user_id)
        return super(MailActivity, self - about_cases).action_notify()

    @api.model
    def _neutral_values(self, vals):
        """Values without text if the activity is on a case."""
        model_id = vals.get("res_model_id") or self.env.context.get("default_res_model_id")
        model = vals.get("res_model") or self.env.context.get("default_res_model")
        model = self.env["ir.model"].sudo().browse(model_id).model if model_id else model
        if not is_confidential(self.env, model):
            return vals
        if model != "sozial.case":
            raise UserError(self.env._("An activity is planned on the case itself."))
        return {**vals, **dict.fromkeys(TEXT_FIELDS, False)}

    def _check_assignee_has_grant(self):
        for activity in self.filtered(lambda one: one.res_model == "sozial.case" and one.user_id):
            case = self.env["sozial.case"].sudo().browse(activity.res_id)
            if activity.user_id not in case._granted_users():
                raise ValidationError(
                    self.env._(
                        "Assigned to: %(name)s has no access to this case. Give access first.",
                        name=activity.user_id.sudo().name,
                    )
                )
