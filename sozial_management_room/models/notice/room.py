from odoo import fields, models
from odoo.fields import Domain

MOST = 2  # a sign at a door is read in passing


class SozialRoom(models.Model):
    """The sign at the door shows public notices of the centre."""

    _inherit = "sozial.room"

    def _door_sign(self, now=None):
        """Also ``notices``: texts for everybody, those on top first."""
        now = now or fields.Datetime.now()
        return {**super()._door_sign(now), "notices": self._door_notices(now)}

    def _door_notices(self, now):
        notices = self.env["sozial.centre.notice"].sudo()
        shown = notices._shown(self.centre_id, self.centre_id._local(now).date()) & Domain("at_doors", "=", True)
        return notices.search(shown, limit=MOST).mapped("text")
