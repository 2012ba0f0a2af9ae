import base64
from datetime import timedelta

from odoo import Command
from odoo.tests import Form

from .agreement_common import AgreementCommon

SECRET = "zaunkoenig7319"


class ReferralCommon(AgreementCommon):
    """A case with a consent towards the Caritas, which has an active agreement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement = cls._active()
        cls.tenant.write({"phone": "0531 12345", "email": "erika@example.com"})
        cls.case = cls._open_case(quarter_id=cls.quarter.id)
        cls.consent = cls._consent()

    @classmethod
    def _terms(cls, model, *codes):
        return [Command.set(cls.env[f"sozial.consent.{model}"].search([("code", "in", codes)], limit=20).ids)]

    @classmethod
    def _consent(cls, categories=("finances", "housing", "contact_data"), **values):
        consents = cls.env["sozial.consent"].with_user(cls.worker).with_context(allowed_company_ids=cls.company.ids)
        consent = consents.create(
            {"case_id": cls.case.id, "kind": "release", "recipient_ids": [Command.set(cls.caritas.ids)],
             "purpose_ids": cls._terms("purpose", "debts"), "category_ids": cls._terms("category", *categories),
             "signed_on": cls.today, "valid_from": cls.today, "valid_until": cls.today + timedelta(days=50),
             "evidence": base64.b64encode(b"%PDF-1.4"), "evidence_name": "e.pdf", **values}
        )  # fmt: skip
        consent.action_give()
        return consent

    @classmethod
    def _referral(cls, **values):
        referrals = cls.env["sozial.referral"].with_user(cls.worker).with_context(allowed_company_ids=cls.company.ids)
        return referrals.create(
            {"case_id": cls.case.id, "partner_id": cls.caritas.id, "need": f"Hilfe bei Rechnungen {SECRET}", **values}
        )

    @classmethod
    def _sent(cls, **values):
        referral = cls._referral(**values)
        referral.action_send()
        return referral

    def _share(self, referral, user=None):
        return self._as(referral.sudo().share_id, user or self.bidder)

    def _told(self, share):
        """Everything the portal user reads of the shared lines and messages."""
        lines = share.env["sozial.referral.share.line"].search([("share_id", "=", share.id)])
        messages = share.env["sozial.referral.message"].search([("share_id", "=", share.id)])
        return " | ".join([*lines.mapped("value"), *messages.mapped("body")])

    def _form(self, user, **context):
        return Form(self.env["sozial.referral"].with_user(user).with_context(allowed_company_ids=self.company.ids, **context))
