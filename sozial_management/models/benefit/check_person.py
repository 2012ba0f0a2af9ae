from decimal import Decimal

from odoo import api, fields, models

from ...statute import precheck
from ...statute.tables import OutsideValidity, table_on
from ..money import exact

MONEY = ("wages_gross", "wages_net", "minijob", "pension", "replacement", "maintenance", "other", "kindergeld", "work_costs", "assets")
FLAGS = (
    "pays_tax", "pays_health", "pays_pension", "severely_disabled", "walking_disability", "pregnant", "can_work", "transfer",
    "persecuted", "training",
)  # fmt: skip
FULL_AGE, PENSION_AGE, CHILD_UNTIL, OLDEST = 18, 67, 25, 120


class SozialBenefitPerson(models.AbstractModel):
    """What a pre-check asks about one person: age, incomes by kind, and what changes the computation."""

    _name = "sozial.benefit.person"
    _description = "Person of a pre-check"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    role = fields.Selection(
        [
            ("self", "Who asks"),
            ("partner", "Husband, wife, partner"),
            ("child", "Child under 25"),
            ("other", "Somebody else in the dwelling"),
        ],
        "Who", required=True, default="self",
        help="Somebody else: an adult with a household of one's own, such as a grown-up child over 25 or a flatmate.",
    )  # fmt: skip
    age = fields.Integer(required=True, aggregator=None)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", compute_sudo=True)
    wages_gross = fields.Monetary("Wages before deductions", help="A month, as on the payslip: gross.")
    wages_net = fields.Monetary(
        "Wages paid out", help="A month, as it comes to the account: net.",
        compute="_compute_wages_net", store=True, precompute=True, readonly=False,
    )  # fmt: skip
    minijob = fields.Monetary("Minijob", help="A month, for which the employer alone pays the tax.")
    pension = fields.Monetary("Pension before deductions", help="A month: the whole pension before health and care insurance.")
    replacement = fields.Monetary(
        "Unemployment, sick or parental pay", help="Paid instead of wages: Arbeitslosengeld I, Krankengeld, Elterngeld."
    )
    maintenance = fields.Monetary("Maintenance received", help="From a parent or a former partner, or Unterhaltsvorschuss.")
    other = fields.Monetary("Other income", help="For example rent received or interest, a month.")
    kindergeld = fields.Monetary(
        "Child benefit (Kindergeld)", compute="_compute_kindergeld", store=True, precompute=True, readonly=False,
        help="Proposed for children; enter 0 if none is paid.",
    )  # fmt: skip
    work_costs = fields.Monetary("Costs of the work a year", help="Only if proven and more than 1,230 euros: ways to work, union, tools.")
    assets = fields.Monetary("Savings and assets", help="Altogether: accounts, securities, a second car. Roughly is enough.")
    pays_tax = fields.Boolean("Pays income tax", compute="_compute_pays", store=True, precompute=True, readonly=False)
    pays_health = fields.Boolean("Pays health and care insurance", compute="_compute_pays", store=True, precompute=True, readonly=False)
    pays_pension = fields.Boolean("Pays into the pension insurance", compute="_compute_pays", store=True, precompute=True, readonly=False)
    severely_disabled = fields.Boolean(
        "Severely disabled (100, or in need of care)",
        help="Degree of disability 100, or less with care at home: § 17 no. 1 WoGG.",
    )
    persecuted = fields.Boolean(
        "Victim of Nazi persecution", help="Or equal to one by the Federal Compensation Act (BEG): § 17 no. 2 WoGG leaves 750 euros a year."
    )
    walking_disability = fields.Boolean("Mark G in the disability card")
    pregnant = fields.Boolean("Pregnant from the 13th week on")
    can_work = fields.Boolean(
        "Able to work three hours a day", compute="_compute_can_work", store=True, precompute=True, readonly=False,
        help="Decides between Bürgergeld and Grundsicherung of the social office.",
    )  # fmt: skip
    transfer = fields.Boolean(
        "Gets Bürgergeld or Grundsicherung now", help="Or another benefit that already pays for the dwelling: no Wohngeld beside it."
    )
    training = fields.Boolean(
        "Could get BAföG or other support for training",
        help="BAföG, Berufsausbildungsbeihilfe or Ausbildungsgeld, even if the amount were nil; not if it were a loan only. "
        "If all members could, there is no Wohngeld: § 20 (2) WoGG.",
    )
    grundrente_years = fields.Integer(
        "Years of insurance", aggregator=None, help="Grundrentenzeiten by the pension notice; 33 years or more leave an allowance."
    )

    def _compute_currency_id(self):
        for person in self:
            person.currency_id = self.env.company.currency_id

    @api.depends("wages_gross")
    def _compute_wages_net(self):
        for person in self:
            if not person.wages_gross:
                person.wages_net = 0
            elif not person.wages_net:
                person.wages_net = person.wages_net

    @api.depends("role")
    def _compute_kindergeld(self):
        try:
            amount = float(table_on("kindergeld", fields.Date.context_today(self)).values["amount"])
        except OutsideValidity:
            amount = 0  # to be entered by hand until the amount of the year is known
        for person in self:
            person.kindergeld = amount if person.role == "child" else 0

    @api.depends("wages_gross", "pension")
    def _compute_pays(self):
        for person in self:
            wages = bool(person.wages_gross)
            person.pays_tax = person.pays_pension = wages
            person.pays_health = wages or bool(person.pension)

    @api.depends("age", "role")
    def _compute_can_work(self):
        for person in self:
            person.can_work = FULL_AGE <= person.age < PENSION_AGE

    def _problems(self):
        """What has to be entered or corrected first, as sentences that name the field."""
        self.ensure_one()
        _, who = self.env._, self._called()
        problems = []
        if not 0 <= self.age <= OLDEST or (self.role != "child" and self.age < FULL_AGE - 3):
            problems.append(_("%s: enter the age.", who))
        if self.role == "child" and self.age >= CHILD_UNTIL:
            problems.append(_("%s: from 25 on it is »Somebody else in the dwelling«.", who))
        if self.wages_net > self.wages_gross:
            problems.append(_("%s: the wages paid out are more than the wages before deductions.", who))
        if self.wages_gross and not self.wages_net:
            problems.append(_("%s: enter the wages paid out, too.", who))
        problems += [
            _("%(who)s: %(field)s cannot be negative.", who=who, field=self._fields[name]._description_string(self.env))
            for name in (*MONEY, "grundrente_years")
            if self[name] < 0
        ]
        return problems

    def _called(self):
        """How the person is called in messages, without a name."""
        return dict(self._fields["role"]._description_selection(self.env)).get(self.role) or self.env._("Person")

    def _as_input(self):
        """Everything the rules ask for, as it is stored beside the result."""
        return {
            "role": self.role,
            "age": self.age,
            "grundrente_years": self.grundrente_years,
            **{name: str(exact(self[name])) for name in MONEY},
            **{name: bool(self[name]) for name in FLAGS},
        }


def member_of(values):
    """The person of the pure rules from what `_as_input` gave."""
    return precheck.Member(**{name: Decimal(value) if name in MONEY else value for name, value in values.items()})
