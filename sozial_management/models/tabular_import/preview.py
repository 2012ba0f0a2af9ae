"""The preview of an import as a table: what the first rows say, and what is wrong."""

from markupsafe import Markup

from .messages import _shown

_COLUMNS = ("external_ref", "name", "dwelling_number", "street", "date_start", "date_end", "rent_net", "arrears")
_BADGES = {
    "created": "text-bg-success",
    "changed": "text-bg-info",
    "person": "text-bg-info",
    "unchanged": "text-bg-light",
    "rejected": "text-bg-danger",
}


def render_preview(env, describer, outcomes, counts, *, complete=True, message=""):
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
    return Markup(
        '<div class="o_sozial_import_preview"><p>%s<br/><span class="text-muted">%s</span></p>'
        '<div class="table-responsive"><table class="table table-sm table-hover"><thead><tr>%s</tr></thead>'
        "<tbody>%s</tbody></table></div></div>"
    ) % (summary, told, head, body)


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
