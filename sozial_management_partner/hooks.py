"""Removal of the addon from a company's own database."""

from odoo.tools import SQL

# In the order in which they hold each other: Odoo removes records one by one and would begin with
# what others still refer to.
HELD_FIRST = (
    "sozial_call_record",
    "sozial_call_record_waiting",
    "sozial_call_version",
)


def uninstall_hook(env):
    """Let go of what refuses its own removal."""
    # Else the files of calls, which refuse every deletion, would stop it.
    env.cr.execute("DROP FUNCTION IF EXISTS sozial_call_record_guard() CASCADE")
    for table in HELD_FIRST:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
