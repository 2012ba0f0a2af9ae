from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

# groups come a little earlier; the room is theirs from its set-up on
EARLY = timedelta(minutes=60)


class SozialRoomBooking(models.Model):
    """Check-in: somebody of the group is there. Who did not come is seen, and who came is not called a no-show."""

    _inherit = "sozial.room.booking"

    checked_in_at = fields.Datetime("Checked in", readonly=True, copy=False, help="When somebody of the group was seen to arrive.")

    def action_check_in(self):
        """Note that the group is there.

        :raise UserError: too early, too late, or twice
        """
        self.check_access("write")
        self._require_state("confirmed")
        now = fields.Datetime.now()
        for booking in self:
            if booking.checked_in_at:
                raise UserError(self.env._("%s is checked in already.", booking.display_name))
            if not booking.start - EARLY <= now < booking.stop:
                raise UserError(self.env._("%s: check-in is possible from an hour before the start until the end.", booking.display_name))
        self._write_kept({"checked_in_at": now})
        return True

    def action_no_show(self):
        if came := self.filtered("checked_in_at"):
            raise UserError(self.env._("%s is checked in: somebody came.", came[0].display_name))
        return super().action_no_show()
