from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .proposal import OPEN

# How long before a case is due it is proposed: time to object.
NOTICE = relativedelta(days=30)
BATCH = 200


class SozialRetentionProposal(models.Model):
    """Making proposals: every night, in batches, safe to repeat after a crash."""

    _inherit = "sozial.retention.proposal"

    @api.model
    def _cron_propose(self):
        """Propose what is due, and tidy up among the open proposals."""
        self = self.sudo()
        today = fields.Date.context_today(self)
        for company in self.env["res.company"].search([], limit=None):
            here = self.with_company(company).with_context(allowed_company_ids=company.ids)
            here._wake(company, today)
            if not here._commit_batch(0):
                return
            for rule, domain in here._case_domains(company, today):
                while cases := self.env["sozial.case"].sudo().search(domain, order="id", limit=BATCH):
                    here._propose_cases(cases, rule)
                    if not here._commit_batch(len(cases), more=len(cases) == BATCH):
                        return
            here._propose_rows(company, today)
            if not here._commit_batch(0):
                return

    def _commit_batch(self, number, more=False):
        """Keep a batch for good. Gives the seconds that are left."""
        left = self.env["ir.cron"]._commit_progress(number, remaining=int(more))
        self.env.invalidate_all()
        return left

    @api.model
    def _case_domains(self, company, today):
        """Pairs of rule and domain of the cases it makes due, without those proposed already."""
        effective = self.env["sozial.retention.rule"]._effective(company)
        own_kinds = [kind for kind in effective if kind]
        proposed = self._search([("state", "in", OPEN), ("case_ref", ">", 0)])
        for kind, rule in effective.items():
            if rule:
                kinds = Domain("type_id", "=", kind) if kind else Domain("type_id", "not in", own_kinds)
                yield rule, kinds & self._due_case_domain(company, rule, today + NOTICE) & Domain(
                    "id", "not in", proposed.subselect("case_ref")
                )

    @api.model
    def _due_case_domain(self, company, rule, day):
        """Ended cases of a company that `rule` makes due on `day`. The case before a running one
        stays: it tells what was tried already."""
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "in", ("closed", "declined"))
            & Domain("closed_on", "<", rule._ended_before(day))
            & Domain("successor_ids", "not any", [("is_active", "=", True)])
        )

    @api.model
    def _propose_cases(self, cases, rule):
        self.create(
            [
                {
                    "name": case.name,
                    "company_id": case.company_id.id,
                    "rule_id": rule.id,
                    "subject": "case",
                    "action": rule.action,
                    "case_type_id": case.type_id.id,
                    "ended_on": case.closed_on,
                    "due_on": rule._due_on(case.closed_on),
                    "case_ref": case.id,
                    **case._hold_values(),
                }
                for case in cases
            ]
        )

    @api.model
    def _propose_asked(self, case, ground, action, user):
        """Propose a case whose person asked for it, due at once. Callers have checked who may."""
        self.create(
            {
                "name": case.name,
                "company_id": case.company_id.id,
                "subject": "case",
                "action": action,
                "case_type_id": case.type_id.id,
                "ended_on": case.closed_on,
                "due_on": fields.Date.context_today(self),
                "case_ref": case.id,
                "ground": ground,
                "asked_by_id": user.id,
                "asked_on": fields.Date.context_today(self),
            }
        )

    @api.model
    def _propose_rows(self, company, today):
        """One proposal for each rule that is about no case and has something due."""
        rules = self.env["sozial.retention.rule"].search(
            [("subject", "!=", "case"), ("company_id", "in", (False, company.id))], limit=100
        )
        own = set(rules.filtered("company_id").mapped("subject"))
        rules = rules.filtered(lambda rule: rule.company_id or rule.subject not in own)
        open_rules = self.search([("company_id", "=", company.id), ("rule_id", "in", rules.ids), ("state", "in", OPEN)], limit=100).rule_id
        for rule in rules - open_rules:
            number = len(rule._due_rows(company, today))
            if number:
                self.create(
                    {
                        "company_id": company.id,
                        "rule_id": rule.id,
                        "subject": rule.subject,
                        "action": rule.action,
                        "due_on": today,
                        "number": number,
                    }
                )

    @api.model
    def _wake(self, company, today):
        """Postponed ones whose day has come are to decide again; what is no longer due is settled,
        unless a person asked for it."""
        mine = Domain("company_id", "=", company.id)
        self.search(mine & Domain("state", "=", "postponed") & Domain("postponed_until", "<=", today), limit=None).write(
            {"state": "proposed"}
        )
        still_due = Domain.FALSE
        effective = self.env["sozial.retention.rule"]._effective(company)
        for kind, rule in effective.items():
            if rule:
                kinds = Domain("type_id", "=", kind) if kind else Domain("type_id", "not in", [one for one in effective if one])
                still_due |= kinds & self._due_case_domain(company, rule, today + NOTICE)
        due = self.env["sozial.case"]._search(still_due)
        by_rule = mine & Domain("state", "in", OPEN) & Domain("ground", "=", False)
        gone = by_rule & Domain("case_ref", ">", 0) & Domain("case_ref", "not in", due.subselect("id"))
        archived = by_rule & Domain("rule_id.active", "=", False)
        self.search(gone | archived, limit=None)._write_settled()

    def _write_settled(self):
        self.write({"state": "obsolete", "case_ref": False})


class SozialCase(models.Model):
    _inherit = "sozial.case"

    def _hold_values(self):
        """How a legal hold shows on the proposal of a case: its review, not its reason."""
        hold = self.hold_ids.filtered(lambda one: not one.lifted_at)[:1]
        return {"state": "held", "hold_review_on": hold.review_on} if hold else {"state": "proposed", "hold_review_on": False}

    def _hold_changed(self):
        """A hold that is set, moved or lifted shows on an open proposal at once."""
        result = super()._hold_changed()
        proposals = self.env["sozial.retention.proposal"].sudo()
        for case in self:
            values = case._hold_values()
            found = proposals.search([("case_ref", "=", case.id), ("state", "in", OPEN)], limit=1)
            if found.state == "held" or values["state"] == "held":
                found.write(values)
        return result
