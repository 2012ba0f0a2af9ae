"""The preview of an import as a table: what the first rows say, and what is wrong."""

import time

from markupsafe import Markup

from .analysis import PHASES, Outcome
from .messages import _shown
from .overlaps import overlap_problem, refused_intervals, wanted_interval

BATCH = 1000
FIRST_ROWS, WRONG_ROWS = 10, 50

_COLUMNS = ("external_ref", "name", "dwelling_number", "street", "date_start", "date_end", "rent_net", "arrears")
_BADGES = {
    "created": "text-bg-success",
    "changed": "text-bg-info",
    "person": "text-bg-info",
    "unchanged": "text-bg-light",
    "rejected": "text-bg-danger",
}


class Preview:
    """What the rows of a file would do, as far as they can be read until ``give_up``.

    :ivar outcomes: the first rows, then rows with problems
    :ivar counts: how many rows have which result
    :ivar complete: whether the whole file was read
    :raises TabularError: the file cannot be read to its end
    """

    def __init__(self, analysis, give_up):
        self.outcomes = []
        self.counts = dict.fromkeys(("created", "changed", "unchanged", "person", "rejected"), 0)
        self.complete = True
        self._shown = {}
        self._wanted = []  # (phase, row, interval, dwelling the tenancy has now)
        for outcomes in analysis.batches(BATCH):
            for outcome in outcomes:
                self._take(outcome)
            if time.monotonic() > give_up:
                self.complete = False
                break
        self._refuse_overlaps(analysis)
        self.outcomes = [self._shown[row] for row in sorted(self._shown)]

    def _take(self, outcome):
        record, stored = outcome.record, outcome.stored
        self.counts[outcome.result] += 1
        self._show(outcome)
        if outcome.result in ("created", "changed"):
            interval = wanted_interval(record.ref, record.values, stored)
            left = stored and stored["dwelling_number"]
            self._wanted.append((PHASES[outcome.result], record.row, interval, left))

    def _show(self, outcome):
        row = outcome.record.row
        is_wrong = outcome.record.problems and len(self._shown) < FIRST_ROWS + WRONG_ROWS
        if row in self._shown or len(self._shown) < FIRST_ROWS or is_wrong:
            self._shown[row] = outcome

    def _refuse_overlaps(self, analysis):
        """Two contracts of one dwelling at a time: told now, not only while the rows are written."""
        wanted = sorted(self._wanted, key=lambda item: item[:2])
        rows = {interval.key: row for _phase, row, interval, _left in wanted}
        left = {interval.key: number for _phase, _row, interval, number in wanted if number}
        intervals = [interval for _phase, _row, interval, _left in wanted]
        refused = refused_intervals(analysis.env, analysis.company, intervals, left)
        if not refused:
            return
        results = {interval.key: "changed" if number else "created" for _p, _r, interval, number in wanted}
        problems = {}
        for ref, (interval, blocker) in refused.items():
            self.counts[results[ref]] -= 1
            self.counts["rejected"] += 1
            problems[rows[ref]] = overlap_problem(rows[ref], interval, blocker)
        told = sorted(problems)[:WRONG_ROWS]
        for record in analysis.reread(set(told) | (set(problems) & set(self._shown))):
            record.problems.append(problems[record.row])
            self._shown[record.row] = Outcome(record, "rejected", {}, None, ())


def render_preview(env, describer, outcomes, counts, *, complete=True, message="", warning=""):
    """HTML of the preview. Every value of the file is escaped."""
    if message:
        return Markup('<div class="alert alert-danger" role="alert">%s</div>') % message
    names = _result_names(env)
    summary = Markup(" ").join(
        Markup('<span class="badge rounded-pill fs-6 %s">%s: %s</span>')
        % (_BADGES[result], names[result], counts[result])
        for result in counts
        if counts[result] or result != "person"
    )
    total = sum(counts.values())
    told = (
        env._("All %s rows were checked.", total)
        if complete
        else env._("The first %s rows were checked; the rest is checked while it runs.", total)
    )
    head = Markup("").join(Markup("<th>%s</th>") % text for text in _heads(env, describer))
    body = Markup("").join(_row(describer, names, outcome) for outcome in outcomes)
    alert = Markup('<div class="alert alert-warning" role="alert">%s</div>') % warning if warning else ""
    return Markup(
        '<div class="o_sozial_import_preview">%s<p>%s<br/><span class="text-muted">%s</span></p>'
        '<div class="table-responsive"><table class="table table-sm table-hover"><thead><tr>%s</tr></thead>'
        "<tbody>%s</tbody></table></div></div>"
    ) % (alert, summary, told, head, body)


def _result_names(env):
    field = env["sozial.import.row"]._fields["result"]
    return dict(field._description_selection(env))


def _heads(env, describer):
    return [env._("Row"), env._("Result"), *(describer.labels[name] for name in _COLUMNS), env._("Hint")]


def _row(describer, names, outcome):
    record = outcome.record
    wrong = {problem.field for problem in record.problems}
    cells = Markup("").join(
        Markup('<td class="%s">%s</td>') % ("table-danger" if name in wrong else "", _value(record, name))
        for name in _COLUMNS
    )
    hints = [describer.problem(problem) for problem in record.problems]
    if outcome.changes and outcome.stored and outcome.result == "changed":
        hints += [describer.change(f, outcome.stored.get(f), new) for f, new in outcome.changes.items()]
    return Markup('<tr class="%s"><td>%s</td><td><span class="badge %s">%s</span></td>%s<td>%s</td></tr>') % (
        "table-danger" if record.is_refused else "table-warning" if record.problems else "",
        record.row,
        _BADGES[outcome.result],
        names[outcome.result],
        cells,
        Markup("<br/>").join(hints),
    )


def _value(record, name):
    stated = record.values
    if name == "street":
        return " ".join(stated[part] for part in ("street", "house_number") if stated.get(part))
    if name in stated:
        return _shown(stated[name]) if stated[name] is not None else ""
    return next((problem.value for problem in record.problems if problem.field == name), "")
