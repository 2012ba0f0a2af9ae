from collections import Counter

from odoo import fields, models

from odoo.addons.sozial_management.models.retention.erasure import MARK


class SozialRoomBooking(models.Model):
    """A booking loses its person when nobody needs it any more; room, times and customer group stay for the figures."""

    _inherit = "sozial.room.booking"

    anonymised_on = fields.Date("Anonymised on", readonly=True, copy=False)

    def _take_person_out(self):
        """Take persons, words and photographs out of bookings and of what hangs on them.

        An organisation stays named: it is no person. Whoever booked for it or took its key is one.
        The own department loses the titles of its bookings too: they may name whom it met.

        :return: numbers of what hung on them, by model name
        """
        bookings = self.sudo()
        gone = Counter(self.env["sozial.erasure"]._forget(bookings))
        bookings._erase_key_protocols(gone)
        bookings._erase_deposits()
        of_persons = bookings.filtered(lambda booking: not booking.partner_id.commercial_partner_id.is_company)
        waiting = self.env["sozial.room.waiting"].sudo().search([("booking_id", "in", bookings.ids)], limit=None)
        gone["sozial.room.waiting"] += len(waiting)
        gone.update(self.env["sozial.erasure"]._delete_rows(waiting))
        hits = self.env["sozial.room.closure.hit"].sudo().search([("booking_id", "in", of_persons.ids)], limit=None)
        models.BaseModel.write(hits, {"partner_id": False})
        # past the guards of the model and its mails: the day is the day of the erasure, not of a change
        models.BaseModel.write(bookings, {"note": False, "decline_reason": False, "anonymised_on": fields.Date.context_today(self)})
        for group, mine in of_persons.grouped("customer_group").items():
            # the group would follow the contact, and the figures change afterwards
            models.BaseModel.write(mine, {"partner_id": False, "customer_group": group, "name": MARK, "public_title": False})
        for (group, organisation), mine in (bookings - of_persons).grouped(
            lambda booking: (booking.customer_group, booking.partner_id.commercial_partner_id)
        ).items():
            models.BaseModel.write(mine, {"partner_id": organisation.id, "customer_group": group})
        bookings.flush_recordset()
        of_persons.series_id._take_person_out()
        return gone

    def _erase_key_protocols(self, gone):
        protocols = self.protocol_ids
        photos = protocols.photo_ids
        gone["ir.attachment"] += len(photos)
        photos.unlink()
        gone.update(self.env["sozial.erasure"]._forget(protocols))
        models.BaseModel.write(protocols, {"person": MARK})
        models.BaseModel.write(protocols.filtered("damage"), {"damage_note": MARK})
        models.BaseModel.write(protocols.filtered(lambda one: not one.damage), {"damage_note": False})
        gone["sozial.room.protocol"] += len(protocols)

    def _erase_deposits(self):
        """Amounts and days stay, the accounts need them; what was said about the payer goes."""
        deposits = self.deposit_ids
        models.BaseModel.write(deposits, {"corrections": False})
        models.BaseModel.write(deposits.filtered("kept_amount"), {"kept_reason": MARK})
