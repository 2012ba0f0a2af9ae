"""What PostgreSQL knows about the tables an import fills.

Autovacuum looks at a table once a minute; a first import fills empty tables within
seconds. Until then every plan, those of the foreign keys included, is made for a table
without rows: it reads the whole table for each row that is written.
"""

from odoo.tools import SQL

_FIRST = 500
_TABLES = ("res.partner", "sozial.building", "sozial.dwelling", "sozial.tenancy", "sozial.tenancy.occupant")


def refresh_statistics(env, before, after):
    """Let PostgreSQL look at the tables when an import has made them much larger.

    :param before: rows created by the import before this batch
    :param after: the same after it; each time it is four times as many, it is worth a look
    """
    if _size(after) > _size(before):
        env.flush_all()
        for name in _TABLES:
            env.cr.execute(SQL("ANALYZE %s", SQL.identifier(env[name]._table)))


def _size(rows):
    """How often ``rows`` can be divided by four before fewer than the first number are left."""
    return ((rows // _FIRST).bit_length() + 1) // 2
