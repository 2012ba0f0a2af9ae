from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SozialAgreement(models.Model):
    """An active agreement publishes its offers, an ended one withdraws them."""

    _inherit = "sozial.agreement"

    @api.depends("date_end", "company_id.resource_calendar_id.tz")
    def _compute_holds_until(self):
        for agreement in self:
            zone = pytz.timezone(agreement.company_id.sudo().resource_calendar_id.tz or "Europe/Berlin")
            midnight = agreement.date_end and zone.localize(datetime.combine(agreement.date_end + timedelta(days=1), time.min))
            agreement.holds_until = midnight and midnight.astimezone(pytz.utc).replace(tzinfo=None)

    def _is_running(self):
        """Whether it holds today."""
        self.ensure_one()
        return self.state == "active" and fields.Date.context_today(self) <= self.date_end

    def _publish_offers(self):
        """Publish what has begun, once: what the head withdraws afterwards stays withdrawn.

        An offer that cannot be published yet stops neither the signature nor the other offers.
        """
        for agreement in self.sudo():
            if agreement.published_at or not agreement._is_running():
                continue
            for offer in agreement.service_ids.offer_id:
                try:
                    with self.env.cr.savepoint():
                        offer.write({"is_published": True, "provider_id": agreement.partner_id.id})
                        offer.flush_recordset()
                except ValidationError:
                    agreement._tell_responsible(lambda env, offer=offer: env._("“%s” could not be published: complete it", offer.name))
            agreement._write_guarded({"published_at": fields.Datetime.now()})

    def _withdraw_offers(self):
        """Withdraw what no other agreement that holds today offers."""
        for agreement in self.sudo():
            others = self.env["sozial.agreement.service"].sudo().search(
                [("offer_id", "in", agreement.service_ids.offer_id.ids), ("agreement_id.state", "=", "active")], limit=1000
            )
            held = others.filtered(lambda one: one.agreement_id._is_running()).offer_id
            (agreement.service_ids.offer_id - held).filtered("is_published").write({"is_published": False})
