"""A sent referral in a company of its own, for tests that commit."""

import base64
from datetime import timedelta

from odoo import Command, fields

CODES = ("finances", "housing", "contact_data")


class SentReferral:
    """A company with a social worker, an organisation with a portal user and an active agreement, a case with a consent."""

    def __init__(self, env, key):
        company = env["res.company"].create({"name": f"Referrals {key}", "email": "referrals@example.com"})
        env.user.company_ids |= company
        env = env(context={**env.context, "allowed_company_ids": company.ids, "no_reset_password": True, "tracking_disable": True})
        self.company_id, self.key = company.id, key
        self.worker = self._user(env, "worker", "sozial_management.group_sozial_worker").id
        partner = env["res.partner"].create(
            {"name": f"Verein {key}", "is_company": True, "is_organisation": True, "company_id": company.id, "email": f"{key}@example.com"}
        )
        contact = self._user(env, "contact", "base.group_portal")
        contact.partner_id.write({"parent_id": partner.id, "company_id": company.id})
        self.contact, self.partner_id = contact.id, partner.id
        self._agree(env)
        self.tenant_id = env["res.partner"].create({"name": f"Erika {key}", "company_id": company.id}).id
        own = self.env_of(env, self.worker)
        self.case_id = own["sozial.case"].create(
            {"type_id": env.ref("sozial_management.case_type_single").id, "company_id": company.id,
             "participant_ids": [Command.create({"partner_id": self.tenant_id, "role": "client"})]}
        ).id  # fmt: skip
        self.consent_id = self.consent(own).id
        env.flush_all()

    def env_of(self, env, user):
        return env(user=user, context={"allowed_company_ids": [self.company_id]})

    def _user(self, env, name, group):
        return env["res.users"].create(
            {"name": f"{name} {self.key}", "login": f"{name}.{self.key}", "password": f"{name}.{self.key}",
             "group_ids": [Command.set(env.ref(group).ids)],
             "company_id": self.company_id, "company_ids": [Command.set([self.company_id])]}
        )  # fmt: skip

    def _agree(self, env):
        today = fields.Date.context_today(env["res.partner"])
        offer = env["sozial.offer"].create(
            {"name": "Beratung", "category_id": env.ref("sozial_management.offer_category_special").id, "summary": "Hilfe",
             "topic_ids": [Command.set(env["sozial.topic"].search([], limit=1).ids)], "company_id": self.company_id,
             "provider_id": self.partner_id}
        )  # fmt: skip
        agreement = env["sozial.agreement"].create(
            {"title": "Beratung", "partner_id": self.partner_id, "company_id": self.company_id, "date_start": today,
             "date_end": today + timedelta(days=100), "service_ids": [Command.create({"offer_id": offer.id})]}
        )  # fmt: skip
        agreement.action_offer()
        agreement.action_sign()
        own = agreement.with_env(self.env_of(env, self.contact))
        own._portal_sign("Carla", "Vorstand", True, own.sha256)
        self.agreement_id = agreement.id

    def consent(self, own):
        """A consent that holds, given as the social worker."""
        today = fields.Date.context_today(own["res.partner"])

        def terms(model, codes):
            return [Command.set(own[f"sozial.consent.{model}"].search([("code", "in", codes)], limit=20).ids)]

        consent = own["sozial.consent"].create(
            {"case_id": self.case_id, "kind": "release", "recipient_ids": [Command.set([self.partner_id])],
             "purpose_ids": terms("purpose", ["debts"]), "category_ids": terms("category", CODES), "signed_on": today,
             "valid_from": today, "valid_until": today + timedelta(days=50), "evidence": base64.b64encode(b"%PDF-1.4"),
             "evidence_name": "e.pdf"}
        )  # fmt: skip
        consent.action_give()
        return consent

    def draft(self, own):
        """A referral that is ready to be sent, as the social worker."""
        return own["sozial.referral"].create({"case_id": self.case_id, "partner_id": self.partner_id, "need": "Hilfe bei Rechnungen"})
