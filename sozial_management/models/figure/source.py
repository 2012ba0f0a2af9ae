from datetime import date

from odoo import api, models
from odoo.exceptions import UserError

from ...suppression import Dimension, Fact, Table
from .measure import SHARE

PERIOD = "period"
NOT_STATED = "?"


class SozialFigureSource(models.AbstractModel):
    """Facts that are published as figures, and in no other way.

    A model of facts inherits this, gives nobody an access line, and says in
    `_figure_measures` what can be asked. It needs `company_id` and a date; the rest of the
    publication (menu, protection, store, print) is the same for all.
    """

    _name = "sozial.figure.source"
    _description = "Facts for figures"

    _figure_day = "month"
    # Field that says which facts come from the same person, without saying from whom.
    _figure_person = None
    # Field that says of whose work a fact tells; no published figure is that of one organisation alone.
    _figure_house = None

    def write(self, vals):
        self.check_access("write")
        raise UserError(self.env._("A fact for figures is written once and stays as it is."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A fact for figures is written once and stays as it is."))

    @api.model
    def _figure_sources(self):
        """Names of all models of facts."""
        return sorted(self.env["sozial.figure.source"]._inherit_children)

    @api.model
    def _figure_measures(self):
        """:return: what can be asked about these facts, as :class:`Measure` by code"""
        return {}

    @api.model
    def _figure_update(self, company, start, end, only=None):
        """Hook: write the facts of a period that are still missing, before it is published.

        :param only: dimension and id of the record whose facts alone are published
        :raise UserError: when they cannot be completed now
        """

    @api.model
    def _figure_pending(self, company, start, end, only=None):
        """Hook: what publishing a period would settle though it is not finished yet, as one sentence; else empty.

        Called for whoever may publish. Parameters as in `_figure_update`.
        """
        return ""

    @api.model
    def _figure_known(self, company, start, end):
        """Hook: what readers know of the facts of a period though no table of it says so.

        :return: list of :class:`Release`
        """
        return []

    @api.model
    def _figure_dimension_label(self, name):
        return self.env._("Calendar quarter") if name == PERIOD else self._fields[name]._description_string(self.env)

    @api.model
    def _figure_table(self, measure, names, company, start, end, only=None):
        """Facts of a company and a period as a table.

        :param names: dimensions; the one of a share comes on top
        :param start: first day; `end` is the first day after
        :param only: dimension and id of the record whose facts alone are meant
        :return: the table, and for each dimension its categories as a dict of labels
        """
        names = [*names, measure.part[0]] if measure.shows == SHARE else list(names)
        house = measure.payee or self._figure_house
        others = filter(None, (self._figure_person, house, measure.amount))
        columns = [self._figure_day, *others, *(n for n in names if n != PERIOD)]
        domain = [("company_id", "=", company.id), (self._figure_day, ">=", start), (self._figure_day, "<", end), *measure.domain]
        if only:
            domain.append((only[0], "=", only[1]))
        facts = self.sudo().search_fetch(domain, columns, order="id", limit=None)
        labels = {name: self._figure_categories(name, facts, start, end) for name in names}
        table = Table(
            tuple(Dimension.flat(name, labels[name]) for name in names),
            tuple(
                Fact(
                    fact.id,
                    tuple(fact._figure_category(name) for name in names),
                    fact[self._figure_person] if self._figure_person else None,
                    fact[measure.amount] if measure.amount else None,
                    fact._figure_house_key(house),
                )
                for fact in facts
            ),
            measure.amount,
        )
        return table, labels

    def _figure_house_key(self, name):
        """Of whose work or money this fact tells."""
        value = self[name] if name else None
        return (value.id if isinstance(value, models.BaseModel) else value) or None

    def _figure_category(self, name):
        """Under which category of a dimension this fact is counted."""
        if name == PERIOD:
            return quarter_key(self[self._figure_day])
        value = self[name]
        return str(value.id if isinstance(value, models.BaseModel) else value) if value else NOT_STATED

    def _figure_categories(self, name, facts, start, end):
        """The categories of a dimension with their labels: all that are possible, of records those that occur."""
        if name == PERIOD:
            starts = [date(start.year, month, 1) for month in (1, 4, 7, 10) if start <= date(start.year, month, 1) < end]
            return {quarter_key(day): self._figure_period_label(day.year, str((day.month + 2) // 3)) for day in starts}
        field = self._fields[name]
        if field.type == "many2one":
            records = facts[name].with_context(active_test=False).sorted()
            found = {str(record.id): record.display_name for record in records}
        else:
            found = dict(field._description_selection(self.env))
        if any(not fact[name] for fact in facts):
            found[NOT_STATED] = self.env._("Not stated")
        return found

    @api.model
    def _figure_period_label(self, year, quarter):
        """How a year or a part of it is called: 2025, Q2 2026, Q1–3 2026."""
        if not quarter:
            return str(year)
        return self.env._("Q%(quarter)s %(year)s", quarter=quarter.replace("-", "–"), year=year)


def quarter_key(day):
    """»2026-Q4« for the day's calendar quarter."""
    return f"{day.year}-Q{(day.month + 2) // 3}"
