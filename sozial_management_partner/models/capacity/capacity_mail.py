import logging
from datetime import timedelta

from odoo import api, fields, models

from .capacity import LIGHTS

MOST = 5000
DAYS = 6
_logger = logging.getLogger(__name__)


class SozialCapacity(models.Model):
    """The weekly question. A second run within the week asks nobody again."""

    _inherit = "sozial.capacity"

    @api.model
    def _cron_ask(self):
        """Ask every organisation with an agreement that holds, once a week, unless it wants no mail."""
        today = fields.Date.context_today(self)
        for company, partner, row in self._rows_to_ask():
            if row and (not row.wants_mail or (row.asked_on and row.asked_on > today - timedelta(days=DAYS))):
                continue
            try:
                with self.env.cr.savepoint():
                    row = row or self.create({"company_id": company.id, "partner_id": partner.id})
                    row._ask()
                    row._write_guarded({"asked_on": today})
            except Exception:
                _logger.exception("The organisation with the id %s is asked in the next run.", partner.id)
            self.env["ir.cron"]._commit_progress(1)

    def _rows_to_ask(self):
        """[(company, organisation, its row altogether, or nothing yet)]"""
        agreements = self.env["sozial.agreement"].search(
            [("state", "=", "active"), ("holds_until", ">", fields.Datetime.now()), ("partner_id.active", "=", True)], limit=MOST
        )
        wanted = sorted({(one.company_id, one.partner_id) for one in agreements}, key=lambda one: (one[0].id, one[1].id))
        rows = self.search([("partner_id", "in", agreements.partner_id.ids), ("offer_id", "=", False)], limit=MOST)
        known = {(row.company_id, row.partner_id): row for row in rows}
        return [(*one, known.get(one, self.browse())) for one in wanted]

    def _ask(self):
        """A mail with a link for each light; opening one changes nothing, it is confirmed on the page."""
        self.ensure_one()
        theirs = self.with_context(lang=self.partner_id.lang or "de_DE")
        url = f"{self.get_base_url()}/sozial/kapazitaet/{self._link_token()}"
        labels = dict(theirs._fields["light"]._description_selection(theirs.env))
        body = theirs.env["ir.qweb"]._render(
            "sozial_management_partner.mail_capacity",
            {"row": theirs, "url": url, "lights": [(light, labels[light]) for light, _label in LIGHTS]},
        )
        self.partner_id._send_neutral_mail(self.company_id, theirs.env._("How much room have you got at present?"), body)
