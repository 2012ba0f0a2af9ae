from datetime import datetime, time, timedelta

from odoo import fields, models
from odoo.fields import Domain


class SozialRoom(models.Model):
    """The sign at the door says what of the programme does not take place here today."""

    _inherit = "sozial.room"

    def _door_sign(self, now=None):
        """Also ``cancelled``: title and time of published sessions of today that do not take place."""
        now = now or fields.Datetime.now()
        return {**super()._door_sign(now), "cancelled": self._door_cancelled(now)}

    def _door_cancelled(self, now):
        programme = self.env["sozial.programme"]
        day = self.centre_id._local(now).date()
        begin, end = (self.centre_id._to_utc(datetime.combine(one, time.min)) for one in (day, day + timedelta(days=1)))
        sessions = self.env["sozial.activity.session"].sudo().search(
            programme._published(self.company_id)
            & Domain("room_id", "=", self.id)
            & Domain("state", "!=", "planned")
            & Domain("start", ">=", begin)
            & Domain("start", "<", end)
            & Domain("stop", ">", now),
            order="start", limit=10,
        )  # fmt: skip
        return [{"title": one.activity_id.name, "time": one._local_slot()[0].strftime("%H:%M")} for one in sessions]
