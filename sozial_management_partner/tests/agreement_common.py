from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields

from .common import PartnerCommon


class AgreementCommon(PartnerCommon):
    """An offer of the Caritas and an agreement about it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.caritas)
        cls.offer = cls._offer("Mieterberatung")

    @classmethod
    def _offer(cls, name, **values):
        return cls.env["sozial.offer"].create(
            {"name": name, "category_id": cls.env.ref("sozial_management.offer_category_special").id, "summary": "Hilfe",
             "topic_ids": [Command.set(cls.topic.ids)], "company_id": cls.company.id, "provider_id": cls.caritas.id, **values}
        )  # fmt: skip

    @classmethod
    def _agreement(cls, days=100, start=0, **values):
        """A draft that begins today and ends in 100 days."""
        agreements = cls.env["sozial.agreement"].with_user(cls.procurement).with_context(allowed_company_ids=cls.company.ids)
        offer = values.pop("offer", cls.offer)
        return agreements.create(
            {"title": "Beratung Nord", "partner_id": cls.caritas.id, "company_id": cls.company.id,
             "date_start": cls.today + timedelta(days=start), "date_end": cls.today + timedelta(days=days), "notice_months": 0,
             "service_ids": [Command.create({"offer_id": offer.id, "capacity_month": 4})], **values}
        )  # fmt: skip

    @classmethod
    def _sign_partner(cls, agreement, user=None):
        own = cls._as(agreement, user or cls.bidder)
        own._portal_sign("Carla Ritas", "Vorstand", True, own.sha256)

    @classmethod
    def _active(cls, **values):
        agreement = cls._agreement(**values)
        agreement.action_offer()
        agreement.action_sign()
        cls._sign_partner(agreement)
        agreement.invalidate_recordset()
        return agreement

    def _cron(self, days=0):
        """The daily run, `days` from now."""
        day = self.today + timedelta(days=days)
        today = patch.object(fields.Date, "context_today", lambda _record, timestamp=None: day)
        with today, self.enter_registry_test_mode():
            self.env.ref("sozial_management_partner.cron_agreement_calendar").method_direct_trigger()
        self.env.invalidate_all()
