from odoo import fields, models


class SozialEmergency(models.Model):
    """Who opened what, and how it was judged, outlives the reason."""

    _inherit = "sozial.emergency"

    anonymised_on = fields.Date("Anonymised on", readonly=True)

    def _take_person_out(self):
        """Take the reason out; who asked, when, and the verdict stay.

        :return: numbers of what hung on the rows, by model name
        """
        return self.env["sozial.erasure"]._anonymise_rows(self, anonymised_on=fields.Date.context_today(self))
