"""Removal of the addon from a company's own database."""

from odoo.tools import SQL

from odoo.addons.sozial_management.hooks import empty_tables


def uninstall_hook(env):
    """Empty the tables. Rules of retention about rooms go with their proposals."""
    for table in ("sozial_retention_proposal", "sozial_retention_rule"):
        env.cr.execute(SQL("DELETE FROM %s WHERE subject LIKE 'room_%%'", SQL.identifier(table)))
    empty_tables(env, "sozial_management_room")
