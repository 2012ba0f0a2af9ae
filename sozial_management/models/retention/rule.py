from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

SUBJECTS = [
    ("case", "Cases"),
    ("handover", "Hand-overs that were dealt with"),
    ("callback", "Call-back requests that were dealt with"),
    ("emergency", "Reviewed emergency access"),
    ("signal", "Ended signals to rent collection"),
]
ACTIONS = [("anonymise", "Anonymise"), ("delete", "Delete")]
# Here nothing is worth keeping without the person.
DELETE_ONLY = ("signal",)


class SozialRetentionRule(models.Model):
    """How long something is kept, and what becomes of it then.

    There is no statutory period for advice files; the company decides. For a case the most
    particular rule counts: of its company and kind, of its company, of its kind, of all.
    """

    _name = "sozial.retention.rule"
    _description = "Retention rule"
    _order = "subject, case_type_id, company_id, id"

    subject = fields.Selection(SUBJECTS, "What", required=True, default="case")
    case_type_id = fields.Many2one(
        "sozial.case.type", "Kind of case", index=True, ondelete="restrict", help="Empty: all kinds without a rule of their own."
    )
    company_id = fields.Many2one("res.company", "Company", index=True, help="Empty: all companies without a rule of their own.")
    months = fields.Integer("Keep for months", required=True, default=36)
    counted_from = fields.Selection(
        [("year_end", "The end of the year"), ("event", "The day itself")],
        "Counted from",
        required=True,
        default="year_end",
        help="From when the months count: the end of the year in which the case was closed (or the matter settled), or that day.",
    )
    action = fields.Selection(
        ACTIONS,
        "What happens",
        required=True,
        default="anonymise",
        help="Anonymise: kind, dates, quarter, outcome and minutes stay for the figures, the person goes. Delete: nothing stays.",
    )
    legal_basis = fields.Text("Legal basis", translate=True, help="Why this long. Stands in the record of erasures too.")
    active = fields.Boolean(default=True)

    _months_positive = models.Constraint("CHECK (months BETWEEN 1 AND 1200)", "Keep for months: enter a number between 1 and 1200.")
    _kind_of_cases_only = models.Constraint(
        "CHECK (case_type_id IS NULL OR subject = 'case')", "Kind of case: only rules for cases have one."
    )
    _once = models.UniqueIndex(
        "(subject, (COALESCE(case_type_id, 0)), (COALESCE(company_id, 0))) WHERE active",
        "There is a rule for this already. Change that one, or archive it.",
    )

    @api.constrains("subject", "action")
    def _check_action(self):
        for rule in self:
            if rule.subject in DELETE_ONLY and rule.action != "delete":
                raise ValidationError(self.env._("What happens: ended signals are deleted; without the tenancy they say nothing."))

    @api.depends("subject", "case_type_id", "company_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        subjects = dict(self._fields["subject"]._description_selection(self.env))
        for rule in self:
            parts = (subjects.get(rule.subject), rule.case_type_id.name, rule.company_id.name)
            rule.display_name = " · ".join(part for part in parts if part)

    @api.model
    def _for_case(self, case):
        """The rule that counts for a case."""
        effective = self._effective(case.company_id)
        return effective.get(case.type_id.id) or effective[False]

    @api.model
    def _effective(self, company):
        """Rules for cases that count in a company, by id of the kind; `False` for all other kinds."""
        found = self.search([("subject", "=", "case"), ("company_id", "in", (False, company.id))], limit=1000)
        general = found.filtered(lambda rule: not rule.case_type_id)
        own = general.filtered("company_id")
        by_kind = {rule.case_type_id.id: rule for rule in found.sorted(lambda rule: bool(rule.company_id)) if rule.case_type_id}
        if own:
            # what a company says for all its cases goes before what all companies say for a kind
            by_kind = {kind: rule for kind, rule in by_kind.items() if rule.company_id}
        return {**by_kind, False: own or general}

    def _due_on(self, day):
        """First day on which something that ended on `day` is no longer kept."""
        self.ensure_one()
        start = day.replace(month=1, day=1) + relativedelta(years=1) if self.counted_from == "year_end" else day
        return start + relativedelta(months=self.months)

    def _ended_before(self, today):
        """What ended before this day is due on `today`: the reverse of :meth:`_due_on`."""
        self.ensure_one()
        start = today - relativedelta(months=self.months)
        if self.counted_from == "year_end":
            return start.replace(month=1, day=1)
        day = start + relativedelta(days=1)
        while self._due_on(day) <= today:  # the last days of a long month are due on the last one of a short month
            day += relativedelta(days=1)
        return day
