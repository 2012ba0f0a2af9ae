"""Removal of the addon from a company's own database."""

from odoo.tools import SQL

from odoo.addons.sozial_management.hooks import empty_tables


def post_init_hook(env):
    """Tell the years of the demo, and publish its report to a funder: published tables keep their words, so after the translations.

    How its rooms were used comes along.
    """
    manager = env.ref("sozial_management_room.demo_user_room_manager", raise_if_not_found=False)
    user = env.ref("sozial_management.demo_user_report", raise_if_not_found=False)
    if not (manager and user):
        return
    from .demo.attendance_years import AttendanceYears  # only where demo data is loaded
    from .demo.room_use import load_room_use

    AttendanceYears(env).load()
    load_room_use(env)
    reports = env["sozial.activity.report"].with_user(user).with_context(lang=user.lang, allowed_company_ids=user.company_ids.ids)
    reports.create({}).action_publish()


def uninstall_hook(env):
    """Empty the tables. Rules of retention about rooms go with their proposals."""
    for table in ("sozial_retention_proposal", "sozial_retention_rule"):
        env.cr.execute(SQL("DELETE FROM %s WHERE subject LIKE 'room_%%'", SQL.identifier(table)))
    empty_tables(env, "sozial_management_room")
