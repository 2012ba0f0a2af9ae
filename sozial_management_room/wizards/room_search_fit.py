from odoo import api, fields, models

from ..models.series.series_preview import Wish


class SozialRoomSearchFit(models.TransientModel):
    """A room that was found: over all dates (without `start`), or for one of them."""

    _name = "sozial.room.search.fit"
    _inherit = ["sozial.room.named"]
    _description = "Room found"
    _order = "start, id"

    search_id = fields.Many2one("sozial.room.search", required=True, ondelete="cascade", index=True)
    room_id = fields.Many2one("sozial.room", "Room", required=True, ondelete="cascade", readonly=True)
    capacity = fields.Integer(related="room_id.capacity", string="Persons")
    start = fields.Datetime("From", readonly=True)
    stop = fields.Datetime("Until", readonly=True)
    slot = fields.Char("Date", compute="_compute_slot")
    slots = fields.Json(readonly=True, help="Free dates of a room over all dates: pairs of UTC times.")
    free_count = fields.Integer(readonly=True)
    date_count = fields.Integer(readonly=True)
    free = fields.Char("Free", compute="_compute_free")
    all_free = fields.Boolean(compute="_compute_free")
    remark = fields.Char("Please note", readonly=True, help="Why some dates cannot be had, or what speaks against them.")

    @api.depends("free_count", "date_count")
    def _compute_free(self):
        for fit in self:
            fit.all_free = fit.free_count == fit.date_count
            fit.free = self.env._("%(free)s of %(all)s dates", free=fit.free_count, all=fit.date_count)

    @api.depends("start", "stop", "room_id")
    def _compute_slot(self):
        for fit in self:
            wish = Wish(None, fit.room_id.id, fit.start, fit.stop)
            fit.slot = fit.start and self.env["sozial.room.series"]._words(wish)

    def action_book(self):
        """Book the room for the date of this line, or for all dates on which it was free."""
        self.ensure_one()
        slots = self.slots or [[fields.Datetime.to_string(self.start), fields.Datetime.to_string(self.stop)]]
        return self.search_id._book(self.room_id, slots)
