from odoo import Command
from odoo.tests import freeze_time

from .casework_common import CaseworkCommon


class DebtCommon(CaseworkCommon):
    """A case with three creditors (1,200 rent, 600 energy, 200 mail order) and 100 euros free a month."""

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time("2026-11-23 10:00:00"))
        super().setUpClass()
        cls.case = cls._open_case(type_id=cls.env.ref("sozial_management.case_type_rent_debt").id)
        cls.energy, cls.shop = cls.env["res.partner"].create(
            [
                {"name": "Stadtwerke Musterstadt", "is_company": True, "street": "Hafen 1", "zip": "99734", "city": "Nordhausen"},
                {"name": "Versandhaus Nord", "is_company": True},
            ]
        )
        cls.agency = cls.env["res.partner"].create({"name": "Inkasso Süd", "is_company": True})
        cls.rent_claim = cls._claim(cls.company.partner_id, 1200, kind="rent")
        cls.energy_claim = cls._claim(cls.energy, 550, kind="energy", interest=20, costs=30, reference="K-77")
        cls.shop_claim = cls._claim(cls.shop, 200, representative_id=cls.agency.id)

    @classmethod
    def _claim(cls, creditor, principal, **values):
        return cls.env["sozial.debt.claim"].with_user(cls.worker).create(
            {"case_id": cls.case.id, "creditor_id": creditor.id, "principal": principal, **values}
        )

    @classmethod
    def _heading(cls, name):
        return cls.env.ref(f"sozial_management.budget_category_{name}").id

    @classmethod
    def _budget(cls, *items, **values):
        """A budget of (heading, amount, period)."""
        items = items or (("wages", 1600, "month"), ("rent", 600, "month"), ("insurance", 1200, "year"), ("food", 800, "month"))
        return cls.env["sozial.budget"].with_user(cls.worker).create(
            {
                "case_id": cls.case.id,
                "line_ids": [
                    Command.create({"category_id": cls._heading(name), "amount": amount, "period": period})
                    for name, amount, period in items
                ],
                **values,
            }
        )

    @classmethod
    def _instalments(cls, **values):
        """A draft: 60, 30 and 10 euros a month from 1 December 2026 on."""
        return cls.env["sozial.instalment.plan"].with_user(cls.worker).create(
            {
                "case_id": cls.case.id,
                "start": "2026-12-01",
                "day": 1,
                "share_ids": [
                    Command.create({"claim_id": claim.id, "monthly": monthly})
                    for claim, monthly in ((cls.rent_claim, 60), (cls.energy_claim, 30), (cls.shop_claim, 10))
                ],
                **values,
            }
        )

    @classmethod
    def _accepted(cls, **values):
        """Offered, agreed to by all three, running."""
        if not cls.case.budget_ids:
            cls._budget()
        plan = cls._instalments(**values)
        plan.action_offer()
        plan.share_ids.write({"reply": "accepted", "reply_on": "2026-11-20", "reply_how": "letter"})
        plan.action_accept()
        return plan
