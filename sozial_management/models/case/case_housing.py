from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from ...matching import Need, Vacant, propose
from ...matching.dwellings import OPEN_QUESTION, QUARTER, RENT, ROOMS

MOST = 500
BEST_FIRST = "fit_score desc, id"


class SozialCase(models.Model):
    """What a housing seeker looks for, and the vacant dwellings that fit."""

    _inherit = "sozial.case"

    seeks_housing = fields.Boolean(related="type_id.seeks_housing", related_sudo=False)
    need_rooms_min = fields.Float("Rooms from", digits=(4, 1), copy=False)
    need_rooms_max = fields.Float("Rooms up to", digits=(4, 1), copy=False, help="For example what the job centre accepts.")
    need_rent_max = fields.Monetary("Rent up to", copy=False, help="Gross rent with heating a month.")
    need_step_free = fields.Boolean("Step-free", copy=False, help="To be reached and used without steps.")
    need_lift = fields.Boolean("Lift", copy=False, help="A lift, or the ground floor.")
    need_quarter_ids = fields.Many2many(
        "sozial.quarter", "sozial_case_need_quarter_rel", string="Wanted quarters", copy=False, check_company=True, anonymise="blank",
        help="These come first. Dwellings elsewhere are proposed, too.",
    )  # fmt: skip

    _needs_in_order = models.Constraint(
        "CHECK (COALESCE(need_rooms_min, 0) >= 0 AND COALESCE(need_rent_max, 0) >= 0 AND COALESCE(need_rooms_max, 0) >= 0 "
        "AND (COALESCE(need_rooms_max, 0) = 0 OR need_rooms_max >= COALESCE(need_rooms_min, 0)))",
        "Rooms and rent: enter amounts that are not negative, and no fewer rooms at most than at least.",
    )

    def _need(self):
        return Need(
            self.need_rooms_min, self.need_rooms_max, self.need_rent_max, self.need_step_free, self.need_lift,
            frozenset(self.need_quarter_ids.ids),
        )  # fmt: skip

    def _fitting_dwellings(self):
        """Vacant dwellings of the company that fit, the best first.

        Vacant: no tenancy runs, and none is to begin. What speaks against a dwelling is asked of the database,
        so that of many the best are kept.
        """
        self.ensure_one()
        taken = Domain("tenancy_ids", "any", [("date_end", "=", False)]) | Domain("tenancy_ids", "any", [("date_end", ">=", "today")])
        domain = Domain("company_id", "=", self.company_id.id) & ~taken & self._need_domain()
        dwellings = self.env["sozial.dwelling"].with_context(sozial_seeker_case_id=self.id)
        return dwellings.search(domain, order=BEST_FIRST, limit=MOST).with_context(self.env.context)

    def _need_domain(self):
        """Dwellings with nothing known against them: the rule of `matching.propose`; a test compares the two."""
        need = self._need()
        domain = Domain("rooms", "=", 0) | Domain("rooms", ">=", need.rooms_min)
        if need.rooms_max:
            domain &= Domain("rooms", "=", 0) | Domain("rooms", "<=", need.rooms_max)
        if need.rent_max:
            domain &= Domain("rent_asked", "=", 0) | Domain("rent_asked", "<=", need.rent_max)
        ground_or_lift = Domain("building_id.has_lift", "=", True) | Domain("floor", "=", 0)
        if need.step_free:
            domain &= Domain("accessible", "=", True) | (Domain("building_id.accessible", "=", True) & ground_or_lift)
        if need.lift:
            domain &= ground_or_lift
        return domain

    def action_fitting_dwellings(self):
        """Show the vacant dwellings that fit, each with the reason why.

        Says nothing on the dwellings themselves: that somebody looked is logged with the case only.
        """
        self.ensure_one()
        self.check_access("read")
        self._log_opening()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_fitting_dwelling")
        context = {"sozial_seeker_case_id": self.id, "create": False}
        return {**action, "domain": [("id", "in", self._fitting_dwellings().ids)], "context": context}


class SozialDwelling(models.Model):
    """Why a vacant dwelling fits a seeker, told to whoever may open the seeker's case."""

    _inherit = "sozial.dwelling"

    fit_reason = fields.Char("Why it fits", compute="_compute_fit")
    fit_question = fields.Char("To be asked", compute="_compute_fit")
    fit_score = fields.Integer("Fit", compute="_compute_fit", help="The higher, the more of the wishes are met.")

    def _as_vacant(self):
        building = self.building_id
        return Vacant(
            self.id, self.rooms, self.rent_asked, self.floor, self.accessible, building.accessible, building.has_lift, self.quarter_id.id
        )

    @api.depends_context("sozial_seeker_case_id", "uid", "lang")
    def _compute_fit(self):
        case = self._seeker_case()
        need = case._need() if case else None
        for dwelling in self:
            proposal = propose(need, dwelling._as_vacant()) if need else None
            words = dwelling._fit_words(case) if proposal else {}
            dwelling.fit_score = proposal.score if proposal else 0
            dwelling.fit_reason = ", ".join(words[code] for code in proposal.reasons) if proposal else False
            dwelling.fit_question = ", ".join(words[f"{code}?"] for code in proposal.questions) if proposal else False

    @api.model
    def _seeker_case(self):
        """The case a list was opened from, for whoever may open it; else none."""
        return self.env["sozial.case"].browse(self.env.context.get("sozial_seeker_case_id") or [])._filtered_access("read")

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort by the fit to the seeker's wishes, then by rent, unknown ones last; what all that fit have in common does not count."""
        if field_name != "fit_score":
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        case = self._seeker_case()
        if not case:
            return SQL()
        need = case._need()
        terms = [
            SQL("CASE WHEN COALESCE(%s, 0) > 0 THEN %s ELSE %s END", self._field_to_sql(alias, name, query), weight, OPEN_QUESTION)
            for name, weight, wanted in (("rooms", ROOMS, need.rooms_min or need.rooms_max), ("rent_asked", RENT, need.rent_max))
            if wanted
        ]
        if need.quarters:
            terms.append(
                SQL("CASE WHEN %s IN %s THEN %s ELSE 0 END", self._field_to_sql(alias, "quarter_id", query), tuple(need.quarters), QUARTER)
            )
        cheapest = SQL("NULLIF(%s, 0) ASC NULLS LAST", self._field_to_sql(alias, "rent_asked", query))
        return SQL("(%s) %s %s, %s", SQL(" + ").join(terms), direction, nulls, cheapest) if terms else cheapest

    def _fit_words(self, case):
        """Code of a reason → words; with a question mark: what is not known."""
        _ = self.env._
        rent, most = (formatLang(self.env, amount, currency_obj=case.currency_id) for amount in (self.rent_asked, case.need_rent_max))
        return {
            "rooms": _("%s rooms", formatLang(self.env, self.rooms, digits=1)),
            "rent": _("rent %(rent)s of at most %(most)s", rent=rent, most=most),
            "step_free": _("step-free"),
            "lift": _("lift"),
            "ground_floor": _("ground floor"),
            "quarter": _("in %s", self.quarter_id.name),
            "rooms?": _("number of rooms"),
            "rent?": _("rent"),
        }
