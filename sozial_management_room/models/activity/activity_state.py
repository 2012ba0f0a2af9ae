from odoo import api, fields, models
from odoo.exceptions import UserError

from .activity import TITLE_FIELDS


class SozialActivity(models.Model):
    """From one status to the next; nothing else changes it."""

    _inherit = "sozial.activity"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{name: value for name, value in vals.items() if name != "state"} for vals in vals_list])

    def write(self, vals):
        """:raise UserError: for the status, which has buttons of its own"""
        if "state" in vals:
            raise UserError(self.env._("Status: use the buttons of the activity."))
        following = self._sessions_with_leader() if "leader_id" in vals else None
        result = super().write(vals)
        if following:
            following._follow_leader()
        if TITLE_FIELDS & vals.keys():
            self._tell_bookings()
        return result

    def _sessions_with_leader(self):
        """Coming sessions that are led like the activity: a stand-in agreed for one of them stays."""
        self.check_access("write")
        coming = self.env["sozial.activity.session"].sudo().search(
            [("activity_id", "in", self.ids), ("stop", ">", fields.Datetime.now())], limit=None
        )
        return coming.filtered(lambda session: session.leader_id == session.activity_id.leader_id)

    def _require_state(self, *states):
        for activity in self:
            if activity.state not in states:
                label = dict(self._fields["state"]._description_selection(self.env))[activity.state]
                raise UserError(
                    self.env._("%(activity)s: this cannot be done now. Status: %(state)s.", activity=activity.name, state=label)
                )

    def action_run(self):
        """It takes place, from now on or again."""
        self.check_access("write")
        self._require_state("draft", "paused")
        self._set_state("running")
        return True

    def action_pause(self):
        """No registration for now; its sessions stay until they are cancelled."""
        self.check_access("write")
        self._require_state("running")
        self._set_state("paused")
        return True

    def action_end(self):
        """It is over.

        :raise UserError: while sessions are still to come
        """
        self.check_access("write")
        self._require_state("draft", "running", "paused")
        self._require_nothing_to_come()
        self._set_state("ended")
        return True

    def action_reopen(self):
        """It ended too early, or begins anew."""
        self.check_access("write")
        self._require_state("ended")
        self._set_state("running")
        return True

    def _require_nothing_to_come(self):
        coming = self.env["sozial.activity.session"].search(
            [("activity_id", "in", self.ids), ("state", "!=", "cancelled"), ("start", ">", fields.Datetime.now())], limit=1
        )
        if coming:
            raise UserError(self.env._("%s is still to come. Cancel the coming sessions first.", coming.display_name))

    def _set_state(self, state):
        super().write({"state": state})
        self._tell_bookings()

    def _tell_bookings(self):
        """Doors and calendars say the public title of an activity, and nothing when it is not published."""
        coming = self.env["sozial.activity.session"].sudo().search(
            [("activity_id", "in", self.ids), ("stop", ">", fields.Datetime.now()), ("booking_id", "!=", False)], limit=None
        )
        for activity, sessions in coming.grouped("activity_id").items():
            sessions.booking_id._write_kept({"public_title": activity._public_title()})
        for activity in self.sudo():
            activity.series_ids._core_write({"public_title": activity._public_title()})

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        if self.env["sozial.activity.session"].sudo().search_count([("activity_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("An activity with sessions is not deleted: they count in the figures. End and archive it instead."))
