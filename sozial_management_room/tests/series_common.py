from datetime import datetime
from unittest.mock import patch

from .common import RoomCommon

NOW = datetime(2027, 1, 4, 8)


class SeriesCommon(RoomCommon):
    """The clock stands on Monday 4 January 2027."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        freeze = patch("odoo.fields.Datetime.now", lambda *_args: NOW)
        freeze.start()
        cls.addClassCleanup(freeze.stop)

    def _series(self, user=None, **values):
        """A choir on Tuesdays at 18:00, from February to April 2027."""
        user = user or self.room_user
        model = self.env["sozial.room.series"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return model.create(
            {
                "name": "Chor",
                "room_id": self.kitchen.id,
                "partner_id": self.club.id,
                "date_start": "2027-02-02",
                "date_until": "2027-04-27",
                "time_start": 18.0,
                "time_end": 20.0,
                **values,
            }
        )

    def _plan(self, series):
        action = series.action_plan()
        return self.env[action["res_model"]].with_user(series.env.user).browse(action["res_id"])

    def _booked(self, series):
        return series.booking_ids.filtered(lambda booking: booking.state != "cancelled").sorted("start")

    def _walls(self, bookings):
        """Local start and end of bookings."""
        local = [(booking.centre_id._local(booking.start), booking.centre_id._local(booking.stop)) for booking in bookings]
        return {(start.strftime("%a %H:%M"), stop.strftime("%H:%M")) for start, stop in local}
