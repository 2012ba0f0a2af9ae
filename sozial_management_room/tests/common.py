from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command

from odoo.addons.sozial_management.tests.common import SozialCommon

TODAY = "2026-11-23 09:00:00"  # where the clock of these tests begins to run, whatever the day is
MONDAY = "2027-03-01 "  # an ordinary Monday in winter: local time is UTC + 1


class RoomCommon(SozialCommon):
    """A centre with a hall in two halves and a kitchen of its own; one user per role."""

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time(TODAY, tick=True))  # before anything is made, and running: pages and browsers wait
        super().setUpClass()
        cls.room_user = cls._user("t_room_user", groups="sozial_management_room.group_sozial_room_user")
        cls.room_manager = cls._user("t_room_manager", groups="sozial_management_room.group_sozial_room_manager")
        cls.centre = cls.env["sozial.centre"].create({"name": "Treff", "company_id": cls.company.id})
        cls.left, cls.right, cls.kitchen = cls.env["sozial.room"].create(
            [{"name": name, "centre_id": cls.centre.id, "capacity": 20} for name in ("Links", "Rechts", "Küche")]
        )
        cls.hall = cls.env["sozial.room"].create(
            {
                "name": "Saal",
                "centre_id": cls.centre.id,
                "capacity": 60,
                "atom_ids": [Command.set((cls.left | cls.right).atom_ids.ids)],
            }
        )
        cls.club = cls.env["res.partner"].create(
            {"name": "Chor Nord e. V.", "is_company": True, "email": "chor@example.com", "company_id": cls.company.id}
        )

    @classmethod
    def _book(cls, room=None, start="09:00:00", stop="10:00:00", state="confirmed", day=MONDAY, user=None, **values):
        """A booking by `user` (who books rooms), as a rule confirmed; times in UTC."""
        user = user or cls.room_user
        bookings = cls.env["sozial.room.booking"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return bookings.create(
            {
                "name": "Probe",
                "room_id": (room or cls.kitchen).id,
                "start": day + start if len(start) == 8 else start,
                "stop": day + stop if len(stop) == 8 else stop,
                "state": state,
                **values,
            }
        )

    def _occupancy(self, bookings):
        """Blocking rows of bookings: ``{(atom, start, stop)}``."""
        rows = self.env["sozial.room.occupancy"].search([("booking_id", "in", bookings.ids), ("blocking", "=", True)])
        return {(row.atom_id, row.start_at, row.stop_at) for row in rows}

    def _refused(self, step, *args, **kwargs):
        """Run a step that PostgreSQL refuses; the message that Odoo makes of it."""
        with self.assertRaises(IntegrityError) as caught:
            step(*args, **kwargs)
            self.env.flush_all()
        return self.env["sozial.room.occupancy"]._sql_error_to_message(caught.exception)
