"""Removal of the addon from a company's own database."""

from odoo.addons.sozial_management.hooks import empty_tables


def uninstall_hook(env):
    """Surveys go with what was asked in them; other outreaches stay."""
    empty_tables(env, "sozial_management_survey")
    env.cr.execute("DELETE FROM sozial_outreach WHERE kind = 'survey'")
