from odoo import api, fields, models
from odoo.exceptions import UserError

# what figures know of an hour
COUNTED = {"volunteer_id", "company_id", "centre_id", "day", "minutes"}


class SozialVolunteerHour(models.Model):
    """Hours that follow from the attendance of a session."""

    _inherit = "sozial.volunteer.hour"

    session_id = fields.Many2one(
        "sozial.activity.session", "Session", readonly=True, index="btree_not_null", ondelete="cascade", check_company=True,
        help="From its attendance list. Empty: entered by hand.",
    )  # fmt: skip

    _once_a_session = models.UniqueIndex(
        "(session_id, volunteer_id) WHERE session_id IS NOT NULL", "The hours of this session are entered already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Enter hours by hand; those of a session follow from its list.

        :raise UserError: for the hours of a session, and for days of a locked calendar quarter
        """
        rows = super().create(vals_list)
        rows._require_by_hand()
        rows._require_open()
        return rows

    def write(self, vals):
        """:raise UserError: for the hours of a session, and for days of a locked calendar quarter"""
        if "session_id" in vals and not self.env.su:
            raise UserError(self.env._("Session: the hours of a session follow from its attendance list."))
        if vals.keys() - {"task"}:
            self._require_by_hand()
        counted = COUNTED & vals.keys()
        if counted:
            self._require_open()
        result = super().write(vals)
        if counted:
            self._require_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self._require_by_hand()
        self._require_open()

    def _require_by_hand(self):
        if not self.env.su and self.filtered("session_id"):
            raise UserError(self.env._("Session: the hours of a session follow from its attendance list."))

    def _require_open(self):
        """:raise UserError: if the calendar quarter of a day is locked"""
        self.env["sozial.activity.quarter"]._require_open_days({(row.company_id.id, row.centre_id.id, row.day) for row in self})
