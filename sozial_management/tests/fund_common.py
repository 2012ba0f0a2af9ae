from odoo import Command, fields

from .casework_common import CaseworkCommon


class FundCommon(CaseworkCommon):
    """A hardship fund of this year: 1,000 euros in this calendar quarter, 500 of them for the quarter of the case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env["sozial.fund"])
        cls.now = str((cls.today.month + 2) // 3)
        cls.case = cls._open_case()
        cls.fund = cls._fund("Härtefallfonds", (False, False, 500), (cls.quarter.id, False, 500))

    @classmethod
    def _fund(cls, name, *lines, year=None, **values):
        """A fund with (place, purpose, planned[, calendar quarter])."""
        return cls.env["sozial.fund"].with_user(cls.lead).create(
            {
                "name": name, "year": year or cls.today.year, "company_id": cls.company.id,
                "plan_ids": [
                    Command.create(
                        {"calendar_quarter": rest[0] if rest else cls.now, "quarter_id": place, "purpose": purpose, "planned": planned}
                    )
                    for place, purpose, planned, *rest in lines
                ],
                **values,
            }
        )  # fmt: skip

    @classmethod
    def _draft(cls, amount=120, user=None, **values):
        return cls.env["sozial.fund.request"].with_user(user or cls.worker).create(
            {
                "case_id": cls.case.id, "fund_id": cls.fund.id, "purpose": "energy", "amount": amount, "reason": "Stromsperre",
                "other_help": "Jobcenter lehnt ab", "payee": "Stadtwerke", "account": "DE02120300000000202051", **values,
            }
        )  # fmt: skip

    @classmethod
    def _asked(cls, amount=120, user=None, **values):
        request = cls._draft(amount, user, **values)
        request.action_ask()
        return request

    @classmethod
    def _approved(cls, amount=120, **values):
        request = cls._asked(amount, **values)
        request.with_user(cls.lead).action_approve()
        return request

    @classmethod
    def _paid(cls, amount=120, **values):
        request = cls._approved(amount, **values)
        request.action_pay()
        return request
