"""Plain words for what the rules answer with codes."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

BENEFIT_NAMES = {
    "wohngeld": _lt("Wohngeld"),
    "grundsicherung": _lt("Basic income support (Bürgergeld or Grundsicherung)"),
    "kinderzuschlag": _lt("Child supplement (Kinderzuschlag)"),
}
VERDICTS = {"likely": _lt("likely"), "unclear": _lt("unclear"), "unlikely": _lt("unlikely")}
REASONS = {
    "income_covers_need": _lt("The income covers what the law counts as need."),
    "income_too_high": _lt("The income is too high for this rent, or less than 10 euros would come out."),
    "close_to_limit": _lt("It is close to the limit: small differences decide."),
    "assets": _lt("The savings are above the amount at which the authority looks closer."),
    "age_limit": _lt("Close to pension age: the exact date decides which authority it is."),
    "two_laws": _lt("One of the two can work, the other cannot: two laws play together, let an adviser look at it."),
    "rent_above_recognised": _lt("The rent is above what the authority recognises."),
    "no_children": _lt("It is for families with children for whom Kindergeld is paid."),
    "below_minimum_income": _lt(
        "The parents earn less than the least amount: 900 euros gross a month for couples, 600 for single parents."
    ),
    "rather_grundsicherung": _lt("Basic income support brings more, and only one of both is paid."),
    "rather_wohngeld": _lt("Wohngeld (with the child supplement) is enough and comes first; only one of both is paid."),
    "compare_both": _lt("Only one of Wohngeld and basic income support is paid: let both be looked at before deciding."),
    "small_gap": _lt("A gap of at most 100 euros to the need remains: the family may choose."),
    "wohngeld_unknown": _lt("It depends on the Wohngeld."),
    "transfer": _lt("A benefit that already pays for the dwelling is received: it shuts this one out."),
    "training": _lt("All members could get BAföG or other support for training: then there is no Wohngeld."),
    "training_others": _lt(
        "Who asks could get support for training, others in the dwelling could not: it depends on whether they are one household."
    ),
    "training_basic": _lt("Who could get support for training is often shut out from Bürgergeld: let an adviser look at it."),
    "received_already": _lt("It is received already; ask whether the amount is still right."),
    "mietenstufe_unknown": _lt("The rent level of the municipality is missing. It stands on the quarter."),
    "part_of_household": _lt("Some people in the dwelling do not count: the authority divides the rent."),
    "several_households": _lt("Several households live together: the rent was divided by heads."),
}
STEPS = {
    # Wohngeld: incomes of a year
    "year_wages": _lt("Wages a year"),
    "year_minijob": _lt("Minijob a year"),
    "year_pension": _lt("Pension a year"),
    "year_other": _lt("Other income a year"),
    "year_wage_costs": _lt("less costs of the work (at least 1,230 euros)"),
    "year_pension_costs": _lt("less the lump sum for pensions"),
    "year_pays_tax": _lt("less 10 % because of income tax"),
    "year_pays_health": _lt("less 10 % because of health and care insurance"),
    "year_pays_pension": _lt("less 10 % because of pension insurance"),
    "year_severely_disabled": _lt("less the allowance for severe disability"),
    "year_persecuted": _lt("less the allowance for victims of Nazi persecution"),
    "year_working_child": _lt("less what the child earns itself (up to 1,200 euros)"),
    "year_grundrente": _lt("less the allowance for long insurance"),
    "year_single_parent": _lt("less the allowance for single parents"),
    "year_yearly_income": _lt("Income that counts, a year"),
    "monthly_income": _lt("Income that counts, a month"),
    "members": _lt("People in the household"),
    "members_training": _lt("of them could get support for training"),
    "rent": _lt("Rent without heating"),
    "ceiling": _lt("Highest rent that counts here"),
    "heating": _lt("plus lump sum for heating"),
    "rent_considered": _lt("Rent that is computed with"),
    "income_considered": _lt("Income that is computed with"),
    "unrounded": _lt("By the formula of the law"),
    "amount": _lt("Wohngeld a month"),
    "under_least_amount": _lt("Less than this is not paid"),
    # need and income
    "need_single": _lt("Need for living: one adult"),
    "need_couple": _lt("Need for living: two adults"),
    "need_pregnant": _lt("plus for pregnancy"),
    "need_walking": _lt("plus for mark G"),
    "need_single_parent": _lt("plus for single parents"),
    "need_child": _lt("Need for living: child"),
    "child_supplement": _lt("plus immediate supplement for the child"),
    "housing": _lt("Rent with heating"),
    "need": _lt("Need altogether"),
    "wages_net": _lt("Wages paid out"),
    "wages_allowance": _lt("less what stays of the wages"),
    "pension": _lt("Pension"),
    "grundrente_allowance": _lt("less the allowance for long insurance"),
    "other_income": _lt("Other income and Kindergeld"),
    "insurance": _lt("less 30 euros for insurance"),
    "income": _lt("Income that counts"),
    "need_of_parents": _lt("Need of the parents"),
    "child_amount": _lt("Highest amount for a child"),
    "supplement": _lt("Child supplement a month"),
    "still_missing": _lt("What would still be missing"),
}
