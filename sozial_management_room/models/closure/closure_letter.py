from odoo import models
from odoo.exceptions import UserError

# a mail with more dates than these is not read; the letter has them all
MOST_LINES = 60


class SozialRoomClosure(models.Model):
    """Those who booked are told: one mail or letter a group, however many dates it is about."""

    _inherit = "sozial.room.closure"

    def _inform(self, hits, restored=False):
        """Queue one mail a contact; who has no address for mails gets a letter to print.

        :param hits: what happened to their bookings
        :param restored: at the end of the closure
        """
        self.ensure_one()
        hits = hits.sudo()
        hits.filtered(lambda hit: not hit.partner_id).write({"informed_by": "none"})
        hits.filtered(lambda hit: hit.partner_id and not hit.partner_id.email).write({"informed_by": "letter"})
        by_mail = hits.filtered("partner_id.email")
        by_mail.write({"informed_by": "mail"})
        mails = [self._mail_values(partner, own, restored) for partner, own in by_mail.grouped("partner_id").items()]
        self.env["mail.mail"].sudo().create(mails)

    def _mail_values(self, partner, hits, restored):
        mine = self.with_context(lang=partner.lang or self.env.lang).sudo()
        company = mine.company_id
        subject = mine.env._("Open again: %s", mine.centre_id.name) if restored else mine.env._("Closed: %s", mine.centre_id.name)
        return {
            "subject": subject,
            "body_html": mine.env["ir.qweb"]._render("sozial_management_room.closure_text", mine._letter_values(partner, hits, MOST_LINES)),
            "email_from": company.email_formatted or mine.env.user.email_formatted,
            "email_to": partner.email_formatted,
            "reply_to": mine.centre_id.manager_id.email_formatted or company.email_formatted,
            "author_id": False,
            "auto_delete": True,
        }

    def _letter_values(self, partner, hits, most=None):
        """What mail and letter say: the dates by what became of them, in the partner's language."""
        sections = []
        hits = hits.with_env(self.env).sorted("start")
        for result, sentence in self._sentences().items():
            own = hits.filtered(lambda hit, result=result: hit.result == result)
            if own:
                lines = [hit.booking_id._mail_line() for hit in own[:most]]
                sections.append({"sentence": sentence, "lines": lines, "more": len(own) - len(lines)})
        return {"closure": self, "partner": partner, "sections": sections, "centre": self.centre_id, "company": self.company_id}

    def _sentences(self):
        return {
            "suspended": self.env._(
                "These dates cannot take place for now. They come back when the closure ends earlier and the room is still free:"
            ),
            "cancelled": self.env._("These dates are cancelled:"),
            "restored": self.env._("These dates take place again as they were booked:"),
            "open": self.env._("These dates could not be restored, because the room is taken by now. Please call us for another date:"),
            "other": self.env._("These dates stay suspended because of another closure:"),
        }

    def action_print_letters(self):
        """Print the letters to those without an address for mails, and note that they were printed."""
        self.ensure_one()
        self.check_access("write")
        letters = self.hit_ids.filtered(lambda hit: hit.informed_by == "letter")
        if not letters:
            raise UserError(self.env._("There is no letter to print: everybody has got a mail."))
        letters.sudo().write({"informed_by": "printed"})
        return self.env.ref("sozial_management_room.report_closure_letters").report_action(self)

    def _letters(self):
        """The letters of this closure for the report: one a contact without an address for mails."""
        hits = self.hit_ids.filtered(lambda hit: hit.informed_by in ("letter", "printed"))
        return [
            self.with_context(lang=partner.lang or self.env.lang)._letter_values(partner, own)
            for partner, own in hits.grouped("partner_id").items()
        ]
