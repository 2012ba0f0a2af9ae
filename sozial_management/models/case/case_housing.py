from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import formatLang

from ...matching import Need, Vacant, propose

MOST = 2000


class SozialCase(models.Model):
    """What a housing seeker looks for, and the vacant dwellings that fit."""

    _inherit = "sozial.case"

    seeks_housing = fields.Boolean(related="type_id.seeks_housing", related_sudo=False)
    need_rooms_min = fields.Float("Rooms from", digits=(4, 1), copy=False)
    need_rooms_max = fields.Float("Rooms up to", digits=(4, 1), copy=False, help="For example what the job centre accepts.")
    need_rent_max = fields.Float("Rent up to", digits=(10, 2), copy=False, help="Gross rent with heating a month.")
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
        """Vacant dwellings of the company that fit, the best first, each with its proposal.

        Vacant: no tenancy runs, and none is to begin.
        """
        self.ensure_one()
        taken = Domain("tenancy_ids", "any", [("date_end", "=", False)]) | Domain("tenancy_ids", "any", [("date_end", ">=", "today")])
        domain = Domain("company_id", "=", self.company_id.id) & ~taken
        dwellings = self.env["sozial.dwelling"].search(domain, limit=MOST)
        need = self._need()
        found = [(dwelling, propose(need, dwelling._as_vacant())) for dwelling in dwellings]
        fitting = [(dwelling, proposal) for dwelling, proposal in found if proposal]
        return sorted(fitting, key=lambda pair: (-pair[1].score, pair[0].rent_asked or 0, pair[0].id))

    def action_fitting_dwellings(self):
        """Show the vacant dwellings that fit, each with the reason why.

        Says nothing on the dwellings themselves: that somebody looked is logged with the case only.
        """
        self.ensure_one()
        self.check_access("read")
        self._log_opening()
        fitting = self._fitting_dwellings()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_fitting_dwelling")
        ids = [dwelling.id for dwelling, _proposal in fitting]
        return {**action, "domain": [("id", "in", ids)], "context": {"sozial_seeker_case_id": self.id, "create": False}}


class SozialDwelling(models.Model):
    """Why a vacant dwelling fits a seeker, told to whoever may open the seeker's case."""

    _inherit = "sozial.dwelling"

    fit_reason = fields.Char("Why it fits", compute="_compute_fit")
    fit_question = fields.Char("To be asked", compute="_compute_fit")

    def _as_vacant(self):
        building = self.building_id
        return Vacant(
            self.id, self.rooms, self.rent_asked, self.floor, self.accessible, building.accessible, building.has_lift, self.quarter_id.id
        )

    @api.depends_context("sozial_seeker_case_id", "uid", "lang")
    def _compute_fit(self):
        case = self.env["sozial.case"].browse(self.env.context.get("sozial_seeker_case_id") or [])
        need = case._need() if case and case.has_access("read") else None
        for dwelling in self:
            proposal = propose(need, dwelling._as_vacant()) if need else None
            words = dwelling._fit_words(case) if proposal else {}
            dwelling.fit_reason = ", ".join(words[code] for code in proposal.reasons) if proposal else False
            dwelling.fit_question = ", ".join(words[f"{code}?"] for code in proposal.questions) if proposal else False

    def _fit_words(self, case):
        """Code of a reason → words; with a question mark: what is not known."""
        _ = self.env._
        rent, most = (formatLang(self.env, amount, digits=2) for amount in (self.rent_asked, case.need_rent_max))
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
