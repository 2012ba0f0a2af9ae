from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialActivityQuarterLock(models.TransientModel):
    """Lock a calendar quarter for all centres of the company that are complete; the others are shown, with what is missing.

    Complete is a centre at whose sessions of the quarter somebody counted, be it nobody. Who knows better (a session that was not
    held after all) cancels it there, or locks the one centre by hand.
    """

    _name = "sozial.activity.quarter.lock"
    _description = "Lock a calendar quarter for the centres"

    first_day = fields.Date(
        "Any day of it", required=True, default=lambda self: self.env["sozial.activity.quarter"]._last_over()
    )
    period = fields.Char("Calendar quarter", compute="_compute_centres")
    complete_ids = fields.Many2many("sozial.centre", string="Complete", compute="_compute_centres", help="Will be locked.")
    missing_ids = fields.Many2many("sozial.centre", string="Not complete yet", compute="_compute_centres", help="Stay open.")
    locked_ids = fields.Many2many("sozial.centre", string="Locked already", compute="_compute_centres")
    uncounted = fields.Integer("Sessions not counted yet", compute="_compute_centres")

    @api.depends("first_day")
    def _compute_centres(self):
        for lock in self:
            lock.update({**lock._centres(), "period": lock.first_day and lock._label()})

    def _label(self):
        quarters = self.env["sozial.activity.quarter"]
        return quarters.new({"first_day": quarters._quarter_of(self.first_day)})._period_label()

    def _centres(self):
        """The centres of the company by how far they are, as values of the fields."""
        centres = self.env["sozial.centre"]
        values = {"complete_ids": centres, "missing_ids": centres, "locked_ids": centres, "uncounted": 0}
        if not self.first_day:
            return values
        quarters = self.env["sozial.activity.quarter"]
        first = quarters._quarter_of(self.first_day)
        still_open = quarters._centres_not_locked(self.env.company, first, fields.Date.add(first, months=3))
        uncounted = quarters._uncounted(still_open, first)
        return {
            "complete_ids": still_open - uncounted.centre_id,
            "missing_ids": uncounted.centre_id,
            "locked_ids": centres.search([("company_id", "=", self.env.company.id)], limit=None) - still_open,
            "uncounted": len(uncounted),
        }

    def action_lock(self):
        """Lock the complete centres; those that became incomplete since the dialog was opened stay open.

        :raise UserError: while the quarter lasts, and if no centre is complete
        """
        self.ensure_one()
        self.check_access("write")
        quarters = self.env["sozial.activity.quarter"]
        quarters.check_access("create")
        first = quarters._quarter_of(self.first_day)
        centres = self._centres()["complete_ids"]
        if not centres:
            raise UserError(
                self.env._("%s: no centre is complete and still open. Count the sessions that are missing first.", self._label())
            )
        rows = quarters.create([{"centre_id": centre.id, "first_day": first} for centre in centres])
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_activity_quarter")
        return {**action, "domain": [("id", "in", rows.ids)]}

    def action_view_uncounted(self):
        """Open the sessions that nobody counted."""
        self.ensure_one()
        self.check_access("read")
        quarters = self.env["sozial.activity.quarter"]
        first = quarters._quarter_of(self.first_day)
        sessions = quarters._uncounted(self._centres()["missing_ids"], first)
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_activity_session")
        name = self.env._("Not counted: %s", self._label())
        return {**action, "name": name, "domain": [("id", "in", sessions.ids)], "context": {}, "target": "current"}
