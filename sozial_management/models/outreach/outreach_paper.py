from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

ROWS_OF_A_SHEET = 10  # what fits; left to itself the printing engine breaks a row in two
# More is no way for one day, and a print-out nobody waits for.
MOST_BUILDINGS = 40


class SozialOutreach(models.Model):
    """The way through the buildings on paper, where there is no phone or no network."""

    _inherit = "sozial.outreach"

    def action_paper_list(self):
        """Print the dwellings, whole buildings in the order of the bells.

        :raise UserError: see `sozial.outreach.visit._paper_rows`
        """
        self.ensure_one()
        self.check_access("read")
        return self.env["sozial.outreach.visit"]._action_paper_list([("outreach_id", "=", self.id)])


class SozialOutreachVisit(models.Model):
    """Rows of a paper list. Always whole buildings: a choice of dwellings would tell whom it is about."""

    _inherit = "sozial.outreach.visit"

    def action_paper_list(self):
        """Print the buildings of the chosen rows; of all that are listed if none is chosen."""
        shown = Domain("outreach_id.state", "=", "running") & Domain(self.env.context.get("active_domain") or Domain.TRUE)
        return self._action_paper_list(Domain("id", "in", self.ids) if self else shown)

    def _action_paper_list(self, domain):
        rows = self._paper_rows(domain)
        return self.env.ref("sozial_management.report_outreach_paper").report_action(rows.ids)

    def _paper_rows(self, domain):
        """The first row of each building of an outreach: it stands for the whole building.

        :raise UserError: if there is none, if answers are not noted at dwellings, or if it is too much for a day
        """
        groups = self._read_group(domain, ["outreach_id", "building_id"], ["id:min"], limit=MOST_BUILDINGS + 1)
        if not groups:
            raise UserError(self.env._("There is nothing to print: the outreach has no dwellings yet. Begin it first."))
        if len(groups) > MOST_BUILDINGS:
            raise UserError(
                self.env._(
                    "More than %s buildings are too much for one list. Filter the dwellings by building, then print.",
                    MOST_BUILDINGS,
                )
            )
        for outreach in {outreach for outreach, _building, _first in groups}:
            if outreach.kind in outreach._anonymous_kinds():
                raise UserError(self.env._("%s: who answered is not noted at a dwelling, so there is no list to tick.", outreach.name))
        return self.browse(first for _outreach, _building, first in groups)

    def _paper_pages(self):
        """(outreach, building, number of its rows, rows of this sheet) for the building of each of these rows, in the order of the bells.

        :raise UserError: see `_paper_rows`
        """
        firsts = self._paper_rows([("id", "in", self.ids)])
        whole = Domain.OR(
            Domain("outreach_id", "=", first.outreach_id.id) & Domain("building_id", "=", first.building_id.id) for first in firsts
        )
        rows = self.search(whole, limit=None)
        pages = rows.grouped(lambda row: (row.building_id, row.outreach_id))
        return [
            (outreach, building, len(some), some[first : first + ROWS_OF_A_SHEET])
            for (building, outreach), some in pages.items()
            for first in range(0, len(some), ROWS_OF_A_SHEET)
        ]
