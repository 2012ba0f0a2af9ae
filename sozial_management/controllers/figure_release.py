import csv
import io

import xlsxwriter
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FigureRelease(http.Controller):
    """A published table as a file. What is hidden there is hidden here."""

    @http.route("/sozial/kennzahlen/<int:release_id>.<string:kind>", type="http", auth="user", methods=["GET"], readonly=True)
    def figure_file(self, release_id, kind):
        """:raise NotFound: for another kind of file, and for a table that the user may not read"""
        release = request.env["sozial.figure.release"].browse(release_id)
        if kind not in ("xlsx", "csv") or not release.has_access("read") or not release.exists():
            raise NotFound()
        content, mime = (self._xlsx(release), SHEET) if kind == "xlsx" else (self._csv(release), "text/csv; charset=utf-8")
        name = f"{release.name.replace('/', '-')}.{kind}"
        return request.make_response(
            content,
            [("Content-Type", mime), ("Content-Disposition", content_disposition(name)), ("X-Content-Type-Options", "nosniff")],
        )

    def _csv(self, release):
        """With semicolons and a byte order mark, as German spreadsheets expect."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        for row in release._lines():
            writer.writerow([self._plain(release._text(cell) if not isinstance(cell, str) else cell) for cell in row])
        return out.getvalue().encode("utf-8-sig")

    def _plain(self, text):
        """A label that a spreadsheet would take for a formula gets a quote in front."""
        return f"'{text}" if text.startswith(FORMULA) else text

    def _xlsx(self, release):
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
            sheet = book.add_worksheet()
            forms = {"share": "0 %", "average": "#,##0.0"}
            number = book.add_format({"num_format": forms.get(release.shows, "#,##0"), "align": "right"})
            right, bold = book.add_format({"align": "right"}), book.add_format({"bold": True})
            for line, row in enumerate(release._lines()):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(line, column, cell or "–", bold if line in (0, 4) else None)
                    elif cell is None:
                        sheet.write_string(line, column, release._text(cell), right)
                    else:
                        sheet.write_number(line, column, cell, number)
            sheet.set_column(0, 0, 34)
            sheet.set_column(1, 40, 16)
        return out.getvalue()
