import logging
import secrets
from datetime import date

from odoo import api, fields, models

from ...suppression import suppress
from .case import age_group
from .fact import AGE_GROUPS
from .measure import SHARE, Measure
from .release import POLICY

_logger = logging.getLogger(__name__)

OLD = 65
YOUNG = 18
TRENDS = ("no_german", "moved_in", "moved_out", "alone_old", "arrears", "children")
# let when the year began
BEGUN = (("moved_in", "=", "no"),)


class SozialQuarterFact(models.Model):
    """A dwelling that was let on the last day of a year, or when it began and no longer then, for the trends of a Quartier.

    Comes from the master data of the tenancies alone: no case, note or consent is looked at. Knows neither tenancy
    nor dwelling nor person. All facts of a year are written at once and shuffled, when the first table of the year is
    published or by the nightly counting in January.
    """

    _name = "sozial.quarter.fact"
    _description = "Let dwelling at the end of a year, for figures"
    _inherit = "sozial.figure.source"
    _log_access = False
    _rec_name = "german"
    _order = "id"
    _check_company_auto = True
    _figure_person = "contributor"

    company_id = fields.Many2one("res.company", "Company", required=True, index=True)
    month = fields.Date(required=True, help="The first of December of the year on whose last day it was let, or in which it was left.")
    contributor = fields.Char("Person behind it", required=True, help="Drawn by lot for the tenant, new every year.")
    quarter_id = fields.Many2one("sozial.quarter", "Quarter", ondelete="restrict", check_company=True)
    age_group = fields.Selection(AGE_GROUPS, "Age")
    german = fields.Selection([("yes", "German"), ("no", "Other languages only")], "Languages of the tenant")
    moved_in = fields.Selection([("yes", "Moved in during the year"), ("no", "Lived here before")], "Start of the tenancy")
    moved_out = fields.Selection(
        [("yes", "Moved out during the year"), ("no", "Still here")], "End of the tenancy", required=True, default="no",
        help="Of who left during the year nothing else is kept.",
    )  # fmt: skip
    alone_old = fields.Selection([("yes", "Alone, 65 or older"), ("no", "Others")], "Living alone in age")
    arrears = fields.Selection([("yes", "A month of rent or more"), ("no", "Less or none")], "Rent owed")
    children = fields.Selection([("yes", "With children"), ("no", "Without children")], "Household")

    _month_is_december = models.Constraint(
        "CHECK (EXTRACT(DAY FROM month) = 1 AND EXTRACT(MONTH FROM month) = 12)",
        "Month: dwellings are counted at the end of a year, the fact names its December.",
    )
    _figures = models.Index("(company_id, month)")

    _left_empty = models.Constraint(
        "CHECK (moved_out = 'no' OR (moved_in = 'no' AND age_group IS NULL AND german IS NULL AND alone_old IS NULL"
        " AND arrears IS NULL AND children IS NULL))",
        "End of the tenancy: of who left during the year only the Quartier is kept.",
    )

    @api.model
    def _figure_measures(self):
        _ = self.env._
        let = {"about": "let", "domain": (("moved_out", "=", "no"),)}
        share = {"dimensions": ("quarter_id",), "shows": SHARE, **let}
        return {
            "let": Measure(_("Let dwellings at the end of the year"), dimensions=("quarter_id", "age_group"), **let),
            "no_german": Measure(_("Migration: tenants with other languages than German only (share)"), part=("german", "no"), **share),
            "moved_in": Measure(_("Migration: tenancies that began in the year (share)"), part=("moved_in", "yes"), **share),
            "moved_out": Measure(
                _("Migration: tenancies that ended in the year (share)"), part=("moved_out", "yes"), **{**share, "domain": BEGUN}
            ),
            "alone_old": Measure(_("Loneliness in age: alone and 65 or older (share)"), part=("alone_old", "yes"), **share),
            "arrears": Measure(_("Income: a month of rent or more owed (share)"), part=("arrears", "yes"), **share),
            "children": Measure(_("Demography: households with children (share)"), part=("children", "yes"), **share),
        }

    @api.model
    def _trend_notes(self):
        """For each trend one sentence: where it comes from, and what it does not say."""
        _ = self.env._
        return {
            "no_german": _(
                "From the languages noted for the tenant; it tells neither citizenship nor origin, and where none is noted German may "
                "be missing or not."
            ),
            "moved_in": _("From the start of the tenancies that ran on the last day; who came from where it does not tell."),
            "moved_out": _(
                "From the end of the tenancies that ran when the year began; it does not tell why and where to. Whoever moves from one of "
                "our dwellings to another leaves and comes."
            ),
            "alone_old": _("From the list of the household and the date of birth; who lives alone is not therefore lonely."),
            "arrears": _(
                "From rent owed as counted from December to January; it does not tell what a household earns, and an older or missing "
                "count is »not stated«."
            ),
            "children": _("From dates of birth in the list of the household; children who are not listed are not counted."),
        }  # fmt: skip

    @api.model
    def _figure_known(self, company, start, end):
        """Readers know from the year before how many dwellings were let when this year began.

        With them and with those let at its end, who came would give away who left.
        """
        begun = Measure("", about="let", domain=BEGUN, dimensions=("quarter_id",))
        table, _labels = self._figure_table(begun, ["quarter_id"], company, start, end)
        return [suppress(table, policy=POLICY).release] if table.facts else []

    @api.model
    def _figure_update(self, company, start, end, only=None):
        if end == date(start.year + 1, 1, 1):
            self._count(company, start.year)

    @api.model
    def _cron_count(self):
        """In January count the year that is over: rent owed is not known for the past later on."""
        releases = self.env["sozial.figure.release"]
        year = releases._latest_year()
        today = fields.Date.context_today(self)
        if (today.year, today.month) != (year + 1, 1):
            return
        companies = self.env["res.company"].search([], limit=None)
        for number, company in enumerate(companies, 1):
            try:
                with self.env.cr.savepoint():
                    releases._one_at_a_time(company)
                    self._count(company, year)
            except Exception:
                _logger.exception("Let dwellings of company %s: not counted, the next ones go on.", company.id)
            self.env["ir.cron"]._commit_progress(1, remaining=len(companies) - number)

    @api.model
    def _count(self, company, year):
        """Write the facts of a company and year, once. The caller holds the company's counter."""
        month = date(year, 12, 1)
        if self.sudo().search_count([("company_id", "=", company.id), ("month", "=", month)], limit=1):
            return
        last, before = date(year, 12, 31), date(year - 1, 12, 31)
        tenancies = self.env["sozial.tenancy"].sudo().search(
            [("company_id", "=", company.id), ("date_start", "<=", last), "|", ("date_end", "=", False), ("date_end", ">=", before)],
            limit=None,
        )  # fmt: skip
        let = tenancies.filtered(lambda one: not one.date_end or one.date_end >= last)
        left = (tenancies - let).filtered(lambda one: one.date_start <= before)
        lots = {tenant: secrets.token_hex(8) for tenant in tenancies.partner_id}
        told = [*((one, one._figure_let(last)) for one in let), *((one, one._figure_left()) for one in left)]
        values = [{**facts, "month": month, "contributor": lots[one.partner_id]} for one, facts in told]
        secrets.SystemRandom().shuffle(values)
        self.sudo().create(values)


