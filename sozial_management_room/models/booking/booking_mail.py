from datetime import timedelta

from odoo import models
from odoo.tools import format_date, formataddr
from odoo.tools.misc import format_time

MOST_LINES = 60


class SozialRoomBooking(models.Model):
    """Mails to whoever booked: one per contact, however many bookings it is about."""

    _inherit = "sozial.room.booking"

    def _notify(self, event=None):
        """Queue one mail per contact and event.

        :param event: `moved`, `cancelled`, `declined`, …; default: the state of each booking
        """
        told = self.filtered("partner_id.email")
        for (partner, key), bookings in told.grouped(lambda booking: (booking.partner_id, event or booking.state)).items():
            bookings._queue_mail(partner, key)

    def _queue_mail(self, partner, event):
        """Queue one mail about these bookings in the partner's language; Odoo's mail cron sends it."""
        mine = self.with_context(lang=partner.lang or self.env.lang).sudo()
        subject, sentence = mine._mail_words(event)
        company, centre = mine.company_id[:1], mine.centre_id[:1]
        # not `email_formatted` of the company: that reads all of its contact
        house = centre if centre.email else company
        sender = formataddr((house.name, house.email)) if house.email else ""
        body = mine.env["ir.qweb"]._render(
            "sozial_management_room.mail_booking",
            {
                "partner": partner,
                "sentence": sentence,
                "lines": [booking._mail_line() for booking in mine.sorted("start")[:MOST_LINES]],
                "more": max(len(mine) - MOST_LINES, 0),
                "reasons": sorted({reason for reason in mine.mapped("decline_reason") if reason}),
                "centre": centre,
                "company": company,
            },
        )
        # recipient as text and without the record: no row and no query for what nobody looks up here
        return mine.env["mail.mail"].create(
            {
                "subject": subject,
                "body_html": body,
                "email_from": sender or mine.env.user.email_formatted,
                "email_to": partner.email_formatted,
                "reply_to": sender or mine.env.user.email_formatted,
                "author_id": False,
                "auto_delete": True,
            }
        )

    def _mail_words(self, event):
        """Subject and first sentence of a mail."""
        room = ", ".join(self.room_id[:3].mapped("name"))
        return {
            "requested": (
                self.env._("Your request: %s", room),
                self.env._("we have received your request. The room is kept free for you until we answer:"),
            ),
            "confirmed": (self.env._("Confirmed: %s", room), self.env._("your booking is confirmed:")),
            "moved": (self.env._("Changed: %s", room), self.env._("your booking has changed. This holds now:")),
            "cancelled": (self.env._("Cancelled: %s", room), self.env._("this booking is cancelled:")),
            "declined": (self.env._("Not possible: %s", room), self.env._("unfortunately we cannot give you this room:")),
            "reminder": (self.env._("Reminder: %s", room), self.env._("we look forward to your visit. You have booked:")),
            "expired": (
                self.env._("Request ended: %s", room),
                self.env._("your request could not be answered in time and has ended. You are welcome to ask again:"),
            ),
        }[event]

    def _mail_line(self):
        """One booking as a line: what, where, when, in the local time of the centre."""
        self.ensure_one()
        begins, ends = self.centre_id._local(self.start), self.centre_id._local(self.stop)
        until = format_time(self.env, ends.time(), time_format="short")
        if (ends - timedelta(seconds=1)).date() != begins.date():
            until = f"{format_date(self.env, ends.date())} {until}"
        return {
            "name": self.name,
            "room": self.room_id.display_name,
            "day": format_date(self.env, begins.date(), date_format="EEEE, d. MMMM y" if self.env.lang == "de_DE" else "full"),
            "time": f"{format_time(self.env, begins.time(), time_format='short')} – {until}",
        }
