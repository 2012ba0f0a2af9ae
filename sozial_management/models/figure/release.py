import json
from dataclasses import replace
from datetime import date, timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date, formatLang

from ...suppression import TOTAL, OutOfWorkError, Policy, Published, Release, audit, suppress
from .measure import AVERAGE, COUNT, SHARE, SUM

# Until then late notes of the period come in and become final.
PUBLISH_AFTER = timedelta(days=10)
NOT_SHOWN = "•"
# Fewer steps than the package allows: somebody waits for the answer.
POLICY = Policy(threshold=5, max_work=8_000_000)
# No published figure tells of the work of one organisation alone.
FEWEST_HOUSES = 2
# Nor what one person was paid. Of two, each could subtract the own fee; the rule of dominance of the policy asks besides that
# all but the two largest fees together are no trifle.
PAYEES = replace(POLICY, threshold=3)


class NothingCountedError(UserError):
    """There are no facts in the period that was asked for."""


class SozialFigureRelease(models.Model):
    """A table of figures as it was published: frozen, and remembered for all later ones.

    Small figures and whatever gives them away are hidden, jointly with every earlier table
    about the same facts. Asking again gives the same table. Only periods that are over are
    published: a table that grows from week to week would tell who was added.
    """

    _name = "sozial.figure.release"
    _description = "Published figures"
    _order = "id desc"

    name = fields.Char("Table", required=True, readonly=True)
    company_id = fields.Many2one("res.company", "Company", required=True, readonly=True, index=True)
    source = fields.Char(required=True, readonly=True)
    about = fields.Char(required=True, readonly=True)
    measure = fields.Char("Figure", required=True, readonly=True)
    shows = fields.Char(required=True, readonly=True)
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    quarter = fields.Char("Calendar quarter", readonly=True)
    period = fields.Char(required=True, readonly=True)
    published_at = fields.Datetime("Published on", required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "Published by", required=True, readonly=True, default=lambda self: self.env.user)
    cells = fields.Json(readonly=True)
    hidden = fields.Selection(
        [("nothing", "Complete"), ("some", "Partly hidden"), ("all", "Nothing can be shown")],
        "Shown",
        required=True,
        readonly=True,
    )
    dropped = fields.Char("Not divided by", readonly=True)
    table = fields.Html("Figures", compute="_compute_table", sanitize=False)
    # Which facts stand behind which cell: as confidential as the facts themselves.
    ledger = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    payee_ledger = fields.Json(readonly=True, groups=fields.NO_ACCESS, help="The same by payee, for figures of money that was paid.")
    request = fields.Char(readonly=True, groups=fields.NO_ACCESS)

    _once = models.UniqueIndex("(company_id, request)", "This table has been published already.")
    _beside = models.Index("(company_id, source, about, year)")

    def write(self, vals):
        self.check_access("write")
        raise UserError(self.env._("A published table stays as it is."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A published table is kept: without it the next one could give away what this one hides."))

    @api.model
    def _publish(self, source, measure, rows, columns, year, quarter, only=None):
        """The table for a request: the stored one, or a new one. Callers have checked who may.

        :param source: model of the facts
        :param measure: code of the measure
        :param rows: dimension, like `columns`, which may be empty
        :param quarter: »1« to »4«, »1-2« and »1-3« for the year so far, empty for the whole year
        :param only: dimension and id of a record: only its facts, such as those of one centre
        :raise UserError: when the period is not over
        :raise NothingCountedError: when nothing was counted in it
        """
        company = self.env.company
        found = self._published(source, measure, rows, columns, year, quarter, only)
        if not found:
            releases = self.sudo()
            start, end = releases._period_over(year, quarter)
            releases._one_at_a_time(company)
            facts = releases.env[source]
            facts._figure_update(company, start, end, only)
            period = facts._figure_period_label(year, quarter)
            values = releases._values(facts, measure, [rows, *filter(None, [columns])], company, start, end, period, only)
            request = self._request(source, measure, rows, columns, year, quarter, only)
            found = releases.create({**values, "quarter": quarter or False, "request": request, "user_id": self.env.uid})
        return self.browse(found.id)

    @api.model
    def _published(self, source, measure, rows, columns, year, quarter, only=None):
        """The table that was published for this request, if there is one. Parameters as in `_publish`."""
        request = self._request(source, measure, rows, columns, year, quarter, only)
        found = self.sudo().search([("company_id", "=", self.env.company.id), ("request", "=", request)], limit=1)
        return self.browse(found.id)

    @api.model
    def _published_of(self, requests):
        """The tables that were published for several requests, in one query: a list in their order, empty where there is none.

        :param requests: tuples of the parameters of `_publish`
        """
        texts = [self._request(*request, *[None] * (7 - len(request))) for request in requests]
        found = self.sudo().search_fetch([("company_id", "=", self.env.company.id), ("request", "in", texts)], ["request"])
        ids = {table.request: table.id for table in found}
        return [self.browse(ids.get(text, [])) for text in texts]

    @api.model
    def _request(self, source, measure, rows, columns, year, quarter, only):
        return json.dumps([source, measure, rows, columns or "", year, quarter or "", *filter(None, [only])])

    @api.model
    def _latest_year(self):
        """The last year that may be published as a whole: in the first days of January that is the one before the last."""
        return (fields.Date.context_today(self) - PUBLISH_AFTER).year - 1

    @api.model
    def _period(self, year, quarter):
        first, _dash, last = (quarter or "1-4").partition("-")
        return date(year, 3 * int(first) - 2, 1), fields.Date.add(date(year, 3 * int(last or first) - 2, 1), months=3)

    @api.model
    def _period_over(self, year, quarter):
        """First day of a period and first day after it.

        :raise UserError: while it lasts, and some days longer
        """
        start, end = self._period(year, quarter)
        if fields.Date.context_today(self) < end + PUBLISH_AFTER:
            raise UserError(
                self.env._(
                    "%(period)s can be published from %(day)s on: figures are published once a period is over and "
                    "everything is written down. A table that grows would give away who was added. Choose an earlier "
                    "year, or a quarter that is over.",
                    period=self.env["sozial.figure.source"]._figure_period_label(year, quarter),
                    day=format_date(self.env, end + PUBLISH_AFTER),
                )
            )
        return start, end

    @api.model
    def _one_at_a_time(self, company):
        """Two tables of a company are not computed at the same moment, unaware of each other.

        Whoever comes second collides here and starts again, with the first one in sight.
        """
        self.env.cr.execute(
            SQL("UPDATE res_company SET figure_tables = COALESCE(figure_tables, 0) + 1 WHERE id = %s", company.id)
        )
        company.invalidate_recordset(["figure_tables"])

    @api.model
    def _values(self, facts, code, names, company, start, end, period, only=None):
        measure = facts._figure_measures()[code]
        table, labels = facts._figure_table(measure, names, company, start, end, only)
        if not table.facts:
            raise NothingCountedError(
                self.env._(
                    "%(measure)s: nothing was counted in this period. Choose another year or quarter.", measure=measure.label
                )
            )
        if only:
            period = f"{period}, {facts[only[0]].browse(only[1]).display_name}"
        earlier = self.search(
            [("company_id", "=", company.id), ("source", "=", facts._name), ("about", "=", measure.about), ("year", "=", start.year)],
            order="id",
            limit=None,
        )
        policy = replace(POLICY, houses=FEWEST_HOUSES) if facts._figure_house and not measure.own else POLICY
        known = [*facts._figure_known(company, start, end), *(Release.from_json(stored) for stored in earlier.mapped("ledger"))]
        published = self._protect(table, known, policy)
        payees = measure.payee and self._protect_payees(table, earlier)
        if payees:
            published = self._both(published, payees)
        cells = self._cells(
            published,
            measure,
            [(facts._figure_dimension_label(n), {} if n in published.dropped else labels[n]) for n in names],
        )
        return {
            "name": self._title(measure, [facts._figure_dimension_label(name) for name in names], period),
            "company_id": company.id,
            "source": facts._name,
            "about": measure.about,
            "measure": measure.label,
            "shows": measure.shows,
            "year": start.year,
            "period": period,
            "cells": cells,
            "hidden": self._how_much(cells, published.dropped),
            "dropped": ", ".join(facts._figure_dimension_label(name) for name in published.dropped),
            "ledger": published.release.to_json(),
            "payee_ledger": payees and payees.release.to_json(),
        }

    @api.model
    def _protect(self, table, earlier, policy=POLICY):
        """Hide what must be hidden. What the second look finds is withheld altogether."""
        published = suppress(table, earlier=earlier, policy=policy)
        try:
            sound = not audit([*earlier, published.release], policy)
        except OutOfWorkError:
            sound = False
        if sound:
            return published
        empty = Release((), (), (), table.measure)
        return Published(table, dict.fromkeys(table.places()), empty, tuple(dim.name for dim in table.dimensions), True)

    @api.model
    def _protect_payees(self, table, earlier):
        """Hide what tells of the money of too few payees: the same table with them as the persons behind it."""
        facts = tuple(replace(fact, person=fact.house if fact.amount else None) for fact in table.facts)
        stored = [ledger for ledger in earlier.mapped("payee_ledger") if ledger]
        return self._protect(replace(table, facts=facts), [Release.from_json(ledger) for ledger in stored], PAYEES)

    @api.model
    def _both(self, published, payees):
        """What both looks leave. The ledger of the first keeps what it would have shown: that promises more than was told."""
        figures = {key: figure if payees.figures[key] is not None else None for key, figure in published.figures.items()}
        dropped = tuple(dict.fromkeys([*published.dropped, *payees.dropped]))
        return replace(published, figures=figures, dropped=dropped)

    @api.model
    def _how_much(self, cells, dropped):
        values = [value for row in cells["body"] for value in row["values"]]
        if None not in values and not dropped:
            return "nothing"
        return "some" if any(values) else "all"

    @api.model
    def _title(self, measure, dimensions, period):
        by = self.env._("%(rows)s and %(columns)s", rows=dimensions[0], columns=dimensions[1]) if dimensions[1:] else dimensions[0]
        return self.env._("%(measure)s by %(dimensions)s, %(period)s", measure=measure.label, dimensions=by, period=period)

    # -- files ---------------------------------------------------------------------------------------------------

    def action_xlsx(self):
        """Download the table as a spreadsheet."""
        return self._action_file("xlsx")

    def action_csv(self):
        """Download the table as CSV."""
        return self._action_file("csv")

    def _action_file(self, kind):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/sozial/kennzahlen/{self.id}.{kind}", "target": "download"}

    # -- what is shown -------------------------------------------------------------------------------------------

    @api.model
    def _cells(self, published, measure, dimensions):
        """The published table with its words: labels of rows and columns, and a list of values for each row.

        A value is a number, `None` where hidden, and empty text where there is nothing to divide by.
        """
        total = self.env._("Total")
        (row_label, rows), (column_label, columns) = [*dimensions, (False, {})][:2]
        column_keys = [(key,) for key in [*columns, TOTAL]] if column_label else [()]
        return {
            "rows": row_label,
            "columns": columns and column_label,
            "heads": [*columns.values(), total] if columns else [measure.label],
            "body": [
                {
                    "key": row,
                    "label": {**rows, TOTAL: total}[row],
                    "values": [self._value(published.figures, measure, (row, *column)) for column in column_keys],
                }
                for row in [*rows, TOTAL]
            ],
        }

    @api.model
    def _value(self, figures, measure, place):
        if measure.shows == SHARE:
            part, whole = figures[(*place, measure.part[1])], figures[(*place, TOTAL)]
            if part is None or whole is None:
                return None
            return part.count / whole.count if whole.count else ""
        figure = figures[place]
        if figure is None or measure.shows == COUNT:
            return figure and figure.count
        if measure.shows == SUM:
            return figure.amount
        return figure.amount / figure.count if figure.count else ""

    def _text(self, value):
        """A value as people read it, in the language of the reader."""
        self.ensure_one()
        if value is None:
            return NOT_SHOWN
        if value == "":
            return "–"
        if self.shows == SHARE:
            return f"{formatLang(self.env, 100 * value, digits=0)} %"
        return formatLang(self.env, value, digits=1 if self.shows == AVERAGE else 0)

    def _lines(self):
        """Title, what it is, the legend, an empty line, and the table: labels as text, values as in `cells`."""
        self.ensure_one()
        corner = " / ".join(filter(None, (self.cells["rows"], self.cells["columns"])))
        return [
            [self.name],
            [self._imprint()],
            [self._legend()],
            [""],
            [corner, *self.cells["heads"]],
            *([row["label"], *row["values"]] for row in self.cells["body"]),
        ]

    def _imprint(self):
        day = format_date(self.env, self.published_at)
        return self.env._("%(company)s, published on %(day)s", company=self.company_id.name, day=day)

    def _legend(self):
        if self.env[self.source]._figure_house:
            return self.env._(
                "%s not shown: so few people stand behind it that somebody could be recognised, or a single organisation, or it "
                "would give away such a figure.",
                NOT_SHOWN,
            )
        return self.env._(
            "%s not shown: so few people stand behind it that somebody could be recognised, or it would give away such a figure.",
            NOT_SHOWN,
        )

    @api.depends("cells")
    @api.depends_context("lang")
    def _compute_table(self):
        for release in self:
            release.table = (
                self.env["ir.qweb"]._render("sozial_management.figure_table", {"release": release}) if release.cells else Markup("")
            )
