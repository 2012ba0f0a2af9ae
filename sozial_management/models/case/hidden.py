from functools import partial

from odoo import models
from odoo.exceptions import MissingError
from odoo.fields import Command, Domain

from .secrecy import is_confidential


class SozialHidden(models.AbstractModel):
    """What somebody may not read looks like what is not there.

    Ids are counted on. If a foreign one and one that was never given were answered differently,
    everybody could tell how many cases there are, and when one came into being or was erased.
    """

    _name = "sozial.hidden"
    _description = "Forbidden and missing look the same"

    def _nothing_there(self, operation="read"):
        """The refusal, for foreign and for missing records."""
        return self.env["ir.rule"]._make_access_error(operation, self)

    def _check_access(self, operation):
        """What is not there is forbidden, too."""
        if len(self) > 1 and not self.env.su:
            return self._check_access_at_once(operation)
        try:
            return super()._check_access(operation)
        except MissingError:
            if self.env.su:
                raise
        there = self.exists()
        refused = super(SozialHidden, there)._check_access(operation)
        forbidden = (self - there) | (refused[0] if refused else self.browse())
        return forbidden, partial(forbidden._nothing_there, operation)

    def _check_access_at_once(self, operation):
        """Ask the database by one query which of several records the rules allow.

        The ORM would read every grant and every lock-out of each case, to look at them in Python.
        """
        refused = super(SozialHidden, self.browse())._check_access(operation)
        if refused:
            return self, refused[1]
        domain = Domain("id", "in", self.ids) & self.env["ir.rule"]._compute_domain(self._name, operation)
        allowed = self.browse(self.sudo()._search(domain, active_test=False))
        forbidden = self.filtered("id") - allowed
        return (forbidden, partial(forbidden._nothing_there, operation)) if forbidden else None

    def _fetch_field(self, field):
        """A value of a record that is not there: the ORM would say so.

        Of several records that are fetched together, it then tries the one that was asked for.
        """
        super()._fetch_field(field)
        if self.env.su:
            return
        cached = field._get_cache(self.env)
        if any(record_id not in cached for record_id in self._origin._ids):
            raise self._nothing_there()

    def onchange(self, values, field_names, fields_spec):
        """A form that is not saved yet must be able to read every row of a case that it names.

        Its stored computes run without rules, so they would count with whatever they are given.
        """
        if not self.env.su:
            defaults = {key[8:]: value for key, value in self.env.context.items() if key.startswith("default_")}
            _require_readable(self, {**defaults, **values})
        return super().onchange(values, field_names, fields_spec)

    def get_external_id(self):
        """Names for imports and exports."""
        self.check_access("read")
        return super().get_external_id()


def _require_readable(model, values):
    """Ask for access to the rows of cases that the values of a form name, those in nested lines too."""
    for name, value in values.items():
        field = model._fields.get(name)
        if not value or field is None or not field.relational:
            continue
        rows = model.env[field.comodel_name]
        ids, lines = _named(value) if field.type == "many2one" else _named_by_commands(value)
        if ids and is_confidential(model.env, rows._name):
            rows.browse(ids).check_access("read")
        for line in lines:
            _require_readable(rows, line)


def _named(value):
    """:return: ids of records that the value of a many2one names, and values that are nested in it"""
    if isinstance(value, dict):
        return [one for one in [value.get("id")] if isinstance(one, int) and one], [value]
    return [value] if isinstance(value, int) else [], []


def _named_by_commands(commands):
    """:return: ids of records that commands of a list name, and values that are nested in them"""
    ids, lines = set(), []
    for command in commands:
        if not isinstance(command, (list, tuple)):
            ids.add(command)
            continue
        code, first, *rest = [*command, None, None][:3]
        if code in (Command.UPDATE, Command.LINK, Command.DELETE, Command.UNLINK):
            ids.add(first)
        if code == Command.SET:
            ids.update(rest[0] or ())
        if code in (Command.CREATE, Command.UPDATE):
            lines.append(rest[0] or {})
    return [one for one in ids if isinstance(one, int) and one], lines
