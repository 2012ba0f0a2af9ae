from odoo import models
from odoo.tools import formataddr

MOST_LINES = 60


class SozialActivityRegistration(models.Model):
    """Mails to those registered. They say day, time and place; of a consultation hour never which one."""

    _inherit = "sozial.activity.registration"

    def _queue_mail(self, event, sessions=None, text=""):
        """Queue one mail; whoever has no address is told by the centre on the phone.

        :param event: `confirm`, `confirmed`, `waiting`, `offered`, `suspended`, `cancelled`, `moved`, `back`, `message`
        :param sessions: the sessions it is about; default: those of the registration
        """
        self.ensure_one()
        if not self.email:
            return
        mine = self.with_context(lang=self.lang or self.partner_id.lang or self.env.lang).sudo()
        centre, company = mine.centre_id, mine.company_id
        house = centre if centre.email else company
        sender = formataddr((house.name, house.email)) if house.email else ""
        subject, sentence = mine._mail_words(event)
        body = mine.env["ir.qweb"]._render(
            "sozial_management_room.mail_registration",
            {
                "one": mine,
                "sentence": sentence,
                "title": "" if mine.activity_id.kind == "consultation" else mine.activity_id.name,
                "lines": mine._mail_lines(sessions, event),
                "until": mine.answer_until and mine.centre_id._local(mine.answer_until).strftime("%d.%m.%Y, %H:%M"),
                "asks": event in ("confirm", "offered"),
                "unasked": event == "confirm",
                "text": text,
                "url": mine._link(),
                "centre": centre,
                "company": company,
            },
        )
        mine.env["mail.mail"].create(
            {
                "subject": subject,
                "body_html": body,
                "email_from": sender or mine.env.user.email_formatted,
                "email_to": formataddr((mine.name, mine.email)),
                "reply_to": sender or mine.env.user.email_formatted,
                "author_id": False,
                "auto_delete": True,
            }
        )

    def _mail_lines(self, sessions, event):
        """Day, time, place and reason of what the mail is about."""
        shown = (sessions or self.session_id).with_env(self.env)
        if not shown:
            shown = self.activity_id.session_ids.filtered(lambda one: one.state in ("planned", "requested"))
        lines = []
        for session in shown.sorted("start")[:MOST_LINES]:
            own = event not in ("suspended", "cancelled") and self.session_id == session and self.slot_text
            lines.append(
                {
                    "when": own or session.local_time,
                    "place": session._place_text(),
                    "reason": session.cancel_reason if event == "cancelled" else "",
                }
            )
        return lines

    def _mail_words(self, event):
        """Subject and first sentence; neutral, because others may see a phone's display."""
        centre = self.centre_id.name
        return {
            "confirm": (
                self.env._("Please confirm: %s", centre),
                self.env._("somebody, most likely you, has entered this address. Please confirm that you would like to come:"),
            ),
            "confirmed": (self.env._("You are registered: %s", centre), self.env._("you are registered. We look forward to seeing you:")),
            "waiting": (
                self.env._("Waiting list: %s", centre),
                self.env._("all seats are taken. You are on the waiting list, and we write as soon as one is free:"),
            ),
            "offered": (
                self.env._("A seat is free: %s", centre),
                self.env._("a seat is free, and we keep it for you. Please say whether you would like to have it:"),
            ),
            "suspended": (
                self.env._("Does not take place for now: %s", centre),
                self.env._("the room is closed, so this does not take place for now. You stay registered, and we write when that changes:"),
            ),
            "cancelled": (self.env._("Cancelled: %s", centre), self.env._("unfortunately this does not take place:")),
            "moved": (self.env._("Changed: %s", centre), self.env._("time or place have changed. This holds now:")),
            "back": (self.env._("Takes place after all: %s", centre), self.env._("good news: this takes place after all:")),
            "message": (self.env._("Message: %s", centre), self.env._("a message from the centre:")),
        }[event]

    def _link(self):
        return f"{self.get_base_url()}/sozial/anmeldung/{self.id}/{self.sudo().token}"
