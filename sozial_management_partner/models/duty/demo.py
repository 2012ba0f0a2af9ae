from odoo import api, models


class SozialAgreement(models.Model):
    """Demo data that no list of fields can hold: reports and referrals that were really run."""

    _inherit = "sozial.agreement"

    @api.model
    def _load_demo_duties(self):
        """Run `demo/duty/story.py`, once. Called by the demo data alone."""
        from ...demo.duty.story import Story  # only where demo data is loaded

        Story(self.env).tell()
