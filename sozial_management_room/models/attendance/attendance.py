from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.sozial_management.models.retention.erasure import MARK

from .groups import AGE_GROUPS, ROLES


class SozialActivityAttendance(models.Model):
    """Somebody who was there, by name. One row a person and session, whatever the role.

    Rows are changed by :meth:`SozialActivitySheet.save_sheet`, until the calendar quarter is locked.
    """

    _name = "sozial.activity.attendance"
    _inherit = ["sozial.room.named"]
    _description = "Attendance"
    _order = "session_id, name, id"
    _check_company_auto = True

    session_id = fields.Many2one(
        "sozial.activity.session", "Session", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="session_id.company_id", store=True, precompute=True, index=True)
    name = fields.Char(required=True, help="As it stands on the list.")
    partner_id = fields.Many2one("res.partner", "Contact", index="btree_not_null", check_company=True, ondelete="set null")
    volunteer_id = fields.Many2one("sozial.volunteer", "Volunteer", index="btree_not_null", check_company=True, ondelete="set null")
    role = fields.Selection(ROLES, required=True, default="participant")
    age_group = fields.Selection(AGE_GROUPS, "Age group", required=True, default="adults")

    _once_by_contact = models.UniqueIndex(
        "(session_id, partner_id) WHERE partner_id IS NOT NULL", "Nobody is counted twice: this contact stands on the list already."
    )
    _once_by_name = models.UniqueIndex(
        f"(session_id, (lower(btrim(name)))) WHERE name <> '{MARK}'",
        "Nobody is counted twice: this name stands on the list already. If it is another person, add the surname.",
    )
    _once_by_volunteer = models.UniqueIndex(
        "(session_id, volunteer_id) WHERE volunteer_id IS NOT NULL", "Nobody is counted twice: this volunteer stands on the list already."
    )
    _named = models.Constraint("CHECK (btrim(name) <> '')", "Name: a person on the list has a name. Guests without one are counted.")
    _volunteers_help = models.Constraint(
        "CHECK (volunteer_id IS NULL OR role = 'volunteer')", "Role: whoever is entered as a volunteer is no participant as well."
    )

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._require_open()
        rows._book_hours()
        return rows

    def write(self, vals):
        """Change rows of sessions that are not locked.

        :raise UserError: for others, and for a row that would move to another session
        """
        if "session_id" in vals:
            raise UserError(self.env._("Session: a row stays with its session. Tick the person there."))
        self._require_open()
        if "volunteer_id" in vals:
            self.filtered(lambda row: row.volunteer_id.id != (vals["volunteer_id"] or False))._drop_hours()
        result = super().write(vals)
        if {"volunteer_id", "role"} & vals.keys():
            self._book_hours()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self._require_open()
        self._drop_hours()

    def _drop_hours(self):
        """The hours that follow from these very rows."""
        pairs = {(row.session_id.id, row.volunteer_id.id) for row in self.sudo() if row.volunteer_id}
        if not pairs:
            return
        hours = self.env["sozial.volunteer.hour"].sudo()
        found = hours.search(
            [("session_id", "in", [one for one, _who in pairs]), ("volunteer_id", "in", [who for _one, who in pairs])], limit=None
        )
        found.filtered(lambda row: (row.session_id.id, row.volunteer_id.id) in pairs).unlink()

    def _require_open(self):
        self.env["sozial.activity.quarter"]._require_open(self.session_id)
        self.session_id._require_countable()

    def _book_hours(self):
        """Hours of volunteers follow from their attendance, in one statement."""
        helpers = self.filtered("volunteer_id")
        sessions = self.session_id
        if not helpers:
            return
        self.env["sozial.volunteer.hour"].flush_model()
        sessions.flush_recordset()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sozial_volunteer_hour
                       (volunteer_id, session_id, company_id, centre_id, day, minutes, create_uid, write_uid, create_date, write_date)
                SELECT helper.volunteer_id, session.id, session.company_id, session.centre_id,
                       timezone(centre.tz, timezone('UTC', session.start))::date,
                       LEAST(1440, GREATEST(1, round(extract(epoch FROM session.stop - session.start) / 60)))::int,
                       %(user)s, %(user)s, timezone('UTC', now()), timezone('UTC', now())
                  FROM unnest(%(volunteers)s::int[], %(sessions)s::int[]) AS helper(volunteer_id, session_id)
                  JOIN sozial_activity_session session ON session.id = helper.session_id
                  JOIN sozial_centre centre ON centre.id = session.centre_id
                    ON CONFLICT (session_id, volunteer_id) WHERE session_id IS NOT NULL DO NOTHING
                """,
                user=self.env.uid,
                volunteers=[row.volunteer_id.id for row in helpers],
                sessions=[row.session_id.id for row in helpers],
            )
        )
        self.env["sozial.volunteer.hour"].invalidate_model()