class SozialTenancy(models.Model):
    """A tenancy as the figures see it. See `sozial.quarter.fact`."""

    _inherit = "sozial.tenancy"

    def _figure_let(self, last):
        """What is told about this tenancy on the last day of a year. What is not known stays empty."""
        people = self._living_on(last) or self.partner_id
        born = self.partner_id.birth_date
        old = bool(born) and fields.Date.add(born, years=OLD) <= last
        alone = len(people) == 1
        languages = self.partner_id.language_ids.mapped("code")
        counted = self.arrears_date and date(last.year, 12, 1) <= self.arrears_date < date(last.year + 1, 2, 1)
        return {
            "company_id": self.company_id.id,
            "quarter_id": self.quarter_id.id,
            "age_group": born and age_group(born, last),
            "german": _yes("de" in languages) if languages else False,
            "moved_in": _yes(self.date_start.year == last.year),
            "alone_old": _yes(alone and old) if born or not alone else False,
            "arrears": _yes(self.arrears_months >= 1) if counted else False,
            "children": _children(people.mapped("birth_date"), last),
        }


    def _figure_left(self):
        """Of a tenancy that ended during a year."""
        return {"company_id": self.company_id.id, "quarter_id": self.quarter_id.id, "moved_in": "no", "moved_out": "yes"}


def _yes(true):
    return "yes" if true else "no"


def _children(births, last):
    """Whether somebody is under age; unknown when that hangs on a missing date of birth."""
    if any(born and born <= last < fields.Date.add(born, years=YOUNG) for born in births):
        return "yes"
    return "no" if all(births) else False
