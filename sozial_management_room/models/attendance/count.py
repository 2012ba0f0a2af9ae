from odoo import api, fields, models
from odoo.exceptions import UserError

from .groups import AGE_GROUPS, MOST_PEOPLE, ROLES


class SozialActivityCount(models.Model):
    """People who were counted, not named: so many of an age group and role, more or less.

    A book of entries that are added up: what is entered stays, a change is a further entry. So
    several people count at the same time without waiting for each other, and whoever looks later
    sees what was corrected, by whom, and why.
    """

    _name = "sozial.activity.count"
    _inherit = ["sozial.room.named"]
    _description = "Counted people"
    _order = "session_id, id"
    _check_company_auto = True

    session_id = fields.Many2one(
        "sozial.activity.session", "Session", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="session_id.company_id", store=True, precompute=True, index=True)
    role = fields.Selection(ROLES, required=True, default="participant")
    age_group = fields.Selection(AGE_GROUPS, "Age group", required=True, default="adults")
    number = fields.Integer(required=True, help="How many more; with a minus sign: how many fewer.")
    source = fields.Selection(
        [("sheet", "Attendance sheet"), ("tally", "Tally by link"), ("correction", "Correction after the lock")],
        required=True, default="sheet", readonly=True,
    )  # fmt: skip
    reason = fields.Char(help="Why it is corrected after the calendar quarter was locked.")

    _some = models.Constraint(
        f"CHECK (number <> 0 AND abs(number) <= {MOST_PEOPLE})", f"Number: enter a number from 1 to {MOST_PEOPLE}, or as many fewer."
    )
    _corrected_for_a_reason = models.Constraint(
        "CHECK (source <> 'correction' OR COALESCE(btrim(reason), '') <> '')", "Reason: say in a sentence why the count is corrected."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Enter numbers; into a locked calendar quarter by the centre management and with a reason only.

        :raise UserError: for a session that is not held, a locked quarter, or if fewer than none would be left
        """
        for vals in vals_list:
            if not self.env.su:
                vals["source"] = "correction" if vals.get("source") == "correction" else "sheet"
        rows = super().create(vals_list)
        rows.session_id._require_countable()
        corrections = rows.filtered(lambda row: row.source == "correction")
        if corrections:
            self.env["sozial.activity.quarter"].check_access("create")  # who may lock may correct
        self.env["sozial.activity.quarter"]._require_open((rows - corrections).session_id)
        self.env["sozial.activity.quarter"]._require_locked(corrections.session_id)
        if bare := corrections.sudo().session_id.filtered(lambda session: not session.sheet_ids):
            self.env["sozial.activity.sheet"].sudo().create([{"session_id": session.id} for session in bare])  # holds the price
        rows._require_not_negative()
        return rows

    def write(self, vals):
        self.check_access("write")
        raise UserError(self.env._("What was counted stays as it was entered. Enter the difference as a further line."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was counted stays as it was entered. Enter the difference as a further line."))

    def _require_not_negative(self):
        if not any(row.number < 0 and row.source != "tally" for row in self):
            return
        low = self._read_group(
            [("session_id", "in", self.session_id.ids)], ["session_id", "role", "age_group"], ["number:sum"],
            having=[("number:sum", "<", 0)], limit=1,
        )  # fmt: skip
        if low:
            raise UserError(self.env._("Number: fewer than none of this age group would be left."))

    @api.model
    def _cells(self, sessions):
        """``{(session id, role, age group): number}``; never below none, should two helpers take back the same."""
        groups = self._read_group([("session_id", "in", sessions.ids)], ["session_id", "role", "age_group"], ["number:sum"])
        return {(session.id, role, group): max(number, 0) for session, role, group, number in groups if number > 0}
