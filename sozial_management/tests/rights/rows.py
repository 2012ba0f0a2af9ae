"""How to make a row of every model, so that a test of its rights never looks at an empty table.

One entry a model: a function that takes the place (company, case, tenancy, …) and returns
values. What a right to write is tried with stands in `changes.py`.
"""

import copy
from datetime import timedelta

from odoo import Command, fields

from .outreach_rows import OF_OUTREACH
from .project_rows import OF_PROJECTS

TEXT = "# Titel\n"


class Place:
    """Where rows are made: one company with its stock, and perhaps a case."""

    maker = None  # the user of the row being made

    def __init__(self, env, company, person, name):
        self.env, self.company, self.person, self.name = env, company, person, name
        self.case = env["sozial.case"]
        self._made = {}

    def today(self):
        """The day where the user is whose row it is."""
        return fields.Date.context_today(self.env["res.users"])

    def first(self, model):
        """A row of the model at this place; made when it is asked for, once."""
        if model not in self._made:
            self._made[model] = self.make(model)
        return self._made[model]

    def make(self, model, user=None, **values):
        """One more row, made by `user` or by code."""
        if model == "sozial.access.unusual":
            shown = self.make("sozial.access.log")
            return self.env[model].sudo().search([("user_id", "=", shown.user_id.id), ("company_id", "=", self.company_id)])
        if model == "sozial.caseload":
            case = self.first("sozial.case")
            return self.env[model].sudo().search([("user_id", "=", case.worker_id.id), ("company_id", "=", self.company_id)])
        if model in BY_SQL:
            return self._insert(model, ROWS[model](self))
        self.maker = user
        records = self.env[model].sudo() if user is None else self.env[model].with_user(user)
        companies = self.company.ids if user is None else user.company_ids.ids
        return records.with_context(allowed_company_ids=companies).create({**ROWS[model](self), **values})

    def _insert(self, model, values):
        """A row of a model that refuses every creation, as its own code writes it."""
        columns, marks = ", ".join(values), ", ".join(["%s"] * len(values))
        self.env.cr.execute(
            f'INSERT INTO "{self.env[model]._table}" ({columns}) VALUES ({marks}) RETURNING id', [*values.values()]
        )
        return self.env[model].browse(self.env.cr.fetchone()[0])

    def around(self, case):
        """The same place, for rows of this case; what was made so far is shared."""
        place = copy.copy(self)
        place.case, place._made = case, dict(self._made)
        return place

    @property
    def company_id(self):
        return self.company.id

    def count(self):
        """A number that was not given before."""
        count = self._made.setdefault("number", [0])
        count[0] += 1
        return count[0]

    def day(self):
        """A day that was not given before, long ago."""
        return fields.Date.add(fields.Date.to_date("2015-01-01"), days=self.count())

    def number(self):
        """A text that stands nowhere else."""
        return f"{self.name} {self.count()}"


def _code(place):
    return place.number().lower().replace(" ", "_").replace("-", "_")


def _tomorrow():
    return fields.Datetime.now() + timedelta(days=1)


def _part_in_review(at):
    part = at.first("sozial.subject.part")
    part._write_guarded({"state": "review"})
    return part


def _running_share(at):
    """A creditor of a plan that was accepted: payments are entered there."""
    share = at.make("sozial.instalment.share")
    share.plan_id._write_guarded({"state": "accepted", "accepted_on": "2020-01-01"})
    at._made.pop("sozial.instalment.plan")
    return share


def _draft_of_maker(at):
    """A draft of an assessment that belongs to whoever makes the row."""
    return at.make("sozial.assessment", user=at.maker)


def _mediation(at, willing=False, ended=False):
    """The one open mediation of the case, led by whoever makes the row; two parties who are asked or willing."""
    maker, mediations = at.maker, at.env["sozial.mediation"].sudo()
    mediations.search([("case_id", "=", at.case.id), ("state", "in", ("asking", "running"))], limit=9)._end("off")
    mediation = mediations.create({"case_id": at.case.id, "subject": at.number(), "declared": True})
    if maker:
        mediation._write_guarded({"mediator_id": maker.id})
    for name in ("Anna", "Bernd"):
        person = at.env["res.partner"].sudo().create({"name": name, "company_id": at.company_id})
        party = mediation.party_ids.create({"mediation_id": mediation.id, "partner_id": person.id})
        if willing:
            party._answered("willing")
    if ended:
        mediation._end("off")
    return mediation


