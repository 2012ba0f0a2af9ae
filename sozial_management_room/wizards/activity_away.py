from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialActivityAway(models.TransientModel):
    """Dialog: whoever leads is away. A stand-in takes over, or the sessions are cancelled and everybody registered is told."""

    _name = "sozial.activity.away"
    _description = "Leader is away"

    activity_id = fields.Many2one("sozial.activity", required=True, default=lambda self: self.env.context.get("active_id"))
    company_id = fields.Many2one(related="activity_id.company_id")
    first_day = fields.Date("From", required=True, default=fields.Date.context_today)
    last_day = fields.Date("Until", required=True, default=fields.Date.context_today)
    way = fields.Selection(
        [("stand_in", "A stand-in takes over"), ("cancel", "The sessions are cancelled")], "What happens", required=True, default="stand_in"
    )
    stand_in_id = fields.Many2one(
        "res.partner", "Stand-in", compute="_compute_stand_in_id", store=True, readonly=False, check_company=True
    )
    reason = fields.Char(
        default=lambda self: self.env._("We are sorry, this time it cannot take place."),
        help="Told to everybody, also on the public programme. No names, no illness.",
    )
    session_ids = fields.Many2many("sozial.activity.session", compute="_compute_session_ids", string="Sessions")

    @api.depends("activity_id")
    def _compute_stand_in_id(self):
        for dialog in self:
            dialog.stand_in_id = dialog.activity_id.deputy_id

    @api.depends("activity_id", "first_day", "last_day")
    def _compute_session_ids(self):
        for dialog in self:
            dialog.session_ids = dialog._sessions()

    def _sessions(self):
        """Coming sessions on these days of the centre."""
        if not (self.activity_id and self.first_day and self.last_day):
            return self.env["sozial.activity.session"]
        centre = self.activity_id.centre_id
        begin = centre._to_utc(datetime.combine(self.first_day, time.min))
        end = centre._to_utc(datetime.combine(self.last_day + timedelta(days=1), time.min))
        return self.env["sozial.activity.session"].search(
            [
                ("activity_id", "in", self.activity_id.ids),
                ("state", "!=", "cancelled"),
                ("stop", ">", fields.Datetime.now()),
                ("start", ">=", begin),
                ("start", "<", end),
            ],
            limit=500,
        )

    def action_apply(self):
        """Put the stand-in in, or cancel.

        :raise UserError: if there is no session on these days, or no stand-in
        """
        self.ensure_one()
        sessions = self._sessions()
        if not sessions:
            raise UserError(self.env._("From, Until: there is no session on these days."))
        if self.way == "cancel":
            sessions.check_access("write")
            sessions._cancel(reason=(self.reason or "").strip() or False)
            asked = sessions._ask_to_call()
            return asked if asked is not True else {"type": "ir.actions.act_window_close"}
        if not self.stand_in_id:
            raise UserError(self.env._("Stand-in: choose who takes over, or cancel the sessions."))
        sessions.write({"leader_id": self.stand_in_id.id})
        return {"type": "ir.actions.act_window_close"}
