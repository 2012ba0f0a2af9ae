from datetime import datetime, time, timedelta

from odoo import Command

from odoo.addons.sozial_management_partner.tests.agreement_common import AgreementCommon
from odoo.addons.sozial_management_room.tests.common import RoomCommon


class AgreementRoomCommon(AgreementCommon, RoomCommon):
    """An organisation that may have rooms of a centre by its agreement."""

    @classmethod
    def _with_rooms(cls, rooms=None, **values):
        """An active agreement that grants rooms, as a rule the kitchen."""
        return cls._active(room_ids=[Command.set((rooms or cls.kitchen).ids)], **values)

    @classmethod
    def _slot(cls, days=3, hour=10):
        """Values of a booking in some days, two hours long, in local time."""
        start = datetime.combine(cls.today + timedelta(days=days), time(hour))
        return {"name": "Treffen", "persons": 4, "terms_accepted": True, "start": start, "stop": start + timedelta(hours=2)}

    def _book_by_portal(self, user=None, room=None, **slot):
        return self._as(room or self.kitchen, user or self.bidder)._portal_book(self._slot(**slot))
