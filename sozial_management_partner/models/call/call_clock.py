from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.http import request

from ...procedure import clock

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
CLOCK = "_sozial_now"


class SozialCall(models.Model):
    """The clock of a call: one aware moment a request, and what follows from it."""

    _inherit = "sozial.call"

    @api.model
    def _now(self):
        """THE time of this request: aware, in UTC, with microseconds.

        Taken when it is first asked for, which is after the upload has arrived completely (Odoo
        reads the form before it calls a route), and kept on the request: a transaction that is
        repeated after a conflict works with the same moment. Outside a request: now.
        """
        if not request:
            return datetime.now(timezone.utc)
        moment = getattr(request.httprequest, CLOCK, None)
        if moment is None:
            moment = datetime.now(timezone.utc)
            setattr(request.httprequest, CLOCK, moment)
        return moment

    @api.model
    def _aware(self, moment):
        """A stored UTC time as an aware one."""
        return moment and clock.aware(moment)

    def _is_open_for_submission(self, now):
        """Whether a submission that is complete at `now` counts. The second of the deadline still does.

        :param now: aware moment, see `_now`
        """
        self.ensure_one()
        return self.state == "published" and self._aware(self.published_at) <= now and clock.in_time(self.deadline, now)

    def _is_open_for_questions(self, now):
        """Whether a question that arrives at `now` is answered."""
        self.ensure_one()
        until = self.questions_until or self.deadline
        return self.state == "published" and self._aware(self.published_at) <= now and clock.in_time(until, now)

    def _deadline_is_over(self, now):
        """Whether nothing that comes now can count any more."""
        self.ensure_one()
        return bool(self.published_at and not clock.in_time(self.deadline, now))

    @api.depends("state", "published_at", "questions_until", "deadline")
    def _compute_phase(self):
        now = self._now()
        for call in self:
            if call.state in ("cancelled", "concluded"):
                call.phase = call.state
            elif not call.published_at:
                call.phase = "preparing"
            elif call._is_open_for_questions(now):
                call.phase = "questions"
            elif call._is_open_for_submission(now):
                call.phase = "submission"
            else:
                call.phase = "closed"

    @api.depends("tz", "deadline", "questions_until")
    def _compute_local_texts(self):
        for call in self:
            call.deadline_text = call._local_text(call.deadline)
            call.questions_text = call._local_text(call.questions_until)

    def _local(self, moment):
        """A stored UTC time as an aware time of the call's zone."""
        self.ensure_one()
        return moment and self._aware(moment).astimezone(ZoneInfo(self.tz or "Europe/Berlin"))

    def _local_text(self, moment):
        """As it stands in the German notice: ``Freitag, 30.10.2026, 10:00 Uhr (MEZ)``."""
        if not moment:
            return False
        local = self._local(moment)
        # MEZ and MESZ are what German readers know; other zones keep their own names
        zone = {"CET": "MEZ", "CEST": "MESZ"}.get(local.tzname(), local.tzname())
        return f"{WEEKDAYS[local.weekday()]}, {local:%d.%m.%Y, %H:%M} Uhr ({zone})"

    @api.model
    def _stored(self, moment):
        """An aware moment as Odoo stores it: naive UTC, whole seconds, never later than it was."""
        return fields.Datetime.to_datetime(moment.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0))
