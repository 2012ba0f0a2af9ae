from unittest.mock import patch

from lxml import etree

from odoo import Command
from odoo.tests import tagged

from .common import SozialCommon
from .query_pins import PINNED, PINNED_FORMS, PINNED_LOG, PINNED_MONEY, PINNED_MY_DAY, PINNED_OPENING
from .rights.project_rows import PICTURE


@tagged("post_install", "-at_install")
class TestQueryCounts(SozialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sozial.emergency"].with_user(cls.colleague).with_context(
            allowed_company_ids=cls.company.ids
        ).action_open("Hilferufe gehört", case_number="SM-1900-00001")
        cls._grow(2)

    @classmethod
    def _grow(cls, number):
        """More rows of everything: own quarter, building, dwelling, tenancy, tenant and case each."""
        offset = cls.env["sozial.building"].search_count([])
        for index in range(offset, offset + number):
            quarter = cls.env["sozial.quarter"].create(
                {"name": f"Q{index}", "company_id": cls.company.id, "manager_id": cls.worker.id}
            )
            building = cls.env["sozial.building"].create(
                {
                    "street": "Reihe", "house_number": str(index), "zip": "1", "city": "X",
                    "quarter_id": quarter.id, "company_id": cls.company.id,
                }
            )  # fmt: skip
            dwelling = cls.env["sozial.dwelling"].create({"building_id": building.id, "number": f"R{index}"})
            tenant = cls.env["res.partner"].create({"name": f"Person {index}", "company_id": cls.company.id})
            tenancy = cls.env["sozial.tenancy"].create(
                {
                    "external_ref": f"R{index}", "dwelling_id": dwelling.id, "partner_id": tenant.id,
                    "date_start": "2020-01-01", "company_id": cls.company.id,
                }
            )  # fmt: skip
            case = cls._open_case(
                tenancy_id=tenancy.id,
                participant_ids=[Command.create({"partner_id": tenant.id, "role": "client"})],
                next_review="2026-01-01",
            )
            cls.worker.with_user(cls.system).sudo().email = f"x{index}@example.com"
            case.activity_schedule("mail.mail_activity_data_todo", user_id=cls.worker.id)
            case.action_set_hold("x", "2099-01-01")
            cls.env["sozial.contact"].with_user(cls.worker).create({"case_id": case.id, "text": "x"})
            cls.env["sozial.deadline"].with_user(cls.worker).create(
                {"case_id": case.id, "rule_id": cls.env.ref("sozial_management.deadline_rule_suit_cure").id,
                 "event_date": "2026-08-03", "federal_state": "TH", "standin_id": cls.lead.id}
            )
            cls.env["sozial.subject.request"].with_user(cls.privacy).create(
                {"name": tenant.name, "partner_id": tenant.id, "identified": "known", "company_id": cls.company.id}
            ).action_start()
            cls.env["sozial.subject.part"].with_user(cls.worker).search([("case_id", "=", case.id)]).action_collect()
            cls.env["sozial.assessment"].with_user(cls.worker).create({"case_id": case.id})
            cls.env["sozial.letter"].with_user(cls.worker).create(
                {"case_id": case.id, "template_id": cls.env.ref("sozial_management.letter_closing").id}
            )
            cls.env["sozial.letter.template"].create({"name": f"T{index}", "code": f"t{index}"})
            cls.env["sozial.plan"].with_user(cls.worker).create(
                {"case_id": case.id, "goal_ids": [Command.create({"name": "x", "measure_ids": [Command.create({"name": "x"})]})]}
            )
            cls._grow_debt(case, tenant)
            cls._grow_benefits(case, index)
            cls._grow_projects(quarter, index)
            cls._grow_funds(case, index)
            cls.env["sozial.case.transfer"].with_user(cls.worker)._ask(case, cls.colleague, "workload", "x")
            today = cls._today()
            cls.env["sozial.standin"].with_user(cls.worker)._arrange(case, cls.colleague, today, today)
            cls.env["sozial.second.opinion"].with_user(cls.worker).create(
                {"case_id": case.id, "colleague_id": cls.colleague.id, "question": "x", "summary": "x"}
            )
            cls._grow_mediation(case, tenant)
            cls._grow_erasure(case, index)
            cls.env["sozial.figure.release"].sudo().create(
                {
                    "name": f"T{index}", "company_id": cls.company.id, "source": "x", "about": "x", "measure": "x", "shows": "count",
                    "year": 2025, "period": "2025", "hidden": "all", "request": f"R{index}",
                    "cells": {"rows": "x", "columns": False, "heads": ["x"], "body": [{"label": "x", "values": [12]}]},
                }
            )
            cls.env["sozial.handover"].with_user(cls.frontdesk).with_context(
                allowed_company_ids=cls.company.ids
            ).create(
                {"topic_id": cls.topic.id, "summary": "x", "tenancy_id": tenancy.id, "partner_id": tenant.id, "tenant_knows": "yes"}
            )

    @classmethod
    def _grow_debt(cls, case, creditor):
        heading = cls.env["sozial.budget.category"].create({"name": f"H{case.id}", "kind": "income"})
        claim = cls.env["sozial.debt.claim"].with_user(cls.worker).create(
            {"case_id": case.id, "creditor_id": creditor.id, "principal": 5}
        )
        cls.env["sozial.settlement"].with_user(cls.worker).create({"case_id": case.id, "monthly": 5})
        cls.env["sozial.instalment.plan"].with_user(cls.worker).create(
            {"case_id": case.id, "share_ids": [Command.create({"claim_id": claim.id, "total": 5, "monthly": 5})]}
        )
        cls.env["sozial.budget"].with_user(cls.worker).create(
            {"case_id": case.id, "line_ids": [Command.create({"category_id": heading.id, "amount": 5})]}
        )

    @classmethod
    def _grow_projects(cls, quarter, index):
        cls.env["sozial.project"].with_user(cls.worker).create(
            {
                "name": f"Projekt {index}", "company_id": cls.company.id, "quarter_ids": quarter.ids, "team_ids": cls.colleague.ids,
                "aim_ids": [Command.create({"name": "x"})], "partner_ids": [Command.create({"partner_id": cls.company.partner_id.id})],
                "activity_line_ids": [Command.create({"name": "x", "state": "held", "adults": 3})],
                "budget_ids": [Command.create({"kind": "food", "planned": 5})],
                "expense_ids": [Command.create({"name": "x", "amount": 5})],
                "funding_ids": [Command.create({"name": "x", "promised": 5})],
                "picture_ids": [Command.create({"name": "x", "image": PICTURE})],
            }
        )  # fmt: skip

    @classmethod
    def _grow_funds(cls, case, index):
        outreach = cls.env["sozial.outreach"].create(
            {"name": f"O{index}", "company_id": cls.company.id, "quarter_id": case.sudo().tenancy_id.quarter_id.id}
        )
        outreach._add_dwellings()
        works = outreach.copy({"kind": "works", "user_id": cls.worker.id})
        works.phase_ids.create(
            {"outreach_id": works.id, "building_id": works._buildings().id, "name": "x", "date_start": "2027-04-01",
             "date_end": "2027-04-09"}
        )
        works.action_begin()
        ageing = outreach.copy({"kind": "ageing", "user_id": cls.worker.id})
        ageing.action_begin()
        check = cls.env["sozial.home.check"].with_user(cls.worker).create({"visit_id": ageing.visit_ids.id})
        check.measure_ids.create(
            {"check_id": check.id, "name": "x", "funding_id": cls.env.ref("sozial_management.home_funding_care").id}
        )
        fund = cls.env["sozial.fund"].with_user(cls.lead).create(
            {"name": f"F{index}", "year": cls._today().year, "plan_ids": [Command.create({"planned": 9})]}
        )
        request = cls.env["sozial.fund.request"].with_user(cls.worker).create(
            {"case_id": case.id, "fund_id": fund.id, "amount": 5, "reason": "x", "other_help": "x", "payee": "x"}
        )
        cls.env["sozial.fund.entry"].create(
            {"name": request.name, "fund_id": fund.id, "plan_id": fund.plan_ids.id, "amount": 5, "approved_on": "2026-01-01"}
        )

    @classmethod
    def _grow_benefits(cls, case, index):
        benefit = cls.env["sozial.benefit"].create({"name": "x", "code": f"x{index}", "document_ids": [Command.create({"name": "x"})]})
        check = cls.env["sozial.benefit.check"].with_user(cls.worker).create(
            {"case_id": case.id, "date": "2026-11-22", "person_ids": [Command.create({"role": "self", "age": 70})]}
        )
        cls.env["sozial.benefit.application"].with_user(cls.worker).create(
            {"case_id": case.id, "benefit_id": benefit.id, "check_id": check.id}
        )

    @classmethod
    def _grow_mediation(cls, case, tenant):
        """Two parties who are willing, a session, notes of the talks with the first."""
        mediation = cls.env["sozial.mediation"].with_user(cls.worker).create(
            {"case_id": case.id, "subject": "x", "declared": True, "disclosed": True,
             "party_ids": [Command.create({"partner_id": one.id}) for one in (tenant, cls.company.partner_id)]}
        )  # fmt: skip
        for party in mediation.party_ids:
            party.answer_ids.create({"party_id": party.id, "willingness": "willing", "channel": "phone"})
        mediation.session_ids.create({"mediation_id": mediation.id, "start_at": "2099-01-01 10:00:00", "place": "x"})
        first = mediation.party_ids[0]
        first.action_hold_talks()
        first.note_ids.create({"party_id": first.id, "text": "x"})

    @classmethod
    def _grow_erasure(cls, case, index):
        proposal = cls.env["sozial.retention.proposal"].create(
            {
                "name": case.sudo().name, "company_id": cls.company.id, "subject": "case", "action": "delete", "case_ref": case.id,
                "rule_id": cls.env["sozial.retention.rule"].create({"company_id": cls.company.id, "months": 1 + index, "active": False}).id,
                "case_type_id": cls.kind.id, "due_on": "2026-01-01", "decided_by_id": cls.privacy.id,
            }
        )  # fmt: skip
        cls.env["sozial.retention.protocol"]._record(proposal, cls.worker, 1, {"sozial.contact": index + 1})

    def _specification(self, model, arch):
        """What the web client asks for, from the fields of a view; of an inline list those of its columns."""
        specification = {}
        inner = set(arch.xpath(".//field//field"))
        for node in arch.iter("field"):
            if node in inner:
                continue
            field = model._fields[node.get("name")]
            sub = node.find("list")
            if sub is not None:
                specification[field.name] = {
                    "fields": self._specification(self.env[field.comodel_name], sub), "limit": 40,
                }  # fmt: skip
            elif field.relational:
                specification[field.name] = {"fields": {"display_name": {}}}
            else:
                specification[field.name] = {}
        return specification

    def _view(self, model, kind):
        views = model.get_views([(False, kind)])["views"]
        return self._specification(model, etree.fromstring(views[kind]["arch"]))

    def _queries(self, call):
        for _round in range(2):  # the first warms what is cached for longer than a request
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(call(), "rows are there")
        return self.env.cr.sql_log_count - before

    def _viewer(self, model):
        if model.startswith(("sozial.access.", "sozial.retention.")):
            return self.privacy
        viewers = {
            "sozial.letter.template": self.config,
            "sozial.case.type": self.config, "sozial.deadline.event": self.config, "sozial.budget.category": self.config,
            "sozial.subject.request": self.privacy, "sozial.figure.release": self.report, "sozial.caseload": self.lead,
            "sozial.fund": self.lead, "sozial.fund.plan": self.lead, "sozial.fund.entry": self.lead,
        }  # fmt: skip
        return viewers.get(model, self.worker)

    def _measure_lists(self):
        self.env.cr.flush()  # the access log is written at the end of a transaction
        measured = {}
        for model, kind in PINNED:
            records = self.env[model].with_user(self._viewer(model)).with_context(allowed_company_ids=self.company.ids)
            specification = self._view(records, kind)
            measured[model, kind] = self._queries(
                lambda records=records, specification=specification: records.web_search_read(
                    [], specification, limit=80
                )["records"]
            )
        return measured

    def test_lists_and_boards_are_pinned_and_flat(self):
        few = self._measure_lists()
        type(self)._grow(20)
        many = self._measure_lists()
        for key, pinned in PINNED.items():
            with self.subTest(model=key[0], view=key[1]):
                self.assertEqual(few[key], many[key], "queries grow with the rows")
                self.assertLessEqual(many[key], pinned)

    def test_forms_are_pinned(self):
        for model, pinned in PINNED_FORMS.items():
            records = self.env[model].with_user(self._viewer(model)).with_context(allowed_company_ids=self.company.ids)
            specification = self._view(records, "form")
            record = records.search([], limit=1)
            with self.subTest(model=model):
                self.assertLessEqual(
                    self._queries(
                        lambda record=record, specification=specification: record.web_read(specification)
                    ),
                    pinned,
                )

    def test_the_money_page_is_pinned_and_flat(self):
        """The finances of one case, with few and with many creditors, budgets, plans."""
        cases = self.env["sozial.case"].with_user(self.worker).with_context(allowed_company_ids=self.company.ids)
        page = cases.get_views([(self.env.ref("sozial_management.view_sozial_case_money_form").id, "form")])["views"]["form"]
        specification = self._specification(cases, etree.fromstring(page["arch"]))
        case = cases.search([("claim_ids", "!=", False)], limit=1)
        for year in (2009, 2010):  # of a single row the ORM asks once less
            self._grow_money(case, year)
        few = self._queries(lambda: case.web_read(specification))
        for year in range(2011, 2021):
            self._grow_money(case, year)
        many = self._queries(lambda: case.web_read(specification))
        self.assertEqual(many, few)
        self.assertLessEqual(many, PINNED_MONEY)

    def _grow_money(self, case, year):
        claim = case.claim_ids[:1].copy({"creditor_id": self.env["res.partner"].create({"name": f"Gläubiger {year}"}).id})
        case.env["sozial.budget"].create({"case_id": case.id, "valid_from": f"{year}-01-01"})
        shares = [Command.create({"claim_id": claim.id, "total": 5, "monthly": 5})]
        case.write(
            {
                "rent_due_ids": [Command.create({"day": f"{year}-01-03", "rent": 500, "open": 5})],
                "settlement_ids": [Command.create({"monthly": 5})],
                "instalment_plan_ids": [Command.create({"share_ids": shares})],
            }
        )

    def test_the_log_costs_one_query_an_opening(self):
        """Opening a case writes one row by one statement, and reads nothing for it."""
        records = self.env["sozial.case"].with_user(self.worker).with_context(allowed_company_ids=self.company.ids)
        specification = self._view(records, "form")
        case = records.search([], limit=1)
        logged = type(self.env["sozial.access.log"])
        with patch.object(logged, "_is_client", lambda log: False):
            without = self._queries(lambda: case.web_read(specification) and not self.env.cr.flush())
        rows = self.env["sozial.access.log"].search_count([])
        with_log = self._queries(lambda: case.web_read(specification) and not self.env.cr.flush())
        self.assertEqual(self.env["sozial.access.log"].search_count([]) - rows, 2, "both rounds are logged")
        self.assertEqual(with_log - without, PINNED_LOG)

    def test_opening_a_new_case_is_pinned_and_flat(self):
        """However many steps its kind plans: who may do them is asked once."""
        kinds = self.env["sozial.case.type"]
        for steps in (1, 12):
            kinds += kinds.create(
                {
                    "name": f"K{steps}", "code": f"k{steps}",
                    "template_step_ids": [Command.create({"name": f"S{step}", "anchor": "opened"}) for step in range(steps)],
                }
            )  # fmt: skip
        few, many = (self._queries(lambda kind=kind: self._open_case(type_id=kind.id).flush_recordset() or True) for kind in kinds)
        self.assertEqual(many, few)
        self.assertEqual(many, PINNED_OPENING)

    def test_my_day_is_pinned_and_flat(self):
        days = self.env["sozial.my.day"].with_user(self.worker).with_context(allowed_company_ids=self.company.ids)
        few = self._queries(days.get_my_day)
        type(self)._grow(20)
        many = self._queries(days.get_my_day)
        self.assertLessEqual(many, few + 1)
        self.assertLessEqual(many, PINNED_MY_DAY)
