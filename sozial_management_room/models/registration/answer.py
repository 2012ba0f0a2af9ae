import logging
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

BATCH = 50
# so long after the last session the link in the mails is good
LINK_DAYS = timedelta(days=14)
_logger = logging.getLogger(__name__)


class SozialActivityRegistration(models.Model):
    """What people answer by the link in their mail, what the staff does for them, and what time decides."""

    _inherit = "sozial.activity.registration"

    def _may_answer(self):
        waited_for = self.state in ("unconfirmed", "offered") and bool(self.answer_until)
        return waited_for and self.answer_until > fields.Datetime.now() and not self._is_called_off()

    def _is_called_off(self):
        """Whether the session was cancelled: nobody is promised a seat there any more."""
        return self.sudo().session_id.state == "cancelled"

    def _may_cancel(self):
        """Whether the person can still give the seat back."""
        begun = self.session_id and self.session_id.start <= fields.Datetime.now()
        return self.state in ("waiting", "confirmed") and not begun and not self._is_over(fields.Datetime.now())

    def _is_over(self, moment):
        """Whether the session, or the last one of the course, had ended by then."""
        if self.session_id:
            return self.session_id.stop <= moment
        last = self.env["sozial.activity.session"].sudo().search(
            [("activity_id", "=", self.activity_id.id), ("state", "!=", "cancelled")], order="stop desc", limit=1
        )
        return last.stop <= moment if last else self.sudo().activity_id.state == "ended"

    def _by_token(self, record_id, token):
        """A link is good until some days after the last session."""
        one = super()._by_token(record_id, token)
        return one if one and not one._is_over(fields.Datetime.now() - LINK_DAYS) else self.browse()

    def _answer(self, answer):
        """The answer of the person by the link or in the portal. Callers have checked who asks.

        :param answer: `yes` confirms the mail or takes the seat, `no` leaves it, `cancel` gives it back
        :raise UserError: if it is answered already, or too late
        """
        self.ensure_one()
        one = self.sudo()
        locked = one.try_lock_for_update()
        one.invalidate_recordset()
        if not locked or not (one._may_cancel() if answer == "cancel" else one._may_answer()):
            raise UserError(self.env._("This has been answered already, or the time to answer is over."))
        if answer != "yes":
            one._give_back("cancelled")
            return True
        return one._accept()

    def _accept(self):
        """The mail is confirmed, or the offered seat is taken."""
        self.ensure_one()
        values = {"confirmed_on": fields.Datetime.now(), "answer_until": False}
        if self.seat or (not self._has_queue() and self._take_seat("confirmed", self.wanted_seat)):
            self._write_kept({**values, "state": "confirmed"})
            self._queue_mail("confirmed")
        else:
            self._write_kept({**values, "state": "waiting"})
            self._queue_mail("waiting")
        return True

    def action_confirm(self):
        """The staff confirms for somebody who answered on the phone."""
        self.check_access("write")
        self._require_state("unconfirmed", "offered")
        self._require_open()
        for one in self.sudo():
            one._accept()
        return True

    def action_cancel(self):
        """Cancel for the person; the seat goes to the next in line."""
        self.check_access("write")
        self._require_state("unconfirmed", "waiting", "offered", "confirmed")
        self.sudo()._give_back("cancelled")
        return True

    def _cron_deadlines(self):
        """End what was not answered in time, and offer what got free in other ways; one that fails stops no other."""
        now = fields.Datetime.now()
        late = self.search([("state", "in", ("unconfirmed", "offered")), ("answer_until", "<=", now)], order="answer_until, id", limit=1000)
        for one in late:
            self._apart(one, lambda one: one._end_unanswered(now))
        last = 0
        while queue := self.search([("state", "=", "waiting"), ("id", ">", last)], order="id", limit=BATCH):
            last = queue[-1].id
            first = {(one.activity_id.id, one.session_id.id): one for one in reversed(queue)}
            for one in first.values():
                self._apart(one, lambda one: one._move_up())

    def _end_unanswered(self, now):
        """An offer expires; what nobody confirmed by mail is deleted, as the mail says."""
        if not self.try_lock_for_update():
            return
        self.invalidate_recordset()
        if not (self.state in ("unconfirmed", "offered") and self.answer_until and self.answer_until <= now):
            return  # answered meanwhile
        unconfirmed = self.state == "unconfirmed"
        self._give_back("expired")
        if unconfirmed:
            self.unlink()

    def _apart(self, one, step):
        """Do a step for one row in a piece that is committed, or undone, by itself."""
        try:
            with self.env.cr.savepoint():
                step(one)
                self.env.flush_all()
        except Exception:
            _logger.exception("Registration %s: left for the next run", one.id)
        self.env["ir.cron"]._commit_progress(1)
