"""Removal of the addon from a company's own database."""

from odoo.tools import SQL

from odoo.addons.sozial_management.hooks import empty_tables


def uninstall_hook(env):
    """Let go of what refuses its own removal."""
    for table in ("sozial_retention_proposal", "sozial_retention_rule"):
        env.cr.execute(SQL("DELETE FROM %s WHERE subject = 'call'", SQL.identifier(table)))
    # Else the files of calls, which refuse every deletion, would stop it.
    env.cr.execute("DROP FUNCTION IF EXISTS sozial_call_record_guard() CASCADE")
    empty_tables(env, "sozial_management_partner")
