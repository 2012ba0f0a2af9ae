import base64
from datetime import timedelta

from odoo import Command

from .common import SozialCommon

PAPER = base64.b64encode(b"%PDF-1.4 signed")


class ConsentCommon(SozialCommon):
    """A case with a client, a partner organisation, and consents that are ready to be given."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._open_case()
        cls.caritas = cls.env["res.partner"].create({"name": "Caritas", "is_company": True, "company_id": cls.company.id})
        cls.adviser = cls.env["res.partner"].create(
            {"name": "Frau Beraterin", "parent_id": cls.caritas.id, "company_id": cls.company.id}
        )
        cls.consents = cls.env["sozial.consent"].with_user(cls.worker).with_context(allowed_company_ids=cls.company.ids)
        cls.today = cls._today()

    @classmethod
    def _terms(cls, model, *codes):
        found = cls.env[f"sozial.consent.{model}"].search([("code", "in", codes)], limit=20)
        assert len(found) == len(codes)
        return [Command.set(found.ids)]

    @classmethod
    def _draft(cls, case=None, **values):
        return cls.consents.with_user(values.pop("user", cls.worker)).create(
            {
                "case_id": (case or cls.case).id,
                "kind": "release",
                "recipient_ids": [Command.set(cls.caritas.ids)],
                "purpose_ids": cls._terms("purpose", "debts"),
                "category_ids": cls._terms("category", "finances", "housing"),
                "signed_on": cls.today,
                "valid_from": cls.today,
                "valid_until": cls.today + timedelta(days=100),
                "evidence": PAPER,
                "evidence_name": "einwilligung.pdf",
                **values,
            }
        )

    @classmethod
    def _given(cls, case=None, **values):
        consent = cls._draft(case, **values)
        consent.action_give()
        return consent

    @classmethod
    def _signal_consent(cls, *codes, **values):
        """A given consent to signals towards rent collection."""
        codes = codes or ("signal_counselling", "signal_pause", "signal_instalments")
        return cls._given(
            **{
                "kind": "signal", "recipient_ids": False, "purpose_ids": cls._terms("purpose", "rent_collection"),
                "category_ids": cls._terms("category", *codes), **values,
            }
        )  # fmt: skip
