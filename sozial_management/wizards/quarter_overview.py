from markupsafe import Markup

from odoo import api, fields, models

from ..models.figure.quarter_fact import TRENDS
from ..models.figure.release import NothingCountedError

SOURCE = "sozial.quarter.fact"
YEARS = 5


class SozialQuarterOverview(models.TransientModel):
    """The Quartiere by the four trends: a year beside the one before, from published tables and nothing else."""

    _name = "sozial.quarter.overview"
    _description = "Quarter overview"

    year = fields.Selection("_selection_year", required=True, default=lambda self: self._selection_year()[0][0])
    overview = fields.Html("Figures", compute="_compute_overview", sanitize=False)
    complete = fields.Boolean(compute="_compute_overview")

    @api.model
    def _selection_year(self):
        latest = self.env["sozial.figure.release"]._latest_year()
        return [(str(year), str(year)) for year in range(latest, latest - YEARS, -1)]

    @api.depends("year")
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_display_name(self):
        for overview in self:
            overview.display_name = self.env._("Quarter overview %s", overview.year or "")

    @api.depends("year")
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_overview(self):
        for overview in self:
            tables = overview._tables() if overview.year else {}
            overview.complete = bool(tables) and all(tables.values())
            overview.overview = (
                self.env["ir.qweb"]._render("sozial_management.quarter_trends", {"overview": overview, "on_screen": True})
                if any(tables.values())
                else Markup("")
            )

    def _tables(self):
        """Published tables by trend and year; empty where none was published."""
        releases = self.env["sozial.figure.release"]
        releases.check_access("read")
        keys = [(code, year) for code in TRENDS for year in (int(self.year) - 1, int(self.year))]
        tables = releases._published_of([(SOURCE, code, "quarter_id", "", year, "") for code, year in keys])
        releases.union(*tables).fetch(["cells", "shows", "period"])
        return dict(zip(keys, tables, strict=True))

    def _trends(self):
        """For each trend: its name, what it says, and the tables of both years."""
        source, tables = self.env[SOURCE], self._tables()
        measures, notes = source._figure_measures(), source._trend_notes()
        return [
            {
                "code": code, "label": measures[code].label, "note": notes[code],
                "tables": [tables[code, year] for year in (int(self.year) - 1, int(self.year))],
            }
            for code in TRENDS
        ]  # fmt: skip

    def _quarters(self, trends):
        """For each Quartier that a table names, and the total: label and for each trend the figures of both years."""
        labels = {}
        for trend in trends:
            for table in trend["tables"]:
                labels.update({row["key"]: row["label"] for row in (table.cells or {}).get("body", ())})
        total = next(reversed(labels), None)
        return [
            {
                "label": labels[key],
                "lines": [{"label": one["label"], "figures": [self._figure(table, key) for table in one["tables"]]} for one in trends],
            }
            for key in [*(key for key in labels if key != total), *([total] if labels else [])]
        ]  # fmt: skip

    def _figure(self, table, key):
        """Text and length of the bar of one published figure."""
        found = [row["values"][0] for row in (table.cells or {}).get("body", ()) if row["key"] == key]
        if not found:
            return {"text": "–", "percent": 0}
        return {"text": table._text(found[0]), "percent": round(100 * (found[0] or 0))}

    def action_publish(self):
        """Publish the tables of the year and the year before that are missing, and show them.

        :raise NothingCountedError: when there is nothing for the year itself
        """
        self.ensure_one()
        self.check_access("write")
        releases = self.env["sozial.figure.release"]
        releases.check_access("read")
        year = int(self.year)
        for code in TRENDS:
            releases._publish(SOURCE, code, "quarter_id", "", year, "")
        try:
            for code in TRENDS:
                releases._publish(SOURCE, code, "quarter_id", "", year - 1, "")
        except NothingCountedError:
            pass  # the first year of a company has none before it
        return self.action_open()

    @api.model
    def action_open(self):
        """Open the overview, that of the latest year unless it is called on one."""
        overview = self or self.create({})
        return {
            "type": "ir.actions.act_window", "name": self.env._("Quarter overview"), "res_model": self._name,
            "res_id": overview.id, "views": [(False, "form")],
        }  # fmt: skip
