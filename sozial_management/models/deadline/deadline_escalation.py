from odoo import api, fields, models
from odoo.fields import Domain

# Hard deadlines are told to the stand-in and the heads so many days before.
ESCALATE_DAYS = 2
BATCH = 500


class SozialDeadline(models.Model):
    """Reminders and escalation, as activities on the case: neutral texts, for people with access only."""

    _inherit = "sozial.deadline"

    @api.model
    def _cron_escalate(self):
        """Remind of deadlines that come close, escalate hard ones that nobody kept. Repeat-safe."""
        today = fields.Date.context_today(self)
        open_ones = Domain("state", "=", "open") & Domain("case_id.is_active", "=", True)
        # the number of days differs by row, so the latest possible day is searched, and looked at below
        furthest = fields.Date.add(today, days=max(self._most_remind_days(), ESCALATE_DAYS))
        close = self.search(open_ones & Domain("due", "<=", furthest) & Domain("reminded_on", "=", False), limit=BATCH, order="due, id")
        for deadline in close:
            if fields.Date.add(today, days=deadline.remind_days) >= deadline.due:
                deadline._tell(deadline._responsible())
                deadline._write_guarded({"reminded_on": today})
        last_moment = fields.Date.add(today, days=ESCALATE_DAYS)
        urgent = Domain("hard", "=", True) & Domain("due", "<=", last_moment) & Domain("escalated_on", "=", False)
        for deadline in self.search(open_ones & urgent, limit=BATCH, order="due, id"):
            deadline._tell(deadline._standins())
            deadline._write_guarded({"escalated_on": today})

    @api.model
    def _most_remind_days(self):
        row = self._read_group([("state", "=", "open"), ("reminded_on", "=", False)], [], ["remind_days:max"])
        return row[0][0] or 0

    def _responsible(self):
        """Who is reminded: the responsible person, or the worker in charge if that one lost access."""
        granted = self.case_id._granted_users()
        return self.user_id & granted or self.case_id.worker_id & granted

    def _standins(self):
        """Who is told when it becomes serious: the stand-in and the heads, as far as they have access."""
        granted = self.case_id._granted_users()
        return ((self.standin_id | self.case_id._heads()) & granted) - self.user_id

    def _tell(self, users):
        """Put the deadline on the desk of these users; what it is about they read in the case."""
        kind = self.env.ref("sozial_management.activity_type_deadline")
        for user in users:
            self.case_id.activity_schedule(activity_type_id=kind.id, date_deadline=self.due, user_id=user.id)

    def _remove_activities(self):
        """Take the reminders off the desks, unless another open deadline of the case has the same day."""
        kind = self.env.ref("sozial_management.activity_type_deadline")
        for deadline in self:
            others = deadline.case_id.deadline_ids - self
            if not others.filtered(lambda one, day=deadline.due: one.state == "open" and one.due == day):
                deadline.case_id.sudo().activity_ids.filtered(
                    lambda one, day=deadline.due: one.activity_type_id == kind and one.date_deadline == day
                ).unlink()
