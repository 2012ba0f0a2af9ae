"""Removal of the addon from a company's own database."""

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.addons.sozial_management.hooks import empty_tables


def uninstall_hook(env):
    """Surveys go with what was asked in them and with their letters, in which codes stand; other outreaches stay."""
    empty_tables(env, "sozial_management_survey")
    surveys = env["sozial.outreach"].with_context(**{MODULE_UNINSTALL_FLAG: True}).search([("kind", "=", "survey")], limit=None)
    surveys.unlink()
