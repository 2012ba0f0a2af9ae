from odoo import fields, models


class SozialHandover(models.Model):
    """A hand-over loses its person with the case it became, or when nobody needs it any more."""

    _inherit = "sozial.handover"
    _anonymise = "keep"

    anonymised_on = fields.Date("Anonymised on", readonly=True, copy=False)

    def _take_person_out(self):
        """Keep topic, days and who took it; take the person and the words out.

        :return: numbers of what hung on them, by model name
        """
        return self.env["sozial.erasure"]._anonymise_rows(self, anonymised_on=fields.Date.context_today(self))
