import psycopg2

from odoo import api, models


class Base(models.AbstractModel):
    """Deletions that the database refuses, said for people and without naming what refers.

    PostgreSQL 18 reports them by a code of its own, which Odoo hands on as SQL; older ones
    let Odoo name the model and with it, on a contact, that somebody is a client.
    """

    _inherit = "base"

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
