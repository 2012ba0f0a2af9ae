from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

YEARS = 10
PARTS = [
    ("1", "January to March"),
    ("2", "April to June"),
    ("3", "July to September"),
    ("4", "October to December"),
    ("1-2", "The year so far: January to June"),
    ("1-3", "The year so far: January to September"),
]


class SozialFigureRequest(models.TransientModel):
    """The dialog in which a table of figures is put together. Its answer is a published table."""

    _name = "sozial.figure.request"
    _description = "Ask for figures"

    measure = fields.Selection("_selection_measure", "Figure", required=True, default=lambda self: self._selection_measure()[0][0])
    rows = fields.Selection("_selection_dimension", "By", required=True, default="type_id")
    columns = fields.Selection(
        "_selection_dimension", "And by", help="Leave it empty for a plain list. The finer a table, the more is hidden."
    )
    year = fields.Selection("_selection_year", required=True, default=lambda self: self._default_year())
    quarter = fields.Selection(
        PARTS,
        "Part of the year",
        help="Leave it empty for the whole year. A running year is published up to the last quarter that is over.",
    )
    possible = fields.Char("Can be divided by", compute="_compute_possible")
    pending = fields.Char("Not finished yet", compute="_compute_pending")

    @api.model
    def _default_year(self):
        return str(self.env["sozial.figure.release"]._latest_year())

    @api.model
    def _selection_measure(self):
        return [
            (f"{name}:{code}", measure.label)
            for name in self.env["sozial.figure.source"]._figure_sources()
            for code, measure in self.env[name]._figure_measures().items()
        ]

    @api.model
    def _selection_dimension(self):
        found = {}
        for name in self.env["sozial.figure.source"]._figure_sources():
            source = self.env[name]
            for measure in source._figure_measures().values():
                for dimension in measure.dimensions:
                    found.setdefault(dimension, source._figure_dimension_label(dimension))
        return list(found.items())

    @api.model
    def _selection_year(self):
        today = fields.Date.context_today(self)
        return [(str(year), str(year)) for year in range(today.year, today.year - YEARS, -1)]

    @api.constrains("measure", "rows", "columns", "year")
    def _check_choices(self):
        """Choices that a method finds are not checked by the field itself."""
        for request in self:
            for name in ("measure", "rows", "columns", "year"):
                field = request._fields[name]
                if request[name] and request[name] not in dict(field._description_selection(self.env)):
                    raise ValidationError(self.env._("%s: choose one from the list.", field._description_string(self.env)))

    def _measure(self):
        """Model of the facts and the measure that was chosen."""
        name, _separator, code = self.measure.partition(":")
        source = self.env[name]
        return source, code, source._figure_measures()[code]

    @api.depends("measure")
    def _compute_possible(self):
        for request in self:
            request.possible = request.measure and ", ".join(request._possible().values())

    @api.depends("measure", "year", "quarter")
    def _compute_pending(self):
        """Said before somebody publishes what is still being written down."""
        for request in self:
            chosen = all(
                request[name] in dict(request._fields[name]._description_selection(self.env)) for name in ("measure", "year")
            )
            request.pending = chosen and request._measure()[0]._figure_pending(
                self.env.company, *self.env["sozial.figure.release"]._period(int(request.year), request.quarter)
            )

    def _possible(self):
        source, _code, measure = self._measure()
        return {name: source._figure_dimension_label(name) for name in measure.dimensions}

    @api.onchange("measure")
    def _onchange_measure(self):
        """Take away what the chosen figure cannot be divided by."""
        if not self.measure:
            return
        possible = self._possible()
        if self.rows not in possible:
            self.rows = next(iter(possible))
        if self.columns not in possible:
            self.columns = False

    def action_publish(self):
        """Publish the table, or find the one published before.

        :return: action that shows it
        :raise UserError: names what does not fit
        """
        self.ensure_one()
        self.check_access("write")
        self._check_dimensions()
        source, code, _measure = self._measure()
        release = self.env["sozial.figure.release"]._publish(
            source._name, code, self.rows, self.columns, int(self.year), self.quarter
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": release._name,
            "res_id": release.id,
            "views": [(False, "form")],
        }

    def _check_dimensions(self):
        possible = self._possible()
        labels = dict(self._selection_dimension())
        for name in filter(None, (self.rows, self.columns)):
            if name not in possible:
                raise UserError(
                    self.env._(
                        "%(dimension)s: this figure cannot be divided by it. Choose one of: %(possible)s.",
                        dimension=labels[name],
                        possible=", ".join(possible.values()),
                    )
                )
        if self.rows == self.columns:
            raise UserError(self.env._("And by: choose something else than in the rows, or leave it empty."))
        if self.quarter and "-" not in self.quarter and "period" in (self.rows, self.columns):
            raise UserError(self.env._("Calendar quarter: one quarter cannot be divided by quarters. Choose the whole year."))
