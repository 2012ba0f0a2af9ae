from odoo.tools import SQL


def hold(records):
    """Let whatever ends these rows at the same moment wait, or wait for it.

    A mere lock would not do: a transaction that waited for one goes on with what it saw before it.
    After a real update it is refused and begins anew, on either side.
    """
    if records.ids:
        records.flush_recordset()
        table = SQL.identifier(records._table)
        records.env.cr.execute(SQL("UPDATE %s SET write_date = write_date WHERE id = ANY(%s)", table, records.ids))
