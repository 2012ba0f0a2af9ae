from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...statute import worthwhile
from ...statute.tables import OutsideValidity
from ...suppression import HIDDEN, TOTAL, Dimension, Fact, Table, suppress
from ..money import exact


class SozialOutreach(models.Model):
    """A benefit campaign after rents or heating costs rose: all are invited, the numbers say where it is worth the effort.

    For whom a check is worthwhile is counted and forgotten: only numbers by building stay, small ones hidden.
    """

    _inherit = "sozial.outreach"

    occasion = fields.Selection(
        [("rent", "Rents rose"), ("heating", "Heating costs rose"), ("law", "The law changed"), ("other", "Other")], default="rent"
    )
    occasion_on = fields.Date("Since")
    hints = fields.Json(readonly=True, copy=False)
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
        try:
            found = self._worthwhile(int(quarter.mietenstufe), self.date)
        except OutsideValidity:
            raise UserError(self.env._("From: no Wohngeld table is known for this day. Choose a day of this year.")) from None
        names = list(dict.fromkeys(self._buildings().mapped("name")))
        facts = tuple(Fact(number, (name,)) for number, name in enumerate(found))
        hints = {"rows": [], "total": HIDDEN}
        if facts:
            shown = suppress(Table((Dimension.flat("building", names),), facts))
            hints = {"rows": [[name, shown.text(name)] for name in names], "total": shown.text(TOTAL)}
        self._write_guarded({"hints": hints, "hinted_on": fields.Date.context_today(self)})

    def _worthwhile(self, level, on):
        """The building's name once for each tenancy for which a check is worthwhile; read in few queries, in no order."""
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
        found = []
        for tenancy in tenancies:
            persons = households[tenancy.id] | tenancy.partner_id
            ages = tuple(_age(person.birth_date, on) for person in persons if person.birth_date)
            rent = exact(tenancy.rent_net) + exact(tenancy.rent_utilities)
            if worthwhile.worthwhile(len(persons), level, rent, ages, on).amount:
                found.append(tenancy.building_id.name)
        return sorted(found)


def _age(born, on):
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
