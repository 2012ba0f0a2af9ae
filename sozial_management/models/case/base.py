import psycopg2

from odoo import api, models

from .secrecy import is_confidential


class Base(models.AbstractModel):
    """What holds for every model: how a refused deletion is told, and how is sorted by cases.

    Deletions that the database refuses, said for people and without naming what refers.

    PostgreSQL 18 reports them by a code of its own, which Odoo hands on as SQL; older ones
    let Odoo name the model and with it, on a contact, that somebody is a client.
    """

    _inherit = "base"

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort by the ids of cases and hand-overs, not by their urgency: a row that is seen may
        point at one that is not, an earlier case of the same client for example."""
        field = self._fields.get(field_name)
        points_at = field.comodel_name if field is not None and field.type == "many2one" else None
        if not self.env.su and (points_at == "sozial.handover" or is_confidential(self.env, points_at)):
            field_name = f"{field_name}.id"
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    @api.model
    def _sql_error_to_message_generic(self, exc):
        if isinstance(exc, psycopg2.errors.RestrictViolation):
            return self.env._("Other records refer to this one, so it cannot be deleted. Archive it instead.")
        if isinstance(exc, psycopg2.errors.ForeignKeyViolation) and self._name.startswith("sozial."):
            return self.env._(
                "Other records refer to this one, or it refers to one that does not exist. Archive it instead, "
                "or choose another one."
            )
        return super()._sql_error_to_message_generic(exc)
