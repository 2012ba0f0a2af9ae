from dataclasses import asdict
from datetime import date
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ...statute import precheck
from ...statute.tables import OutsideValidity
from ..money import euro, exact
from ..stock.quarter import ROMAN
from .check_person import member_of
from .wording import BENEFIT_NAMES, REASONS, STEPS, VERDICTS

SHOWN_FIRST = {"likely": 0, "unclear": 1, "unlikely": 2}


class SozialBenefitInputs(models.AbstractModel):
    """A pre-check while somebody looks at it: a household and its rent above, what is likely below.

    Needs `person_ids`. Never says that somebody is entitled: likely, unclear or unlikely.
    """

    _name = "sozial.benefit.inputs"
    _description = "Pre-check of benefits"

    date = fields.Date("As of", required=True, default=fields.Date.context_today, help="The rules of this day are applied.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", compute_sudo=True)
    mietenstufe = fields.Selection(
        [(str(level), roman) for level, roman in enumerate(ROMAN, 1)],
        "Rent level (Mietenstufe)", help="Of the municipality, I to VII; taken from the quarter.",
    )  # fmt: skip
    rent_cold = fields.Monetary("Rent without heating", help="Net rent and utilities a month (Bruttokaltmiete).")
    rent_heating = fields.Monetary("Heating", help="Advance payment a month for heating and hot water.")
    recognised_rent = fields.Monetary(
        "Rent the job centre recognises",
        help="With heating, if it is known; leave it empty otherwise. A higher rent makes the outcome unclear.",
    )
    result = fields.Json("Outcome (data)", compute="_compute_result")
    outcome_html = fields.Html("Outcome", compute="_compute_outcome_html", sanitize=False)
    whatif_input = fields.Selection(
        [
            ("wages", "Wages before deductions and paid out"),
            ("pension", "Pension"),
            ("other", "Other income"),
            ("rent_cold", "Rent without heating"),
            ("rent_heating", "Heating"),
            ("child", "One more child of this age"),
        ],
        "What if", store=False,
        help="Try one change: before and after stand side by side, nothing is changed above.",
    )  # fmt: skip
    whatif_role = fields.Selection([("self", "Who asks"), ("partner", "Husband, wife, partner")], "Of whom", store=False, default="self")
    whatif_amount = fields.Float("would be", digits=(16, 2), store=False)
    whatif_html = fields.Html("Before and after", compute="_compute_whatif_html", sanitize=False)

    def _compute_currency_id(self):
        for check in self:
            check.currency_id = self.env.company.currency_id

    # computing ----------------------------------------------------------------------------

    def _as_input(self):
        """All inputs as data: what the outcome is computed from, now and later."""
        self.ensure_one()
        return {
            "date": fields.Date.to_string(self.date),
            "mietenstufe": int(self.mietenstufe) if self.mietenstufe else None,
            "rent_cold": str(exact(self.rent_cold)),
            "rent_heating": str(exact(self.rent_heating)),
            "recognised_rent": str(exact(self.recognised_rent)) if self.recognised_rent else None,
            "persons": [person._as_input() for person in self.person_ids.sorted("sequence")],
        }

    @api.model
    def _outcome_of(self, inputs):
        """The outcome of these inputs by the rules of their day.

        :return: data by benefit, amounts as text; `problem` instead if nothing can be computed
        """
        members = tuple(member_of(values) for values in inputs["persons"])
        recognised = inputs["recognised_rent"]
        situation = precheck.Situation(
            members, Decimal(inputs["rent_cold"]), Decimal(inputs["rent_heating"]), inputs["mietenstufe"],
            None if recognised is None else Decimal(recognised),
        )  # fmt: skip
        try:
            found = precheck.check(situation, date.fromisoformat(inputs["date"]))
        except OutsideValidity:
            return {"problem": "outside"}
        return {name: _plain(one) for name, one in found.items()}

    def _problems(self):
        """What is missing or cannot be, as sentences."""
        self.ensure_one()
        _ = self.env._
        roles = self.person_ids.mapped("role")
        problems = []
        if not self.date:
            problems.append(_("As of: enter a day."))
        if roles.count("self") != 1:
            problems.append(_("Household: exactly one person is »Who asks«."))
        if roles.count("partner") > 1:
            problems.append(_("Household: there is one husband, wife or partner at most."))
        for name in ("rent_cold", "rent_heating", "recognised_rent"):
            if self[name] < 0:
                problems.append(_("%s: this cannot be negative.", self._fields[name]._description_string(self.env)))
        return problems + [problem for person in self.person_ids for problem in person._problems()]

    @api.depends(lambda self: self._input_fields())
    def _compute_result(self):
        for check in self:
            check.result = None if check._problems() else check._outcome_of(check._as_input())

    @api.model
    def _input_fields(self):
        """Names of everything the outcome depends on."""
        person = self.env["sozial.benefit.person"]
        own = ("date", "mietenstufe", "rent_cold", "rent_heating", "recognised_rent")
        asked = [name for name in person._fields if name not in {*models.MAGIC_COLUMNS, "display_name", "currency_id", "id"}]
        return (*own, *(f"person_ids.{name}" for name in asked))

    # showing ------------------------------------------------------------------------------

    @api.depends("result")
    @api.depends_context("lang", "tz")
    def _compute_outcome_html(self):
        for check in self:
            check.outcome_html = check._outcome_page()

    def _outcome_page(self):
        problems = self._problems()
        if problems or not self.result:
            return self._render("benefit_problems", problems=problems or [self.env._("Enter the household and the rent.")])
        if "problem" in self.result:
            return self._render("benefit_problems", problems=[self._outside_message()])
        return self._render("benefit_outcome", cards=self._cards(self.result), **self._month_saver(self.result))

    def _outside_message(self):
        return self.env._(
            "As of: the software does not know the amounts of the law for %s yet. Choose another day; "
            "old amounts are never used for a new time.", format_date(self.env, self.date)
        )  # fmt: skip

    def _render(self, template, **values):
        return self.env["ir.qweb"]._render(f"sozial_management.{template}", values)

    def _cards(self, result):
        """What the page shows of each benefit, the likely ones first."""
        names = sorted(result, key=lambda name: SHOWN_FIRST[result[name]["verdict"]])
        return [self._card(name, result[name]) for name in names]

    def _card(self, name, found):
        return {
            "code": name,
            "title": self._say(BENEFIT_NAMES, name),
            "verdict": found["verdict"],
            "label": self._say(VERDICTS, found["verdict"]),
            "band": self._band(found),
            "reasons": [self._say(REASONS, reason) for reason in found["reasons"]],
            "steps": [
                {"label": self._say(STEPS, code), "value": formatLang(self.env, float(Decimal(value)), digits=2), "source": source}
                for code, value, source in found["steps"]
            ],
            "version": found["version"],
        }

    def _say(self, words, code):
        """A code in the reader's words."""
        return self.env._(words[code]) if code in words else code

    def _band(self, found):
        """»about 271 € a month«, or between two amounts; nothing if there is none."""
        low, high = Decimal(found["low"]), Decimal(found["high"])
        if not high:
            return ""
        shown = {"low": euro(self.env, low, whole=True), "high": euro(self.env, high, whole=True)}
        if low == high:
            return self.env._("about %(high)s a month", **shown)
        return self.env._("between %(low)s and %(high)s a month", **shown)

    @api.model
    def _kept_by_application(self):
        """Codes of the benefits that are paid from the month of the application on."""
        return set(self.env["sozial.benefit"].search_fetch([("from_month_of_application", "=", True)], ["code"]).mapped("code"))

    def _month_saver(self, result):
        """What an application next month would lose: the benefits are paid from the month of the application on."""
        today = fields.Date.context_today(self)
        last = fields.Date.end_of(today, "month")
        kept = self._kept_by_application()
        lost = {name: Decimal(found["high"]) for name, found in result.items() if name in kept and found["verdict"] != "unlikely"}
        # Wohngeld and Kinderzuschlag go together, Grundsicherung stands alone
        together = lost.get(precheck.WOHNGELD, 0) + lost.get(precheck.KINDERZUSCHLAG, 0)
        amount = max(together, lost.get(precheck.GRUNDSICHERUNG, 0))
        if not amount:
            return {"saver": False}
        return {
            "saver": self.env._(
                "Apply by %(day)s: the benefits are paid from the month of the application on. "
                "An application next month would lose %(amount)s. An informal letter today is enough, the forms may follow.",
                day=format_date(self.env, last),
                amount=euro(self.env, amount, whole=True),
            )
        }

    # what if ------------------------------------------------------------------------------

    @api.depends("result", "whatif_input", "whatif_role", "whatif_amount")
    @api.depends_context("lang", "tz")
    def _compute_whatif_html(self):
        for check in self:
            check.whatif_html = check._whatif_page() if check.whatif_input and check.result else False

    def _whatif_page(self):
        if "problem" in self.result:
            return False
        changed = self._whatif_inputs()
        if not changed:
            return self._render("benefit_problems", problems=[self.env._("Of whom: this person is not in the household.")])
        after = self._outcome_of(changed)
        if "problem" in after:
            return False
        rows = [{"before": one, "after": self._card(one["code"], after[one["code"]])} for one in self._cards(self.result)]
        return self._render("benefit_whatif", rows=rows)

    def _whatif_inputs(self):
        """The inputs with the one change; nothing if there is nobody to change."""
        inputs, amount = self._as_input(), max(exact(self.whatif_amount), Decimal(0))
        if self.whatif_input in ("rent_cold", "rent_heating"):
            return {**inputs, self.whatif_input: str(amount)}
        if self.whatif_input == "child":
            new = self.env["sozial.benefit.check.person"].new({"role": "child", "age": int(min(amount, 24)), "can_work": False})
            return {**inputs, "persons": [*inputs["persons"], new._as_input()]}
        return self._whatif_person(inputs, str(amount))

    def _whatif_person(self, inputs, amount):
        person = next((one for one in inputs["persons"] if one["role"] == (self.whatif_role or "self")), None)
        if person is None:
            return None
        change = {"pension": {"pension": amount, "pays_health": True}, "other": {"other": amount}}.get(self.whatif_input)
        if self.whatif_input == "wages":
            before = Decimal(person["wages_gross"])
            share = Decimal(person["wages_net"]) / before if before else Decimal("0.79")
            net = str((Decimal(amount) * share).quantize(Decimal("0.01")))
            pays = {"pays_tax": True, "pays_health": True, "pays_pension": True}
            change = {"wages_gross": amount, "wages_net": net, **pays}
        changed = {**person, **change}
        return {**inputs, "persons": [changed if one is person else one for one in inputs["persons"]]}


def _plain(found):
    """An outcome as data that can be stored and compared."""
    values = asdict(found)
    return {
        "verdict": values["verdict"],
        "low": str(values["low"]),
        "high": str(values["high"]),
        "reasons": list(values["reasons"]),
        "steps": [[step.code, str(step.value), step.source] for step in found.steps],
        "version": values["version"],
    }
