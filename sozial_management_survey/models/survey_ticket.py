import base64
import hashlib
import hmac
import re
import secrets

from odoo import api, fields, models

# Letters and digits that are not mistaken for each other when somebody types them from paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("OIL", "011")
BYTES = 10  # of chance: 16 characters


class SozialSurveyTicket(models.Model):
    """The right to answer once, for somebody of a building. Deleted when it is used; stored is only a hash of the code.

    The code itself is computed anew from the survey's own secret whenever a letter is printed: nothing stored leads from it to a dwelling.
    """

    _name = "sozial.survey.ticket"
    _description = "Right to answer a survey once"
    _log_access = False
    _order = "id"

    outreach_id = fields.Many2one("sozial.outreach", "Survey", required=True, index=True, ondelete="cascade")
    building_id = fields.Many2one("sozial.building", "Building", required=True, index=True, ondelete="cascade")
    digest = fields.Char(required=True)

    _once = models.Constraint("UNIQUE (digest)", "This code is there already.")

    @api.model
    def _token(self, visit):
        """The code in the letter to a dwelling, in groups of four."""
        secret = visit.outreach_id._survey_secret()
        drawn = hmac.new(secret.encode(), f"survey {visit.outreach_id.id} {visit.id}".encode(), hashlib.sha256).digest()[:BYTES]
        letters = base64.b32encode(drawn).decode().translate(str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET))
        return "-".join(letters[place : place + 4] for place in range(0, len(letters), 4))

    @api.model
    def _digest(self, token):
        """What is stored of a code, however it was typed; a hand scanner types the whole address, with the code behind #."""
        code = token.rpartition("#")[2].upper()
        return hashlib.sha256(re.sub(r"[^0-9A-Z]", "", code).translate(MISREAD).encode()).hexdigest()

    @api.model
    def _unused(self, visits):
        """Those whose code nobody has used. For reminders alone: it is kept nowhere."""
        digests = {self._digest(self._token(visit)): visit.id for visit in visits}
        there = self.sudo().search_fetch([("outreach_id", "in", visits.outreach_id.ids)], ["digest"], limit=None)
        left = {digests[ticket.digest] for ticket in there if ticket.digest in digests}
        return visits.filtered(lambda visit: visit.id in left)

    @api.model
    def _issue(self, visits):
        """Codes for letters that go out now. In no order: the next number would tell the next dwelling."""
        rows = [
            {"outreach_id": visit.outreach_id.id, "building_id": visit.building_id.id, "digest": self._digest(self._token(visit))}
            for visit in visits
        ]
        secrets.SystemRandom().shuffle(rows)
        return self.sudo().create(rows)

    @api.model
    def _find(self, token, paper=None):
        """The unused code of a survey that runs, else nothing: used, foreign and over look alike.

        :param paper: whose sheets are typed in: a code of that survey, on the days after the last one, too
        """
        known = [("digest", "=", self._digest(token)), *([("outreach_id", "=", paper.id)] if paper else [])]
        ticket = self.sudo().search(known, limit=1)
        taken = ticket.outreach_id.state == "running" if paper else ticket and ticket.outreach_id._survey_open()
        return ticket if taken else self.browse()

    def _answer(self, rows):
        """Keep a sheet for this code and use the code up: first the code, so that of two sheets exactly one is kept.

        :param rows: values for `sozial.survey.answer`
        :return: whether the code was still there
        """
        outreach, building = self.outreach_id, self.building_id
        if not self._use():
            return False
        self.env["sozial.survey.answer"]._keep(outreach, building, rows)
        return True

    def _use(self):
        """Take the code; of two at the same time the second one gets nothing.

        :return: whether it was still there
        """
        self.ensure_one()
        self.env.cr.execute("DELETE FROM sozial_survey_ticket WHERE id = %s RETURNING id", [self.id])
        used = bool(self.env.cr.fetchone())
        self.invalidate_model()
        return used
