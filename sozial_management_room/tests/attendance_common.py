from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError

from .common import RoomCommon

# Monday, 1 March 2027: 10:00 to 12:00 there
BEGIN, END = datetime(2027, 3, 1, 9), datetime(2027, 3, 1, 11)


class AttendanceCommon(RoomCommon):
    """A breakfast on Monday; the clock stands in the middle of it."""

    def setUp(self):
        super().setUp()
        self.now = datetime(2027, 3, 1, 10)
        self.startPatcher(patch.object(fields.Datetime, "now", lambda *_args: self.now))
        self.startPatcher(patch.object(fields.Date, "context_today", lambda *args, **kwargs: self.now.date()))
        self.centre.quarter_id = self.quarter
        self.activity = self._activity("Frühstück")
        self.session = self._session(self.activity, BEGIN, END)

    @classmethod
    def _activity(cls, name, centre=None, **values):
        return cls.env["sozial.activity"].create({"name": name, "centre_id": (centre or cls.centre).id, **values})

    @classmethod
    def _session(cls, activity, start, stop, **values):
        return cls.env["sozial.activity.session"].create({"activity_id": activity.id, "start": start, "stop": stop, **values})

    @contextmanager
    def _told(self, words, error=UserError):
        """What is within is refused with these words, and leaves nothing behind."""
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), words)

    def _sheet(self, session=None, user=None, **values):
        """Save the sheet as a member of staff."""
        return self._as(session or self.session, user or self.room_user).save_attendance(values)

    def _line(self, name, role="participant", group="adults", **values):
        return {"name": name, "role": role, "age_group": group, **values}

    def _helper(self, name="Renate", **values):
        person = self.env["res.partner"].create({"name": name, "company_id": self.company.id})
        return self.env["sozial.volunteer"].create(
            {"partner_id": person.id, "company_id": self.company.id, "active_from": "2020-01-01", **values}
        )

    def _people(self, session=None):
        """``{(role, age group): number}`` of a session."""
        session = session or self.session
        return {(role, group): number for (_id, role, group), number in session._people().items()}
