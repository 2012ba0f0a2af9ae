"""Installation and removal of the addon in a company's own database."""

from odoo.tools import SQL

from odoo.addons.sozial_management.hooks import empty_tables


def post_init_hook(env):
    """Tell the story of the demo. Its reports keep the words they were made with, so this waits for the translations."""
    if env.ref("sozial_management_partner.demo_user_procurement", raise_if_not_found=False):
        env["sozial.agreement"]._load_demo_duties()


def uninstall_hook(env):
    """Let go of what refuses its own removal."""
    for table in ("sozial_retention_proposal", "sozial_retention_rule"):
        env.cr.execute(SQL("DELETE FROM %s WHERE subject = 'call'", SQL.identifier(table)))
    # Else the files of calls, which refuse every deletion, would stop it.
    env.cr.execute("DROP FUNCTION IF EXISTS sozial_call_record_guard() CASCADE")
    empty_tables(env, "sozial_management_partner")
