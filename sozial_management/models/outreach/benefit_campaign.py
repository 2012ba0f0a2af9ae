import hashlib
import hmac
from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...statute import worthwhile
from ...statute.tables import OutsideValidity
from ...suppression import TOTAL, Dimension, Fact, Release, Table
from ..money import exact

EVERYBODY = "everybody"


class SozialOutreach(models.Model):
    """A benefit campaign after rents or heating costs rose: all are invited, the numbers say where it is worth the effort.

    For whom a check is worthwhile is counted and forgotten: only numbers by building stay, hidden as all figures are.
    """

    _inherit = "sozial.outreach"

    occasion = fields.Selection(
        [("rent", "Rents rose"), ("heating", "Heating costs rose"), ("law", "The law changed"), ("other", "Other")], default="rent"
    )
    occasion_on = fields.Date("Since")
    hints = fields.Json(readonly=True, copy=False)
    # Which of the counted stood behind which number: keyed hashes, for the campaigns that follow.
    hints_ledger = fields.Json("Behind the numbers", readonly=True, copy=False, groups=fields.NO_ACCESS)
    hinted_on = fields.Date("Counted on", readonly=True, copy=False)
    hint_table = fields.Html("Where checks are worthwhile", compute="_compute_hint_table")
    came = fields.Integer("Came", copy=False, help="How many came to the consultation hours. A number, no names.")
    checks = fields.Integer("Checked", copy=False, help="How many pre-checks were made with those who came.")
    applications = fields.Integer(copy=False, help="How many of them led to an application.")

    _answers = models.Constraint(
        "CHECK (COALESCE(came, 0) >= 0 AND COALESCE(checks, 0) >= 0 AND COALESCE(applications, 0) >= 0)",
        "Came, checked, applications: zero or more.",
    )

    @api.depends("hints")
    def _compute_hint_table(self):
        _ = self.env._
        row = Markup("<tr><td>%s</td><td class='text-end'>%s</td></tr>")
        for one in self:
            if not one.hints:
                one.hint_table = False
                continue
            body = Markup("").join(row % (name, number) for name, number in one.hints["rows"])
            body += Markup("<tr><th>%s</th><th class='text-end'>%s</th></tr>") % (_("In all"), one.hints["total"])
            one.hint_table = Markup("<table class='table table-sm'>%s</table>") % body

    def action_begin(self):
        """The rows as for every kind; for benefit checks the numbers by building, once."""
        super().action_begin()
        if self.kind == "benefit_check" and not self.hints:
            self._count_hints()
        return True

    def _count_hints(self):
        """Count by building for how many tenancies a check is worthwhile. Kept are numbers that tell of nobody.

        :raise UserError: without a rent level, or for a day whose table is not known
        """
        quarter = self.quarter_id
        if not quarter.mietenstufe:
            raise UserError(self.env._("Rent level: enter the Mietenstufe of %s first; it stands on the quarter.", quarter.name))
        releases = self.env["sozial.figure.release"].sudo()
        releases._one_at_a_time(self.company_id)
        try:
            facts = self._facts(int(quarter.mietenstufe), self.date)
        except OutsideValidity:
            raise UserError(self.env._("From: no Wohngeld table is known for this day. Choose a day of this year.")) from None
        buildings = self._buildings()
        hints, ledger = {"rows": [[building.name, "0"] for building in buildings], "total": "0"}, False
        if facts:
            table = Table((Dimension.flat("building", [str(number) for number in buildings.ids]),), facts)
            shown = releases._protect(table, self._ledgers())
            hints = {"rows": [[building.name, shown.text(str(building.id))] for building in buildings], "total": shown.text(TOTAL)}
            ledger = shown.release.to_json()
        self.sudo()._write_guarded({"hints": hints, "hints_ledger": ledger, "hinted_on": fields.Date.context_today(self)})

    def _ledgers(self):
        """What campaigns told before: two of them side by side must not tell more than each alone."""
        others = self.sudo().search([("company_id", "=", self.company_id.id), ("hinted_on", "!=", False)], order="id", limit=None)
        return [Release.from_json(other.hints_ledger) for other in others - self if other.hints_ledger]

    def _facts(self, level, on):
        """A fact for each tenancy for which a check is worthwhile.

        Where it is all of a building, the number would tell it of everybody: they stand as one person, and one is hidden.
        """
        facts = []
        for building, (found, running) in self._worthwhile(level, on).items():
            whole = EVERYBODY if len(found) == running else None
            facts += [Fact(self._key(tenancy), (str(building.id),), whole) for tenancy in found]
        return tuple(sorted(facts, key=lambda fact: fact.key))

    def _key(self, tenancy):
        """The same in every campaign, and nothing that anybody could turn back."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
        return hmac.new(secret.encode(), f"benefit campaign {tenancy.id}".encode(), hashlib.sha256).hexdigest()[:24]

    def _worthwhile(self, level, on):
        """By building the tenancies for which a check is worthwhile, and the number of all; read in few queries."""
        tenancies = self.env["sozial.tenancy"].search_fetch(
            [("building_id", "in", self._buildings().ids), ("state", "=", "running")],
            ["building_id", "partner_id", "rent_net", "rent_utilities"], limit=None,
        )  # fmt: skip
        occupants = self.env["sozial.tenancy.occupant"].search_fetch(
            [("tenancy_id", "in", tenancies.ids), "|", ("date_end", "=", False), ("date_end", ">=", on)], ["tenancy_id", "partner_id"],
            limit=None,
        )  # fmt: skip
        households = defaultdict(lambda: self.env["res.partner"].browse())
        for occupant in occupants:
            households[occupant.tenancy_id.id] |= occupant.partner_id
        # at once: the households below are put together person by person, and each would be read alone
        (tenancies.partner_id | occupants.partner_id).fetch(["birth_date"])
        thresholds = self.company_id.sudo()._benefit_thresholds()
        found = {building: ([], len(group)) for building, group in tenancies.grouped("building_id").items()}
        for tenancy in tenancies:
            persons = households[tenancy.id] | tenancy.partner_id
            ages = tuple(_age(person.birth_date, on) for person in persons if person.birth_date)
            rent = exact(tenancy.rent_net) + exact(tenancy.rent_utilities)
            if worthwhile.worthwhile(len(persons), level, rent, ages, on, thresholds).amount:
                found[tenancy.building_id][0].append(tenancy)
        return found


def _age(born, on):
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
