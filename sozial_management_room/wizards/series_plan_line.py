from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.series.series_preview import Wish


class SozialRoomSeriesPlanLine(models.TransientModel):
    """One date of the preview, with what stands against it and what to do about it."""

    _name = "sozial.room.series.plan.line"
    _description = "Date of a planned series"
    _order = "start, id"

    plan_id = fields.Many2one("sozial.room.series.plan", "Preview", required=True, ondelete="cascade", index=True)
    booking_id = fields.Many2one("sozial.room.booking", "Booking", readonly=True, ondelete="cascade")
    day = fields.Date(required=True, readonly=True)
    start = fields.Datetime("From", required=True, readonly=True)
    stop = fields.Datetime("Until", required=True, readonly=True)
    room_id = fields.Many2one("sozial.room", "Room", required=True, readonly=True, ondelete="cascade")
    slot = fields.Char("Date", compute="_compute_slot")
    conflict = fields.Selection(
        [("occupied", "Taken"), ("closure", "Closed"), ("holiday", "Holiday"), ("outside", "Outside opening hours")],
        readonly=True,
    )
    finding = fields.Char("What stands against it", readonly=True)
    choice = fields.Selection(
        [("book", "Book all the same"), ("skip", "Leave out"), ("move", "Other time"), ("room", "Other room")],
        "What to do",
        required=True,
        default="book",
    )
    new_start = fields.Datetime("Instead from")
    new_stop = fields.Datetime("Instead until")
    new_room_id = fields.Many2one("sozial.room", "Instead in", domain="[('centre_id.company_id', '=', company_id)]", ondelete="cascade")
    company_id = fields.Many2one(related="room_id.company_id")

    @api.depends("start", "stop", "room_id")
    def _compute_slot(self):
        for line in self:
            line.slot = line.plan_id.series_id._words(Wish(line.day, line.room_id.id, line.start, line.stop))

    def _wish(self):
        """The slot that was chosen.

        :raise UserError: if the choice lacks its room or times
        """
        if self.choice == "move":
            if not self.new_start or not self.new_stop or self.new_start >= self.new_stop:
                raise UserError(self.env._("%s: enter from when to when it takes place instead.", self.slot))
            return Wish(self.day, self.room_id.id, self.new_start, self.new_stop)
        if self.choice == "room":
            if not self.new_room_id:
                raise UserError(self.env._("%s: choose the other room.", self.slot))
            return Wish(self.day, self.new_room_id.id, self.start, self.stop)
        return Wish(self.day, self.room_id.id, self.start, self.stop)

    def _room_of(self, wish):
        return self.env["sozial.room"].browse(wish.room_id)
