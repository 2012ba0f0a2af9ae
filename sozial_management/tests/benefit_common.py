from odoo import Command

from .casework_common import CaseworkCommon


class BenefitCommon(CaseworkCommon):
    """A pensioner with the rent of the worked example."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tenant.birth_date = "1950-05-05"
        cls.quarter.mietenstufe = "4"
        cls.tenancy.write({"rent_net": 420, "rent_utilities": 100, "rent_heating": 80})
        cls.wohngeld = cls.env.ref("sozial_management.benefit_wohngeld")

    @classmethod
    def _check(cls, case, user=None, pension=1150, **values):
        """A stored pre-check of the pensioner."""
        return cls.env["sozial.benefit.check"].with_user(user or cls.worker).create(
            {
                "case_id": case.id, "tenancy_id": cls.tenancy.id, "date": "2026-11-22", "mietenstufe": "4", "rent_cold": 520,
                "rent_heating": 80,
                "person_ids": [Command.create({"role": "self", "age": 76, "pension": pension, "partner_id": cls.tenant.id})],
                **values,
            }
        )  # fmt: skip

    @classmethod
    def _application(cls, case, user=None, **values):
        return cls.env["sozial.benefit.application"].with_user(user or cls.worker).create(
            {"case_id": case.id, "benefit_id": cls.wohngeld.id, **values}
        )
