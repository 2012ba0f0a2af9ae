"""Removal of the addon from a company's own database."""

from odoo.tools import SQL

HELD_FIRST = (
    "sozial_activity_attendance",
    "sozial_activity_count",
    "sozial_activity_sheet",
    "sozial_volunteer_hour",
    "sozial_volunteer",
    "sozial_activity_registration",
    "sozial_activity_session",
    "sozial_activity",
    "sozial_room_waiting",
    "sozial_room_protocol",
    "sozial_room_deposit",
    "sozial_room_closure_hit",
    "sozial_room_closure",
    "sozial_room_booking",
    "sozial_room_series",
    "sozial_room",
    "sozial_room_atom",
    "sozial_centre",
)


def uninstall_hook(env):
    """Empty the tables in the order in which they hold each other: Odoo removes records one by one
    and would begin with what others still refer to. Rules of retention about rooms go with their proposals."""
    for table in ("sozial_retention_proposal", "sozial_retention_rule"):
        env.cr.execute(SQL("DELETE FROM %s WHERE subject LIKE 'room_%%'", SQL.identifier(table)))
    for table in HELD_FIRST:
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