def _noted_party(at):
    """A party whose notes are read by everybody with a grant on the case, and by whoever makes the row."""
    users = at.case.sudo().access_ids.user_id | (at.maker or at.env["res.users"])
    party = _mediation(at).party_ids[0]
    party.reader_ids.create([{"party_id": party.id, "user_id": user.id} for user in users])
    return party


ROWS = {
    # of a case
    "sozial.case": lambda at: {
        "type_id": at.first("sozial.case.type").id,
        "company_id": at.company_id,
        "tenancy_id": at.first("sozial.tenancy").id,
        "participant_ids": [Command.create({"partner_id": at.person.id, "role": "client"})],
        "concern": "Kennwort-Zaunkönig",
    },
    "sozial.case.access": lambda at: {
        "case_id": at.case.id, "user_id": at.env.ref("base.user_admin").id, "kind": "co", "reason": "Tandem",
    },
    "sozial.case.lockout": lambda at: {
        "case_id": at.case.id, "user_id": at.env.ref("base.user_admin").id, "reason": "Nachbar",
    },
    "sozial.case.lockout.set": lambda at: {
        "case_id": at.case.id, "user_id": at.env.ref("base.user_admin").id, "reason": "Nachbar",
    },
    # lifted: one that stands would refuse every deletion in the case
    "sozial.case.hold": lambda at: {
        "case_id": at.case.id, "reason": "Klage", "review_on": "2099-01-01", "lifted_at": fields.Datetime.now(),
    },
    "sozial.case.erasure.ask": lambda at: {"case_id": at.case.id, "ground": "objection"},
    "sozial.case.hold.set": lambda at: {"case_id": at.case.id, "reason": "Klage", "review_on": "2099-01-01"},
    "sozial.case.participant": lambda at: {"case_id": at.case.id, "partner_id": at.person.id, "role": "helper"},
    "sozial.case.close": lambda at: {"case_id": at.case.id, "close_reason": "solved"},
    "sozial.case.grant": lambda at: {
        "case_id": at.case.id, "user_id": at.env.ref("base.user_admin").id, "reason": "Tandem",
    },
    "sozial.duplicate.check": lambda at: {"case_id": at.case.id},
    "sozial.assessment": lambda at: {"case_id": at.case.id, "summary": "Kennwort-Zaunkönig"},
    "sozial.assessment.line": lambda at: {
        "assessment_id": _draft_of_maker(at).id, "area_id": at.make("sozial.life.area").id, "note": "Kennwort-Zaunkönig",
    },
    "sozial.plan": lambda at: {"case_id": at.case.id, "situation": "Kennwort-Zaunkönig"},
    "sozial.plan.agree": lambda at: {"plan_id": at.first("sozial.plan").id, "agreed_how": "oral"},
    "sozial.goal": lambda at: {"plan_id": at.first("sozial.plan").id, "name": "Kennwort-Zaunkönig"},
    "sozial.measure": lambda at: {"goal_id": at.first("sozial.goal").id, "name": "Kennwort-Zaunkönig"},
    "sozial.debt.claim": lambda at: {"case_id": at.case.id, "creditor_id": at.person.id, "principal": 100},
    "sozial.debt.balance": lambda at: {"claim_id": at.first("sozial.debt.claim").id, "day": "2020-01-01"},
    "sozial.budget": lambda at: {"case_id": at.case.id, "note": "Kennwort-Zaunkönig", "valid_from": at.day()},
    "sozial.budget.line": lambda at: {
        "budget_id": at.first("sozial.budget").id, "category_id": at.first("sozial.budget.category").id, "amount": 5,
    },
    "sozial.rent.due": lambda at: {"case_id": at.case.id, "day": at.day(), "rent": 5, "open": 5},
    "sozial.benefit.check": lambda at: {
        "case_id": at.case.id, "date": "2026-11-22", "person_ids": [Command.create({"role": "self", "age": 70})],
    },
    "sozial.benefit.check.person": lambda at: {"check_id": at.first("sozial.benefit.check").id, "role": "other", "age": 30},
    "sozial.benefit.application": lambda at: {
        "case_id": at.case.id, "benefit_id": at.first("sozial.benefit").id, "note": "Kennwort-Zaunkönig",
    },
    "sozial.benefit.application.document": lambda at: {
        "application_id": at.first("sozial.benefit.application").id, "name": "Kennwort-Zaunkönig",
    },
    "sozial.fund.request": lambda at: {
        "case_id": at.case.id, "fund_id": at.first("sozial.fund").id, "amount": 5, "reason": "Kennwort-Zaunkönig",
    },
    "sozial.settlement": lambda at: {"case_id": at.case.id, "reason": "Kennwort-Zaunkönig"},
    "sozial.settlement.line": lambda at: {"settlement_id": at.first("sozial.settlement").id, "kind": "equal", "owed": 5, "total": 5},
    "sozial.instalment.plan": lambda at: {"case_id": at.case.id, "reason": "Kennwort-Zaunkönig"},
    "sozial.instalment.share": lambda at: {
        "plan_id": at.first("sozial.instalment.plan").id, "claim_id": at.make("sozial.debt.claim").id, "total": 5, "monthly": 5,
    },
    "sozial.instalment": lambda at: {
        "share_id": (share := _running_share(at)).id, "plan_id": share.plan_id.id, "due": "2020-01-01", "amount": 5,
    },
    "sozial.contact": lambda at: {"case_id": at.case.id, "text": "Kennwort-Zaunkönig"},
    "sozial.contact.draft": lambda at: {
        "case_id": at.case.id, "content": {"text": "Kennwort-Zaunkönig"},
    },
    "sozial.group.session": lambda at: {"case_id": at.case.id, "name": "Kennwort-Zaunkönig", "adults": 7},
    "sozial.letter": lambda at: {
        "case_id": at.case.id, "template_id": at.env.ref("sozial_management.letter_closing").id, "recipient_id": at.person.id,
        "body": "Kennwort-Zaunkönig",
    },
    "sozial.contact.addendum": lambda at: {"contact_id": at.first("sozial.contact").id, "text": "Nachtrag"},
    "sozial.deadline": lambda at: {
        "case_id": at.case.id, "name": "Kennwort-Zaunkönig", "due": "2099-01-01", "user_id": at.case.worker_id.id,
    },
    "sozial.deadline.start": lambda at: {
        "case_id": at.case.id, "event_id": at.first("sozial.deadline.event").id, "federal_state": "NI",
    },
    "sozial.case.step": lambda at: {"case_id": at.case.id, "name": "Kennwort-Zaunkönig", "user_id": at.case.worker_id.id},
    "sozial.case.transfer.line": lambda at: {
        "case_id": at.case.id, "transfer_id": at.make("sozial.case.transfer").id, "note": "Kennwort-Zaunkönig",
    },
    "sozial.mediation": lambda at: {
        "case_id": _mediation(at, ended=True).case_id.id, "subject": "Kennwort-Zaunkönig", "declared": True,
    },
    "sozial.mediation.party": lambda at: {
        "mediation_id": _mediation(at).id, "partner_id": at.env["res.partner"].sudo().create({"name": at.number()}).id,
    },
    "sozial.mediation.answer": lambda at: {"party_id": _mediation(at).party_ids[0].id, "willingness": "willing"},
    "sozial.mediation.session": lambda at: {
        "mediation_id": _mediation(at, willing=True).id, "start_at": _tomorrow(), "place": "Kennwort-Zaunkönig",
    },
    "sozial.mediation.agreement": lambda at: {"mediation_id": _mediation(at, willing=True).id, "text": "Kennwort-Zaunkönig"},
    "sozial.mediation.signature": lambda at: {
        "party_id": (mediation := _mediation(at, willing=True)).party_ids[0].id,
        "agreement_id": mediation.agreement_ids.create({"mediation_id": mediation.id, "text": "Ruhe ab 22 Uhr"}).id,
    },
    "sozial.mediation.reader": lambda at: {"party_id": _mediation(at).party_ids[0].id, "user_id": at.case.sudo().worker_id.id},
    "sozial.mediation.note": lambda at: {"party_id": _noted_party(at).id, "text": "Kennwort-Zaunkönig"},
    "sozial.second.opinion": lambda at: {
        "case_id": at.case.id, "colleague_id": at.env.ref("base.user_admin").id, "question": "Kennwort-Zaunkönig", "summary": "x",
    },
    "sozial.consent": lambda at: {"case_id": at.case.id, "subject_id": at.person.id},
    "sozial.case.signal": lambda at: {
        "case_id": at.case.id,
        "consent_id": at.first("sozial.consent").id,
        "signal_id": at.make("sozial.tenancy.signal").id,
    },
    "sozial.signal.set": lambda at: {"case_id": at.case.id, "subject_id": at.person.id},
    "sozial.passage": lambda at: {
        "case_id": at.case.id, "res_model": "sozial.case", "res_id": at.case.id, "field_name": "concern",
        "position": 0, "digest": at.number(),
    },
    "sozial.subject.part": lambda at: {"case_id": at.case.id, "partner_id": at.person.id},
    "sozial.subject.line": lambda at: {
        "case_id": at.case.id, "part_id": _part_in_review(at).id, "passage_id": at.make("sozial.passage").id,
    },
    "sozial.access.receipt": lambda at: {"case_id": at.case.id},
    # of a company
    "sozial.subject.request": lambda at: {"name": at.number(), "company_id": at.company_id},
    "sozial.quarter": lambda at: {"name": at.number(), "company_id": at.company_id},
    "sozial.building": lambda at: {
        "street": "Hof", "house_number": at.number(), "zip": "99734", "city": "Nordhausen",
        "quarter_id": at.first("sozial.quarter").id, "company_id": at.company_id,
    },
    "sozial.dwelling": lambda at: {"building_id": at.first("sozial.building").id, "number": at.number()},
    "sozial.tenancy": lambda at: {
        "external_ref": at.number(), "dwelling_id": at.make("sozial.dwelling").id, "partner_id": at.person.id,
        "date_start": "2020-01-01", "company_id": at.company_id,
    },
    "sozial.tenancy.occupant": lambda at: {
        "tenancy_id": at.first("sozial.tenancy").id, "partner_id": at.person.copy().id,
    },
    "sozial.tenancy.signal": lambda at: {
        "tenancy_id": at.first("sozial.tenancy").id, "code": "counselling", "department": "x",
        "date_start": at.today(), "date_until": at.today(),
    },
    "sozial.offer": lambda at: {
        "name": at.number(), "company_id": at.company_id, "category_id": at.first("sozial.offer.category").id,
    },
    "sozial.offer.hour": lambda at: {"offer_id": at.first("sozial.offer").id},
    "sozial.import.profile": lambda at: {"name": at.number(), "company_id": at.company_id},
    "sozial.import.run": lambda at: {"company_id": at.company_id},
    "sozial.import.column": lambda at: {"run_id": at.first("sozial.import.run").id, "position": 1},
    "sozial.import.row": lambda at: {
        "run_id": at.first("sozial.import.run").id, "company_id": at.company_id, "row_number": 1, "state": "done",
        "result": "created",
    },
    "sozial.import.proposal": lambda at: {
        "run_id": at.first("sozial.import.run").id, "tenancy_id": at.first("sozial.tenancy").id, "date_end": "2026-12-31",
    },
    "sozial.access.log": lambda at: {
        "at": fields.Datetime.now(), "user_id": at.env.ref("base.user_admin").id, "kind": "emergency", "company_id": at.company_id,
    },
    "sozial.access.review": lambda at: {"log_id": at.make("sozial.access.log").id},
    "sozial.access.policy": lambda at: {"company_id": at.company_id},
    "sozial.access.unusual": lambda at: {},  # shows what the log above says
    "sozial.caseload": lambda at: {},  # counts the case of the place
    "sozial.emergency": lambda at: {
        "user_id": at.env.ref("base.user_admin").id, "company_id": at.company_id, "reason": "Hilferufe gehört",
    },
    "sozial.retention.proposal": lambda at: {
        "name": at.number(), "company_id": at.company_id, "rule_id": at.make("sozial.retention.rule").id, "subject": "case",
        "action": "anonymise", "due_on": "2026-01-01",
    },
    "sozial.retention.protocol": lambda at: {
        "name": at.number(), "company_id": at.company_id, "subject": "case", "action": "anonymise",
    },
    "sozial.retention.rule": lambda at: {
        "company_id": at.company_id, "case_type_id": at.make("sozial.case.type").id, "months": 36,
    },
    "sozial.case.fact": lambda at: {
        "company_id": at.company_id, "kind": "opened", "month": "2025-01-01", "contributor": at.number(),
        "quarter_id": at.first("sozial.quarter").id, "type_id": at.first("sozial.case.type").id,
    },
    **OF_OUTREACH,
    **OF_PROJECTS,
    "sozial.fund": lambda at: {"name": at.number(), "company_id": at.company_id, "year": 2026},
    "sozial.fund.plan": lambda at: {"fund_id": at.make("sozial.fund").id, "planned": 5},
    "sozial.fund.entry": lambda at: {
        "name": at.number(), "fund_id": at.first("sozial.fund.plan").fund_id.id, "plan_id": at.first("sozial.fund.plan").id,
        "amount": 5, "approved_on": "2026-01-02",
    },
    "sozial.benefit.fact": lambda at: {
        "company_id": at.company_id, "month": "2025-01-01", "contributor": at.number(), "decision": "refused",
        "benefit_id": at.first("sozial.benefit").id,
    },
    "sozial.mediation.fact": lambda at: {
        "company_id": at.company_id, "month": "2025-01-01", "contributor": at.number(), "kind": "ended", "outcome": "off",
    },
    "sozial.quarter.fact": lambda at: {"company_id": at.company_id, "month": "2025-12-01", "contributor": at.number()},
    "sozial.figure.release": lambda at: {
        "name": at.number(), "company_id": at.company_id, "source": "sozial.case.fact", "about": "opened", "measure": "x",
        "shows": "count", "year": 2025, "period": "2025", "cells": {}, "hidden": "all", "ledger": {},
    },
    # of its author
    "sozial.offer.finder": lambda at: {},
    "sozial.benefit.quick": lambda at: {},
    "sozial.benefit.quick.person": lambda at: {"age": 30},
    "sozial.offer.finder.line": lambda at: {},
    "sozial.emergency.open": lambda at: {"reason": "Hilferufe gehört", "partner_id": at.person.id},
    "sozial.access.question": lambda at: {"case_number": "SM-2026-00012"},
    "sozial.retention.decide": lambda at: {
        "proposal_ids": at.first("sozial.retention.proposal").ids, "until": "2099-01-01", "reason": "Prüfung",
    },
    "sozial.handover.join": lambda at: {"handover_id": at.first("sozial.handover").id, "role": "household"},
    "sozial.handover.decline": lambda at: {"handover_id": at.first("sozial.handover").id, "reason": "nicht zuständig"},
    "sozial.case.transfer": lambda at: {
        "company_id": at.company_id, "from_user_id": at.env.ref("base.user_admin").id, "to_user_id": at.env.ref("base.user_root").id,
        "asked_by_id": at.env.ref("base.user_admin").id, "reason": "workload",
    },
    "sozial.case.transfer.ask": lambda at: {"case_ids": []},
    "sozial.opinion.question": lambda at: {
        "opinion_id": at.around(at.first("sozial.case")).make("sozial.second.opinion").id,
        "company_id": at.company_id, "until": "2099-01-01",
        "asked_by_id": at.env.ref("base.user_root").id, "colleague_id": at.env.ref("base.user_admin").id, "question": "x", "summary": "x",
    },
    "sozial.standin": lambda at: {
        "company_id": at.company_id, "user_id": at.env.ref("base.user_admin").id, "standin_id": at.env.ref("base.user_root").id,
        "date_from": "2099-01-01", "date_until": "2099-01-02",
    },
    "sozial.standin.ask": lambda at: {"case_ids": []},
    "sozial.quarter.overview": lambda at: {},
    "sozial.figure.request": lambda at: {
        "measure": "sozial.case.fact:opened", "rows": "type_id", "year": "2025",
    },
    # of the inbox
    "sozial.handover": lambda at: {
        "topic_id": at.first("sozial.topic").id, "summary": "Bitte melden.", "tenant_knows": "yes",
        "partner_id": at.person.id, "company_id": at.company_id,
    },
    # of everybody
    "sozial.language": lambda at: {"name": at.number(), "code": _code(at)},
    "sozial.topic": lambda at: {"name": at.number()},
    "sozial.target.group": lambda at: {"name": at.number()},
    "sozial.case.type": lambda at: {"name": at.number(), "code": _code(at)},
    "sozial.life.area": lambda at: {
        "name": at.number(), "code": _code(at), **{f"anchor_{level}": f"So ist es auf {level}" for level in range(1, 6)},
    },
    "sozial.home.item": lambda at: {"name": at.number()},
    "sozial.home.funding": lambda at: {"name": at.number(), "source": "x", "valid_from": "2025-01-01"},
    "sozial.offer.category": lambda at: {"name": at.number()},
    "sozial.budget.category": lambda at: {"name": at.number(), "kind": "income"},
    "sozial.benefit": lambda at: {"name": at.number(), "code": _code(at)},
    "sozial.benefit.document": lambda at: {"benefit_id": at.first("sozial.benefit").id, "name": at.number()},
    "sozial.letter.template": lambda at: {"name": at.number(), "code": _code(at)},
    "sozial.letter.text": lambda at: {
        "template_id": at.make("sozial.letter.template").id, "language_id": at.make("sozial.language").id, "subject": "x", "body": "x",
    },
    "sozial.deadline.event": lambda at: {"name": at.number()},
    "sozial.deadline.rule": lambda at: {"event_id": at.first("sozial.deadline.event").id, "name": at.number(), "days": 1},
    "sozial.case.template.step": lambda at: {"type_id": at.first("sozial.case.type").id, "name": at.number()},
    "sozial.consent.text": lambda at: {"kind": "photo", "language_id": at.first("sozial.language").id, "body": TEXT},
    "sozial.consent.purpose": lambda at: {"name": at.number(), "code": _code(at)},
    "sozial.consent.category": lambda at: {"name": at.number(), "code": _code(at)},
    "sozial.callback.attempt": lambda at: {"sender": at.number(), "at": fields.Datetime.now()},
}  # fmt: skip

# Written by the system alone.
BY_SQL = {"sozial.access.log"}

# Changed and deleted by their authors only: tried with a row of whoever tries.
BY_AUTHOR = {
    "sozial.contact", "sozial.assessment", "sozial.assessment.line",
    "sozial.mediation", "sozial.mediation.party", "sozial.mediation.signature", "sozial.mediation.note",
}  # fmt: skip

KINDS_OF_GRANT = {
    "team": lambda: {"kind": "co"},
    "stand-in": lambda: {"kind": "standin", "valid_until": _tomorrow()},
    "emergency": lambda: {"kind": "emergency", "valid_until": fields.Datetime.now() + timedelta(hours=3)},
    "revoked": lambda: {"kind": "co", "revoked_at": fields.Datetime.now()},
    "expired": lambda: {"kind": "co", "valid_until": fields.Datetime.now() - timedelta(minutes=1)},
    "future": lambda: {"kind": "co", "valid_from": _tomorrow()},
    "locked out": lambda: {"kind": "co"},
    "other company": lambda: {"kind": "co"},
}
