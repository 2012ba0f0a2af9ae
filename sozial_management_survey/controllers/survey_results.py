import io

import xlsxwriter
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.sozial_management.controllers.figure_release import SHEET
from odoo.addons.sozial_management.models.figure.release import NOT_SHOWN


class SozialSurveyResults(http.Controller):
    """The published tables of a survey as a file. What is hidden there is hidden here."""

    @http.route("/sozial/umfrage/ergebnis/<int:outreach_id>.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def survey_results(self, outreach_id):
        """:raise NotFound: for a survey without results, and for one that the user may not read"""
        results = request.env["sozial.survey.result"]
        found = results.has_access("read") and results.search([("outreach_id", "=", outreach_id)], limit=None)
        if not found:
            raise NotFound()
        return request.make_response(
            self._survey_sheet(found),
            [
                ("Content-Type", SHEET), ("X-Content-Type-Options", "nosniff"),
                ("Content-Disposition", content_disposition(f"{found[0].outreach_id.name.replace('/', '-')}.xlsx")),
            ],
        )  # fmt: skip

    def _survey_sheet(self, results):
        """All tables below each other; texts are never taken for formulas."""
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
            sheet, bold, right = book.add_worksheet(), book.add_format({"bold": True}), book.add_format({"align": "right"})
            for line, (kind, row) in enumerate(self._survey_lines(results)):
                for column, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(line, column, cell)
                    else:
                        text = NOT_SHOWN if cell is None else cell
                        sheet.write_string(line, column, text, bold if kind == "head" else right if cell is None else None)
            sheet.set_column(0, 0, 34)
            sheet.set_column(1, 40, 16)
        return out.getvalue()

    def _survey_lines(self, results):
        """("head" or "row", cells) from top to bottom."""
        yield "head", [results[0].outreach_id.name]
        for result in results:
            yield "row", []
            yield "head", [result.name]
            if result.cells:
                yield "head", ["", *result.cells["heads"]]
                yield from (("row", [label, *values]) for label, values in result.cells["body"])
            yield from (("row", [text]) for text in result.texts or [])
        yield "row", []
        yield "row", [results[0]._legend()]
