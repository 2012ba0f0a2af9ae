from odoo import models


class SozialCentre(models.Model):
    """What portal users learn of a centre."""

    _name = "sozial.centre"
    _inherit = ["sozial.centre", "sozial.portal.readable"]

    _portal_fields = frozenset({"id", "display_name", "name", "sequence", "active", "company_id", "email", "tz", "terms"})
