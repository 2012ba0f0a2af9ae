"""Removal of the addon from a company's own database."""

from odoo.addons.sozial_management.hooks import empty_tables


def uninstall_hook(env):
    """Agreed hours go; bookings, series and activities stay what they are."""
    empty_tables(env, "sozial_management_partner_room")
