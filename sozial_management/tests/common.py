from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user


class SozialCommon(TransactionCase):
    """A small housing company: one user per role, two dwellings, one tenancy, one case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Wohnungsgesellschaft Musterstadt"})
        cls.other_company = cls.env["res.company"].create({"name": "Andere Genossenschaft"})
        cls.env.user.company_ids |= cls.company | cls.other_company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.frontdesk = cls._user("t_frontdesk", "frontdesk")
        cls.worker = cls._user("t_worker", "worker")
        cls.colleague = cls._user("t_colleague", "worker")
        cls.lead = cls._user("t_lead", "lead")
        cls.privacy = cls._user("t_privacy", "privacy")
        cls.report = cls._user("t_report", "report")
        cls.config = cls._user("t_config", "config")
        cls.system = cls._user("t_system", groups="base.group_system,base.group_user")
        cls.portal = cls._user("t_portal", groups="base.group_portal")
        cls.public = cls.env.ref("base.public_user")
        cls.quarter = cls.env["sozial.quarter"].create({"name": "Nord", "company_id": cls.company.id})
        cls.building = cls.env["sozial.building"].create(
            {
                "street": "Stolberger Straße",
                "house_number": "12",
                "zip": "99734",
                "city": "Nordhausen",
                "quarter_id": cls.quarter.id,
                "company_id": cls.company.id,
            }
        )
        cls.dwelling, cls.other_dwelling = cls.env["sozial.dwelling"].create(
            [
                {"building_id": cls.building.id, "number": "1001", "position": "EG links", "rooms": 3, "area": 61.5},
                {"building_id": cls.building.id, "number": "1002", "position": "EG rechts"},
            ]
        )
        cls.tenant = cls.env["res.partner"].create(
            {"name": "Erika Sorgenfrei", "company_id": cls.company.id, "tenant_number": "T-1"}
        )
        cls.tenancy = cls.env["sozial.tenancy"].create(
            {
                "external_ref": "V-1",
                "dwelling_id": cls.dwelling.id,
                "partner_id": cls.tenant.id,
                "date_start": "2020-01-01",
                "rent_net": 400,
                "rent_utilities": 100,
                "rent_heating": 100,
                "arrears": 900,
                "arrears_date": "2026-11-01",
                "company_id": cls.company.id,
            }
        )
        cls.kind = cls.env.ref("sozial_management.case_type_single")
        cls.topic = cls.env.ref("sozial_management.topic_rent_debt")

    @classmethod
    def _user(cls, login, role=None, groups=None, company=None):
        """A user of the test company with one of our roles, or with the given groups."""
        company = company or cls.company
        groups = groups or f"base.group_user,sozial_management.group_sozial_{role}"
        return new_test_user(
            cls.env, login, groups, company_id=company.id, company_ids=[Command.set(company.ids)], tz="Europe/Berlin"
        )

    @classmethod
    def _as(cls, record, user):
        """The record as `user` sees it, without anything cached by somebody else."""
        record.env.flush_all()
        record.env.invalidate_all()
        return record.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    @classmethod
    def _today(cls):
        """The day for the people of the test company: in the evening theirs begins before the server's."""
        return fields.Date.context_today(cls.env["res.users"].with_user(cls.worker))

    @classmethod
    def _let(cls, dwelling, **values):
        """A tenancy of the dwelling that runs, of somebody new."""
        number = f"V-{dwelling.number}-{cls.env['sozial.tenancy'].search_count([('dwelling_id', '=', dwelling.id)])}"
        partner = cls.env["res.partner"].create({"name": f"Nils Neumann {number}", "company_id": cls.company.id})
        return cls.env["sozial.tenancy"].create(
            {
                "external_ref": number, "dwelling_id": dwelling.id, "partner_id": partner.id, "date_start": "2020-01-01",
                "company_id": cls.company.id, **values,
            }
        )  # fmt: skip

    @classmethod
    def _open_case(cls, user=None, **values):
        """A case opened by `user` (the worker), with the tenant as client."""
        user = user or cls.worker
        values = {
            "type_id": cls.kind.id,
            "tenancy_id": cls.tenancy.id,
            "participant_ids": [Command.create({"partner_id": cls.tenant.id, "role": "client"})],
            **values,
        }
        cases = cls.env["sozial.case"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return cases.create(values)

    @classmethod
    def _clear_intake(cls, case):
        """The conditions of the assessment: data protection is explained, the duplicate check answered."""
        case.write({"privacy_notice_on": case.opened_on, "privacy_notice_how": "oral"})
        case._answer_duplicates("new")
        return case
