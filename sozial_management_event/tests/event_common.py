from datetime import datetime, timedelta

from odoo.addons.sozial_management_room.tests.common import RoomCommon

BEGIN, END = datetime(2027, 3, 1, 9), datetime(2027, 3, 1, 10)
HOUR = timedelta(hours=1)


class EventCommon(RoomCommon):
    """Who plans events with rooms, who plans events only, and who manages them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = "event.group_event_user,sozial_management_room.group_sozial_room_user"
        cls.planner = cls._user("t_event_planner", groups=both)
        cls.event_user = cls._user("t_event_user", groups="event.group_event_user")
        cls.event_manager = cls._user("t_event_manager", groups="event.group_event_manager")

    def _event(self, user=None, room=None, **values):
        events = self.env["event.event"].with_user(user or self.planner).with_context(allowed_company_ids=self.company.ids)
        values = {"name": "Lesung", "date_begin": BEGIN, "date_end": END, "company_id": self.company.id, **values}
        if room is not False:
            values["sozial_room_id"] = (room or self.kitchen).id
        return events.create(values)

    def _free(self, room=None):
        """Whether the slot of the event is to be had."""
        rows = self.env["sozial.room.occupancy"].search([("atom_id", "in", (room or self.kitchen).atom_ids.ids), ("blocking", "=", True)])
        return not rows.filtered(lambda row: row.start_at < END and row.stop_at > BEGIN)
