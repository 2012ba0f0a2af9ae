from odoo import models

from odoo.addons.sozial_management.models.retention.erasure import MARK


class SozialRoomSeries(models.Model):
    _inherit = "sozial.room.series"

    def _take_person_out(self):
        """Take the person out of series none of whose dates names it any more."""
        for group, over in self.filtered(lambda one: all(one.booking_ids.mapped("anonymised_on"))).grouped("customer_group").items():
            models.BaseModel.write(over, {"partner_id": False, "customer_group": group, "name": MARK, "public_title": False})
