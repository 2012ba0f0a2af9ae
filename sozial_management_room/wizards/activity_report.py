import base64
import io
from dataclasses import dataclass

import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, formatLang

from odoo.addons.sozial_management.models.figure.release import NOT_SHOWN, NothingCountedError
from odoo.addons.sozial_management.models.figure.source import PERIOD
from odoo.addons.sozial_management.wizards.figure_request import PARTS

SOURCE = "sozial.activity.fact"
YEARS = 10


@dataclass(frozen=True)
class Part:
    """One table of the report: a measure of the visits, by what, and how its numbers are written."""

    measure: str
    rows: str
    scale: int = 1
    digits: int = 0


PARTS_OF_REPORT = (
    Part("visits", "quarter_id"),
    Part("visits", "activity_id"),
    Part("visits", "age_group"),
    Part("visits", "paid"),
    Part("volunteer_minutes", "quarter_id", scale=60, digits=1),
    Part("cost", "quarter_id", scale=100, digits=2),  # an activity is paid to one leader: its cost would never be shown
    Part("visits", "joint"),
)


class SozialActivityReport(models.TransientModel):
    """What a funder gets of a centre and a period, beside the year before: one PDF and one spreadsheet.

    Every table in it is published as all figures are (`sozial.figure.release`): small figures are hidden
    jointly with everything published before. Printing and downloading only read what was published.
    """

    _name = "sozial.activity.report"
    _description = "Report to a funder"

    centre = fields.Selection("_selection_centre", "Centre", help="Empty: all centres of the company together.")
    year = fields.Selection("_selection_year", required=True, default=lambda self: self._default_year())
    quarter = fields.Selection(PARTS, "Part of the year", help="Leave it empty for the whole year.")
    funder = fields.Char(help="Stands on the first page: for whom the report is, and the file number.")
    company_id = fields.Many2one("res.company", "Company", required=True, readonly=True, default=lambda self: self.env.company)
    pending = fields.Char("Not locked yet", compute="_compute_pending")
    published = fields.Boolean(compute="_compute_result")
    result = fields.Html(compute="_compute_result", sanitize=False)
    sheet = fields.Binary("Spreadsheet", compute="_compute_sheet")

    @api.model
    def _default_year(self):
        return str(self.env["sozial.figure.release"]._latest_year())

    @api.model
    def _selection_centre(self):
        """Names of the centres of the own company: who has figures only reads no centre itself."""
        centres = self.env["sozial.centre"].sudo().search_fetch([("company_id", "=", self.env.company.id)], ["name"], limit=200)
        return [(str(centre.id), centre.name) for centre in centres]

    @api.model
    def _selection_year(self):
        today = fields.Date.context_today(self)
        return [(str(year), str(year)) for year in range(today.year, today.year - YEARS, -1)]

    @api.depends("year", "quarter", "centre")
    def _compute_display_name(self):
        for report in self:
            place, period = report._place(), report._period()
            report.display_name = self.env._("Report to the funder: %(centre)s, %(period)s", centre=place, period=period)

    @api.depends("centre", "year", "quarter")
    def _compute_pending(self):
        """Which centres still count, said before their numbers are published."""
        for report in self:
            known = report.centre in (False, *dict(report._selection_centre())) and report.year in dict(report._selection_year())
            # an unsaved form may name any company: the names of its centres are for its own people
            report.pending = known and report.company_id == self.env.company and self.env[SOURCE]._figure_pending(
                self.env.company,
                *self.env["sozial.figure.release"]._period(int(report.year), report.quarter),
                report.centre and ("centre_id", int(report.centre)),
            )

    @api.depends("centre", "year", "quarter")
    def _compute_result(self):
        for report in self:
            tables = report._tables() if report.year else []
            report.published = any(table["release"] for table in tables)
            report.result = report.published and self.env["ir.qweb"]._render(
                "sozial_management_room.activity_report_tables", {"tables": tables, "report": report}
            )

    @api.depends("centre", "year", "quarter", "funder")
    def _compute_sheet(self):
        for report in self:
            report.sheet = report.published and base64.b64encode(report._xlsx())

    def _place(self):
        return dict(self._selection_centre()).get(self.centre) or self.env._("All centres")

    def _period(self):
        return self.year and self.env["sozial.figure.source"]._figure_period_label(int(self.year), self.quarter)

    @api.constrains("centre", "year")
    def _check_choices(self):
        """Choices that are found at run time are not checked by the field itself."""
        for report in self:
            for name, choices in (("centre", report._selection_centre()), ("year", report._selection_year())):
                if report[name] and report[name] not in dict(choices):
                    label = report._fields[name]._description_string(self.env)
                    raise ValidationError(self.env._("%s: choose one from the list.", label))

    # -- publishing ----------------------------------------------------------------------------------------------

    def action_publish(self):
        """Publish the tables of the period and of the year before, or find those published earlier.

        :raise UserError: when the period is not over, or nothing was counted in it
        """
        self.ensure_one()
        self.check_access("write")
        if self.company_id != self.env.company:
            raise UserError(self.env._("Company: choose %s at the top right and open the report again.", self.company_id.name))
        releases = self.env["sozial.figure.release"]
        releases.check_access("read")
        counted = False
        for year in (int(self.year) - 1, int(self.year)):
            for part in PARTS_OF_REPORT:
                try:
                    releases._publish(*self._request(part, year))
                except NothingCountedError:  # that part stays empty and says so
                    continue
                counted = counted or year == int(self.year)
        if not counted:
            raise UserError(
                self.env._(
                    "%(centre)s, %(period)s: nobody was counted in this period. Choose another one, or enter the attendance first.",
                    centre=self._place(), period=self._period(),
                )
            )  # fmt: skip
        self.invalidate_recordset(["published", "result", "sheet"])
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "views": [(False, "form")]}

    def _request(self, part, year):
        """Arguments of `_publish` and `_published` for a table of the report."""
        one_quarter = self.quarter and "-" not in self.quarter
        columns = False if one_quarter else PERIOD
        return SOURCE, part.measure, part.rows, columns, year, self.quarter, self.centre and ["centre_id", int(self.centre)]

    # -- what is shown -------------------------------------------------------------------------------------------

    def _tables(self):
        """The published tables as the screen, the PDF and the spreadsheet show them; reads only.

        A value is a number in the unit of the title, `None` where hidden, and empty text where there is none.
        """
        self.ensure_one()
        releases = self.env["sozial.figure.release"].with_company(self.company_id)
        return [
            self._table_of(
                part,
                releases._published(*self._request(part, int(self.year))),
                releases._published(*self._request(part, int(self.year) - 1)),
            )
            for part in PARTS_OF_REPORT
        ]

    def _table_of(self, part, now, before):
        now.check_access("read")
        before.check_access("read")
        former = {self._key(row): row["values"][-1] for row in before.cells["body"]} if before else {}
        year = self.env["sozial.figure.source"]._figure_period_label(int(self.year) - 1, self.quarter)
        # a plain list would be headed by the measure, in another unit
        heads = now and (now.cells["heads"] if now.cells["columns"] else [self._period()])
        return {
            "title": self._titles()[f"{part.measure} {part.rows}"],
            "digits": part.digits,
            "release": now,
            "dropped": now.dropped,
            "heads": [*heads, year, self.env._("Change to the year before")] if now else [],
            "corner": now.cells["rows"] if now else "",
            "lines": [self._line(part, row, former, bool(before)) for row in now.cells["body"]] if now else [],
        }

    def _key(self, row):
        return row.get("key") or row["label"]

    def _line(self, part, row, former, compared):
        """A row with the year before and the change. A change is told only between two shown figures."""
        values = [self._scaled(part, value) for value in row["values"]]
        # a category that is in no table of the year before: nobody was counted there
        before = self._scaled(part, former.get(self._key(row), "")) if compared else ""
        last = values[-1]
        change = None if last is None or before is None else "" if "" in (last, before) else last - before
        return {"label": row["label"], "values": [*values, before, change]}

    def _scaled(self, part, value):
        return value if value is None or value == "" else value / part.scale

    def _titles(self):
        return {
            "visits quarter_id": self.env._("Participation by Quartier (visits)"),
            "visits activity_id": self.env._("Participation by activity (visits)"),
            "visits age_group": self.env._("Participation by age group (visits)"),
            "visits paid": self.env._("Free and paid use (visits)"),
            "visits joint": self.env._("Joint sessions with partners (visits)"),
            "volunteer_minutes quarter_id": self.env._("Hours of volunteers"),
            "cost quarter_id": self.env._("Cost per participant and visit (%s)", self.company_id.currency_id.symbol),
        }

    def _text(self, value, digits=0):
        """A value as people read it."""
        if value is None:
            return NOT_SHOWN
        return "–" if value == "" else formatLang(self.env, value, digits=digits)

    def _legend(self):
        return self.env._(
            "%s not shown: so few people stand behind it that somebody could be recognised, or it would give away such a figure. "
            "– nothing to show. A visit is one person at one session; who comes again is counted again. Cost is shown where at least "
            "three people were paid, none of them nearly all.",
            NOT_SHOWN,
        )

    def _imprint(self):
        day = format_date(self.env, min(table["release"].published_at for table in self._tables() if table["release"]))
        return self.env._("%(company)s, published on %(day)s", company=self.company_id.name, day=day)

    # -- files ---------------------------------------------------------------------------------------------------

    def _require_published(self):
        if not self.published:
            raise UserError(self.env._("Report: publish the figures first."))

    def action_print(self):
        """The PDF."""
        self.ensure_one()
        self._require_published()
        return self.env.ref("sozial_management_room.report_activity_report").report_action(self)

    def action_xlsx(self):
        """The spreadsheet."""
        self.ensure_one()
        self._require_published()
        name = f"{self.display_name.replace('/', '-')}.xlsx"
        url = f"/web/content?model={self._name}&id={self.id}&field=sheet&filename={name}&download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _xlsx(self):
        """One sheet: head, then table below table. Hidden figures are hidden here too, and no formula computes them back."""
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
            page = book.add_worksheet()
            bold, right = book.add_format({"bold": True}), book.add_format({"align": "right"})
            numbers = {digits: book.add_format({"num_format": form, "align": "right"}) for digits, form in FORMS.items()}
            for line, row in enumerate(self._sheet_rows()):
                for column, cell in enumerate(row["cells"]):
                    if isinstance(cell, str) and (cell or not column):
                        page.write_string(line, column, cell, bold if row["bold"] else None)
                    elif cell is None or cell == "":
                        page.write_string(line, column, self._text(cell), right)
                    else:
                        page.write_number(line, column, cell, numbers[row["digits"]])
            page.set_column(0, 0, 38)
            page.set_column(1, 12, 14)
        return out.getvalue()

    def _sheet_rows(self):
        def row(cells, bold=False, digits=0):
            return {"cells": cells, "bold": bold, "digits": digits}

        yield row([self.display_name], bold=True)
        yield from (row([text]) for text in (self.funder, self._imprint(), self._legend()) if text)
        for table in self._tables():
            yield row([""])
            yield row([table["title"]], bold=True)
            if not table["release"]:
                yield row([self.env._("Nothing was counted.")])
                continue
            yield row([table["corner"], *table["heads"]], bold=True)
            yield from (row([line["label"], *line["values"]], digits=table["digits"]) for line in table["lines"])


FORMS = {0: "#,##0", 1: "#,##0.0", 2: "#,##0.00"}
