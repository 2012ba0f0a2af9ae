from odoo import api, fields, models

from ..models.debt.debt_claim import STANDING
from ..models.money import exact


class BudgetPrint(models.AbstractModel):
    """Values of the printed household budget, in the client's language where it is installed."""

    _name = "report.sozial_management.budget_form"
    _description = "Printed household budget"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without a grant"""
        budgets = self.env["sozial.budget"].browse(docids)
        budgets.check_access("read")
        lang_of = {one.id: one.client_id.lang or self.env.lang for one in budgets}
        return {"docs": [one.with_context(lang=lang_of[one.id]) for one in budgets], "lang_of": lang_of}


class DebtLetter(models.AbstractModel):
    """What letters in the client's own name have in common."""

    _name = "report.sozial_management.debt_letter"
    _description = "Letter in the client's name"
    _of_model = None
    _listed_as = "letters"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Days from today, the language that creditors and authorities read, and what each letter says.

        :raise AccessError: without a grant
        """
        records = self.env[self._of_model].browse(docids)
        records.check_access("read")
        today = fields.Date.context_today(self)
        lang = "de_DE" if self.env["res.lang"]._get_data(code="de_DE") else self.env.lang
        return {
            "today": today,
            "in_two_weeks": fields.Date.add(today, weeks=2),
            "in_four_weeks": fields.Date.add(today, weeks=4),
            "in_eight_weeks": fields.Date.add(today, weeks=8),
            "letter_lang": lang,  # »lang« is taken by the engine of the pages
            self._listed_as: self._letters(records.with_context(lang=lang)),
        }

    def _letters(self, records):
        """Hook: the values of each letter about these records."""
        return []

    def _letter(self, claim, **values):
        """A letter from the client to the creditor of a claim."""
        case = claim.case_id
        return {
            "claim": claim, "sender": case._sender_lines(), "city": case._sender_city(), "recipient": claim._recipient(),
            "owed": case._euro(exact(claim.remaining)), **values,
        }  # fmt: skip


class StatementLetter(models.AbstractModel):
    """The request for a statement of claim."""

    _name = "report.sozial_management.debt_letter_statement"
    _description = "Letter: statement of claim"
    _inherit = "report.sozial_management.debt_letter"
    _of_model = "sozial.debt.claim"

    def _letters(self, claims):
        return [self._letter(claim) for claim in claims]


class PauseLetter(models.AbstractModel):
    """The request for a pause in payment."""

    _name = "report.sozial_management.debt_letter_pause"
    _description = "Letter: pause in payment"
    _inherit = "report.sozial_management.debt_letter_statement"


class OfferLetter(models.AbstractModel):
    """The offers of an instalment plan, one letter a creditor."""

    _name = "report.sozial_management.debt_letter_offer"
    _description = "Letters: offer of instalments"
    _inherit = "report.sozial_management.debt_letter"
    _of_model = "sozial.instalment.plan"

    def _letters(self, plans):
        return [self._offer(share) for share in plans.share_ids]

    def _offer(self, share):
        """What was open when it was offered: what the plan itself has paid since is no reason to print another amount."""
        rows = share._instalments()
        claim = share.claim_id
        since = rows.filtered(lambda row: row.paid_on and claim.as_of and row.paid_on > claim.as_of)
        owed = exact(claim.remaining) + sum((exact(row.paid) for row in since), exact(0))
        return self._letter(
            claim, share=share, rows=rows, owed=share.plan_id.case_id._euro(owed), reduced=exact(share.total) < owed
        )


class TakeoverJobcenter(models.AbstractModel):
    """The application to the Jobcenter."""

    _name = "report.sozial_management.debt_takeover_jobcenter"
    _description = "Application: rent debt, Jobcenter"
    _inherit = "report.sozial_management.debt_letter"
    _of_model = "sozial.case"
    _listed_as = "applications"
    _office = "jobcenter"

    @api.model
    def _get_report_values(self, docids, data=None):
        return {**super()._get_report_values(docids, data), "office": self._office}

    def _letters(self, cases):
        return [self._application(case) for case in cases]

    def _application(self, case):
        debt, debt_day = case._own_rent_debt()
        tenancy = case.tenancy_id
        company = case.company_id.sudo()  # the address of the authority is no secret
        jobcenter = self._office == "jobcenter"
        there = case.env
        people = tenancy._living_on(fields.Date.context_today(case)) | case.client_id
        return {
            "doc": case,
            "tenancy": tenancy,
            "home": ", ".join(case._sender_lines()[1:]),
            "household": len(people) if tenancy else False,
            "debt": case._euro(debt),
            "debt_day": debt_day,
            "dues": case.rent_due_ids.filtered("open").sorted("day"),
            "cure_day": case._cure_day(),
            "budget": case.budget_id,
            "sender": case._sender_lines(),
            "city": case._sender_city(),
            "recipient": company.sozial_jobcenter_id if jobcenter else company.sozial_social_office_id,
            "addressee": there._("To the Jobcenter in charge") if jobcenter else there._("To the social office in charge"),
        }


class TakeoverSocial(models.AbstractModel):
    """The application to the social office."""

    _name = "report.sozial_management.debt_takeover_social"
    _description = "Application: rent debt, social office"
    _inherit = "report.sozial_management.debt_takeover_jobcenter"
    _office = "social"


class DebtOverview(models.AbstractModel):
    """The debts for the client, in plain words and the own language where it is installed."""

    _name = "report.sozial_management.debt_overview"
    _description = "Overview of debts"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise AccessError: without a grant"""
        cases = self.env["sozial.case"].browse(docids)
        cases.check_access("read")
        return {"today": fields.Date.context_today(self), "docs": [self._overview(case) for case in cases]}

    def _overview(self, case):
        lang = case.client_id.lang or self.env.lang
        case = case.with_context(lang=lang)
        running = case.instalment_plan_ids.filtered(lambda plan: plan.state == "accepted")
        waiting = running.instalment_ids.filtered(lambda one: not one.is_paid).sorted("due")
        standing = case.claim_ids.filtered(lambda claim: claim.state in STANDING)
        return {"doc": case, "claims": standing, "instalments": waiting[:9], "lang": lang}
