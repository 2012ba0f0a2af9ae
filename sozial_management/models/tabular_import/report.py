"""The report of an import as a CSV that German spreadsheets open with a double click."""

import csv
import io

BATCH = 5000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_report(run):
    """UTF-8 with byte order mark, separated by semicolons: every row that is not unchanged."""
    env = run.env
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([env._("Row"), env._("Contract number"), env._("Result"), env._("Details")])
    rows = env["sozial.import.row"]
    results = dict(rows._fields["result"]._description_selection(env))
    last = (0, 0)
    while True:
        domain = [
            ("run_id", "=", run.id),
            "|",
            ("row_number", ">", last[0]),
            "&",
            ("row_number", "=", last[0]),
            ("id", ">", last[1]),
        ]
        batch = rows.search_fetch(
            domain, ["row_number", "external_ref", "result", "details"], order="row_number, id", limit=BATCH
        )
        if not batch:
            break
        for row in batch:
            result = results[row.result]
            writer.writerow([row.row_number, _safe(row.external_ref), result, _safe(row.details)])
        last = (batch[-1].row_number, batch[-1].id)
        batch.invalidate_recordset()
    return stream.getvalue().encode("utf-8-sig")


def _safe(text):
    """No cell may start a formula: the file's values come from outside."""
    text = (text or "").replace("\n", " | ")
    return f"'{text}" if text.startswith(_FORMULA) else text
