from odoo import api, fields, models


class SozialCaseType(models.Model):
    """In cases of some kinds people are in conflict with each other."""

    _inherit = "sozial.case.type"

    mediates = fields.Boolean(
        "Conflict between people",
        compute="_compute_mediates", store=True, readonly=False,
        help="A mediation may be begun from the case. Who acted for a party in a case of this kind cannot mediate.",
    )  # fmt: skip

    @api.depends("code")
    def _compute_mediates(self):
        for kind in self:
            kind.mediates = kind.mediates or kind.code == "conflict"
